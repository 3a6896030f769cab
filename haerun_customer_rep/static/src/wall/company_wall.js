import {Wall, WallBars, WallCurve, WallNumbers} from "./wall";
import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {deserializeDateTime} from "@web/core/l10n/dates";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";
import {useWall} from "./use_wall";

const COLOURS = ["blue", "green", "yellow", "hot", "violet"];

/** 大屏: how the company does this month and today, for a hall or a command room. */
export class CompanyWall extends Component {
    static template = "haerun_customer_rep.CompanyWall";
    static components = {Wall, WallBars, WallCurve, WallNumbers};
    static props = {...standardActionServiceProps};
    static displayName = _t("Wall Screen");
    static path = "wall";
    static target = "fullscreen";

    setup() {
        this.action = useService("action");
        this.wall = useWall("haerun.wall");
        this.title = _t("Customer representatives, this month and today");
        this.noneOpen = _t("Nothing is open");
        this.noneRanked = _t("Nothing is published yet");
        this.curveLabel = _t("Rates by month");
    }

    leave() {
        return this.action.doAction(
            "haerun_customer_rep.haerun_supervision_desk_action",
            {clearBreadcrumbs: true}
        );
    }

    get frozen() {
        const at = this.wall.data.frozen_at;
        return at ? _t("as of %s", deserializeDateTime(at).toFormat("MM-dd HH:mm")) : "";
    }

    get rates() {
        return this.wall.data.rates.map((rate) => ({
            ...rate,
            text: rate.value === null ? "–" : rate.value.toFixed(1),
            aim: `${rate.direction === "higher" ? "≥" : "≤"} ${rate.target}%`,
            ...this.moved(rate),
        }));
    }

    /** How far a rate is from that of the month before, and whether that is well. */
    moved({value, before, direction}) {
        if (value === null || before === null) {
            return {moved: "", turn: ""};
        }
        const by = Math.round(10 * (value - before)) / 10;
        if (!by) {
            return {moved: "=", turn: ""};
        }
        const isWell = by > 0 === (direction === "higher");
        return {
            moved: `${by > 0 ? "▲" : "▼"} ${Math.abs(by)}`,
            turn: isWell ? "good" : "bad",
        };
    }

    get units() {
        return this.wall.data.units.map((unit) => ({
            ...unit,
            rates: unit.rates.map(({value, verdict}, index) => ({
                key: index,
                verdict,
                text: value === null ? "–" : value.toFixed(1),
            })),
        }));
    }

    get waiting() {
        return this.wall.data.units
            .filter(({open}) => open)
            .map(({name, open, red, yellow}) => ({
                name,
                number: open,
                parts: [
                    ["red", red],
                    ["yellow", yellow],
                    ["blue", open - red - yellow],
                ],
            }));
    }

    /** The first rates that have a curve: of one point there is none. */
    get lines() {
        return this.wall.data.lines
            .filter(
                ({values}) => values.filter((value) => value !== null).length > 1
            )
            .slice(0, COLOURS.length)
            .map((line, index) => ({
                key: line.formula,
                label: line.label,
                colour: COLOURS[index],
                values: line.values.map((value) =>
                    value === null ? null : Math.min(value, 100)
                ),
            }));
    }

    get marks() {
        const {months} = this.wall.data;
        const step = Math.ceil(months.length / 6);
        return months
            .map((day, at) => ({at, text: day.slice(2, 7)}))
            .filter(({at}) => (months.length - 1 - at) % step === 0);
    }

    /** Rates lie near each other: the picture begins below the lowest. */
    get least() {
        const values = this.lines.flatMap(({values: all}) => all);
        const lowest = Math.min(...values.filter((value) => value !== null), 90);
        return 10 * Math.floor(lowest / 10);
    }

    get ranking() {
        return this.wall.data.ranking.map(({name, score, listed}) => ({
            name,
            number: score.toFixed(1),
            parts: [[listed || "green", score]],
        }));
    }
}

registry.category("actions").add("haerun_wall", CompanyWall);
registry.category("haerun_desk_links").add("wall", {
    action: "haerun_customer_rep.haerun_wall_action",
    icon: "fa-television",
    label: _t("Wall Screen"),
});
