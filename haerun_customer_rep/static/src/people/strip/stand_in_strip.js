import { Component, onMounted, onWillStart, onWillUpdateProps, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

const { DateTime } = luxon;

/**
 * Two weeks at a glance: a row for each post, a column for each day, and in it who
 * stands in. Used as a page of its own and inside the form of an appointment.
 */
export class StandInStrip extends Component {
    static template = "haerun_customer_rep.StandInStrip";
    static props = {
        representativeId: { type: [Number, Boolean], optional: true },
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ days: [], rows: [], units: [], unit_id: false, start: false });
        this.scroll = useRef("scroll");
        onWillStart(() => this.load(this.props));
        onMounted(() => this.showToday());
        onWillUpdateProps((next) => {
            if (next.representativeId !== this.props.representativeId) {
                return this.load(next);
            }
        });
    }

    async load(props = this.props) {
        const data = await this.orm.call("haerun.representative", "get_stand_in_strip", [], {
            start: this.state.start,
            unit_id: this.state.unit_id,
            representative_id: props.representativeId || false,
        });
        for (const day of data.days) {
            const date = DateTime.fromISO(day.date);
            day.weekday = date.toLocaleString({ weekday: "narrow" });
            day.label = date.day === 1 || day === data.days[0] ? date.toFormat("L/d") : date.toFormat("d");
            day.title = [date.toLocaleString(DateTime.DATE_FULL), this.kindLabel(day), day.name]
                .filter(Boolean)
                .join(" · ");
        }
        Object.assign(this.state, data);
    }

    /** On a phone two weeks do not fit: today comes first. */
    showToday() {
        const scroll = this.scroll.el;
        const today = scroll.querySelector("th.o_haerun_today");
        const post = scroll.querySelector("th.o_haerun_post");
        scroll.scrollLeft = today ? today.offsetLeft - post.offsetWidth : 0;
    }

    get period() {
        if (!this.state.days.length) {
            return "";
        }
        const first = DateTime.fromISO(this.state.days[0].date);
        const last = DateTime.fromISO(this.state.days.at(-1).date);
        return `${first.toLocaleString({ year: "numeric", month: "short", day: "numeric" })} – ${last.toLocaleString({ month: "short", day: "numeric" })}`;
    }

    kindLabel(day) {
        return { holiday: _t("Day off"), makeup: _t("Make-up workday") }[day.kind] || "";
    }

    cellTitle(row, day, cell) {
        if (cell.kind !== "away") {
            return day.title;
        }
        const stands = cell.head
            ? _t("%(name)s (head of the unit) covers for %(away)s", { name: cell.name, away: row.name })
            : _t("%(name)s stands in for %(away)s", { name: cell.name, away: row.name });
        const notes = [cell.chain && _t("through a chain"), cell.pending && _t("not approved yet")];
        return [day.title, stands, ...notes].filter(Boolean).join(" · ");
    }

    cellClass(day, cell) {
        return {
            [`o_haerun_day_${day.kind}`]: true,
            o_haerun_today: day.today,
            o_haerun_away: cell.kind === "away",
            o_haerun_pending: cell.pending,
            o_haerun_head: cell.head,
        };
    }

    move(days) {
        this.state.start = DateTime.fromISO(this.state.start).plus({ days }).toISODate();
        return this.load();
    }

    today() {
        this.state.start = false;
        return this.load();
    }

    chooseUnit(ev) {
        this.state.unit_id = parseInt(ev.target.value) || false;
        return this.load();
    }

    open(resModel, resId) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: resModel,
            res_id: resId,
            views: [[false, "form"]],
        });
    }
}
