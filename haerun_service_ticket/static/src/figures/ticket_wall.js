import {Wall, WallBars, WallCurve, WallNumbers} from "@haerun_customer_rep/wall/wall";
import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {deserializeDateTime} from "@web/core/l10n/dates";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";
import {useWall} from "@haerun_customer_rep/wall/use_wall";

/** Circumference of a ring of radius 54. */
const ROUND = 2 * Math.PI * 54;

function share(value) {
    return value === null || value === false ? "–" : `${value.toFixed(1)}%`;
}

/** 大屏: how the day goes with tickets, for a wall. */
export class TicketWall extends Component {
    static template = "haerun_service_ticket.TicketWall";
    static components = {Wall, WallBars, WallCurve, WallNumbers};
    static props = {...standardActionServiceProps};
    static displayName = _t("Wall Screen");
    static path = "ticket-wall";
    static target = "fullscreen";

    setup() {
        this.action = useService("action");
        this.wall = useWall("haerun.ticket.wall");
        this.title = _t("Service tickets today");
        this.curveLabel = _t("Petitions by hour");
        this.none = _t("None");
        this.noneYet = _t("None yet");
        this.noneOpen = _t("Nothing is open");
    }

    leave() {
        return this.action.doAction("haerun_service_ticket.ticket_figures_action", {
            clearBreadcrumbs: true,
        });
    }

    get numbers() {
        const {numbers} = this.wall.data;
        return [
            {key: "taken", label: _t("Taken in today"), colour: "blue"},
            {key: "closed", label: _t("Closed today"), colour: "green"},
            {key: "open", label: _t("Open now"), colour: ""},
            {key: "red", label: _t("Overdue"), colour: "red"},
            {key: "yellow", label: _t("Last working day"), colour: "yellow"},
        ].map((one) => ({...one, value: numbers[one.key]}));
    }

    // -------------------------------------------------------------------------
    // Bars
    // -------------------------------------------------------------------------

    get channels() {
        return this.wall.data.channels.map(([name, number]) => ({name, number}));
    }

    get spots() {
        return this.wall.data.spots.map(([name, number]) => ({
            name,
            number,
            colour: "hot",
        }));
    }

    get units() {
        return this.wall.data.units.map(({name, open, red, yellow}) => ({
            name,
            number: open,
            parts: [
                ["red", red],
                ["yellow", yellow],
                ["blue", open - red - yellow],
            ],
        }));
    }

    // -------------------------------------------------------------------------
    // Curve and ring
    // -------------------------------------------------------------------------

    get lines() {
        const {hours} = this.wall.data;
        return [{key: "hours", label: this.curveLabel, colour: "blue", values: hours}];
    }

    get marks() {
        const first = deserializeDateTime(this.wall.data.first_hour);
        const last = this.wall.data.hours.length - 1;
        return [0, 6, 12, 18, last].map((at) => ({
            at,
            text: first.plus({hours: at}).toFormat("HH:00"),
        }));
    }

    get sum() {
        return this.wall.data.hours.reduce((sum, number) => sum + number, 0);
    }

    get ring() {
        const {on_time_rate: rate} = this.wall.data.month;
        const isData = rate !== null && rate !== false;
        return {
            text: share(rate),
            dash: `${isData ? (ROUND * rate) / 100 : 0} ${ROUND}`,
            css: !isData || rate >= 95 ? "good" : rate >= 85 ? "fair" : "bad",
        };
    }

    get rates() {
        const {month} = this.wall.data;
        return [
            {key: "response_rate", label: _t("Response rate")},
            {key: "solved_rate", label: _t("Solved rate")},
            {key: "satisfied_rate", label: _t("Satisfied rate")},
            {key: "one_go_rate", label: _t("Done-in-one-go rate")},
        ].map((one) => ({...one, text: share(month[one.key])}));
    }

    get dangers() {
        return this.wall.data.dangers.map((danger) => ({
            ...danger,
            when: deserializeDateTime(danger.at).toFormat("MM-dd HH:mm"),
        }));
    }
}

registry.category("actions").add("haerun_ticket_wall", TicketWall);
