import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {dueWords, spanWords} from "../due/due_words";
import {toLocaleDateTimeString} from "@web/core/l10n/dates";

/** The fields of haerun.clock that a bar is drawn from. */
export const CLOCK_FIELDS = [
    {name: "limit_id", type: "many2one", relation: "haerun.time.limit"},
    {name: "state", type: "selection", selection: []},
    {name: "due_state", type: "selection", selection: []},
    {name: "due_at", type: "datetime"},
    {name: "started_at", type: "datetime"},
    {name: "ended_at", type: "datetime"},
    {name: "pause_until", type: "datetime"},
    {name: "pause_reason_id", type: "many2one", relation: "haerun.pause.reason"},
    {name: "length", type: "float"},
    {name: "used_now", type: "float"},
    {name: "paused_now", type: "float"},
    {name: "days_left", type: "integer"},
];

const OPEN = ["running", "paused"];

/**
 * One clock as a bar: time used, time that stood still, time left, the mark of the
 * deadline, and in red what lies beyond it. Lengths are the limit's own time.
 */
export class ClockBar extends Component {
    static template = "haerun_customer_rep.ClockBar";
    static props = {clock: Object};

    get clock() {
        return this.props.clock;
    }

    get colour() {
        const {state, due_state: dueState} = this.clock;
        return {met: "green", missed: "red", cancelled: "none"}[state] || dueState;
    }

    /** Widths in percent of the bar. */
    get shares() {
        const {length, used_now: used, paused_now: paused} = this.clock;
        const within = Math.min(used, length);
        const total = Math.max(length, used) + paused || 1;
        const share = (part) => Math.max(0, (100 * part) / total);
        return {
            used: share(within),
            paused: share(paused),
            left: share(length - within),
            beyond: share(used - within),
            mark: share(length + paused),
        };
    }

    get words() {
        const {state, due_at: dueAt, ended_at: endedAt} = this.clock;
        if (state === "paused") {
            return this.pauseWords;
        }
        if (OPEN.includes(state)) {
            return dueWords(dueAt, {daysLeft: this.clock.days_left});
        }
        const at = endedAt ? toLocaleDateTimeString(endedAt) : "";
        return {
            met: _t("met %s", at),
            missed: _t("missed %s", at),
            cancelled: _t("cancelled %s", at),
        }[state];
    }

    get pauseWords() {
        const {pause_reason_id: reason, pause_until: until} = this.clock;
        const name = reason ? reason.display_name : "";
        return until
            ? _t("paused until %(until)s %(reason)s", {
                  until: toLocaleDateTimeString(until),
                  reason: name,
              })
            : _t("paused %s", name);
    }

    get title() {
        const {used_now: used, length, due_at: dueAt} = this.clock;
        return _t("%(used)s of %(length)s used, due %(due)s", {
            used: spanWords(used / 60),
            length: spanWords(length / 60),
            due: dueAt ? toLocaleDateTimeString(dueAt) : "",
        });
    }
}
