import {Component, onMounted, onWillStart, onWillUnmount, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {deserializeDateTime} from "@web/core/l10n/dates";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useAutoRefresh} from "@haerun_customer_rep/live/auto_refresh";
import {useService} from "@web/core/utils/hooks";

const {DateTime} = luxon;
const TICK = 10000;
/** The curve's own measure; the picture is scaled to its place. */
const WIDE = 720;
const HIGH = 200;
/** Circumference of a ring of radius 54. */
const ROUND = 2 * Math.PI * 54;

function share(value) {
    return value === null || value === false ? "–" : `${value.toFixed(1)}%`;
}

/**
 * 大屏: how the day goes, for a wall. One call a minute; when the server is away the
 * last numbers stay, with the time they are of.
 */
export class TicketWall extends Component {
    static template = "haerun_service_ticket.TicketWall";
    static props = {...standardActionServiceProps};
    static displayName = _t("Wall Screen");
    static path = "ticket-wall";
    static target = "fullscreen";

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({data: null, stale: false, now: DateTime.now()});
        let timer = null;
        onWillStart(() => this.load(this.orm));
        onMounted(() => {
            timer = setInterval(() => (this.state.now = DateTime.now()), TICK);
        });
        onWillUnmount(() => clearInterval(timer));
        useAutoRefresh(() => this.refreshQuietly());
    }

    async load(orm) {
        this.state.data = await orm.call("haerun.ticket.wall", "get_wall", []);
        this.state.stale = false;
        this.state.now = DateTime.now();
    }

    async refreshQuietly() {
        try {
            await this.load(this.orm.silent);
        } catch {
            // the last numbers stay; the next minute tries again
            this.state.stale = true;
        }
    }

    leave() {
        return this.action.doAction("haerun_service_ticket.ticket_figures_action", {
            clearBreadcrumbs: true,
        });
    }

    // -------------------------------------------------------------------------
    // Head
    // -------------------------------------------------------------------------

    get clock() {
        return this.state.now.toFormat("HH:mm");
    }

    get today() {
        return this.state.now.toLocaleString({
            year: "numeric",
            month: "long",
            day: "numeric",
            weekday: "long",
        });
    }

    get asOf() {
        const at = deserializeDateTime(this.state.data.at);
        return this.state.stale
            ? _t("No connection · as of %s", at.toFormat("MM-dd HH:mm"))
            : _t("As of %s", at.toFormat("HH:mm"));
    }

    get numbers() {
        const {numbers} = this.state.data;
        return [
            {key: "taken", label: _t("Taken in today")},
            {key: "closed", label: _t("Closed today")},
            {key: "open", label: _t("Open now")},
            {key: "red", label: _t("Overdue")},
            {key: "yellow", label: _t("Last working day")},
        ].map((one) => ({...one, value: numbers[one.key]}));
    }

    // -------------------------------------------------------------------------
    // Bars
    // -------------------------------------------------------------------------

    bars(rows) {
        const most = Math.max(...rows.map(([, number]) => number), 1);
        return rows.map(([name, number]) => ({
            name,
            number,
            style: `width: ${(100 * number) / most}%`,
        }));
    }

    get channels() {
        return this.bars(this.state.data.channels);
    }

    get spots() {
        return this.bars(this.state.data.spots);
    }

    get units() {
        const {units} = this.state.data;
        const most = Math.max(...units.map(({open}) => open), 1);
        const part = (number) => `width: ${(100 * number) / most}%`;
        return units.map((unit) => ({
            ...unit,
            redStyle: part(unit.red),
            yellowStyle: part(unit.yellow),
            restStyle: part(unit.open - unit.red - unit.yellow),
        }));
    }

    // -------------------------------------------------------------------------
    // Curve and ring
    // -------------------------------------------------------------------------

    get most() {
        return Math.max(...this.state.data.hours, 1);
    }

    get points() {
        const {hours} = this.state.data;
        return hours.map((number, hour) => [
            (hour * WIDE) / (hours.length - 1),
            HIGH - (number / this.most) * HIGH,
        ]);
    }

    get line() {
        return this.points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
    }

    get area() {
        return `0,${HIGH} ${this.line} ${WIDE},${HIGH}`;
    }

    get marks() {
        const first = deserializeDateTime(this.state.data.first_hour);
        const last = this.state.data.hours.length - 1;
        return [0, 6, 12, 18, last].map((hour) => ({
            hour,
            style: `left: ${(100 * hour) / last}%`,
            text: first.plus({hours: hour}).toFormat("HH:00"),
        }));
    }

    get sum() {
        return this.state.data.hours.reduce((sum, number) => sum + number, 0);
    }

    get ring() {
        const {on_time_rate: rate} = this.state.data.month;
        const isData = rate !== null && rate !== false;
        return {
            text: share(rate),
            dash: `${isData ? (ROUND * rate) / 100 : 0} ${ROUND}`,
            css: !isData || rate >= 95 ? "good" : rate >= 85 ? "fair" : "bad",
        };
    }

    get rates() {
        const {month} = this.state.data;
        return [
            {key: "response_rate", label: _t("Response rate")},
            {key: "solved_rate", label: _t("Solved rate")},
            {key: "satisfied_rate", label: _t("Satisfied rate")},
            {key: "one_go_rate", label: _t("Done-in-one-go rate")},
        ].map((one) => ({...one, text: share(month[one.key])}));
    }

    get dangers() {
        return this.state.data.dangers.map((danger) => ({
            ...danger,
            when: deserializeDateTime(danger.at).toFormat("MM-dd HH:mm"),
        }));
    }
}

registry.category("actions").add("haerun_ticket_wall", TicketWall);
