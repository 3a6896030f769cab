import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {deserializeDateTime, formatDateTime} from "@web/core/l10n/dates";
import {dueWords, forWords} from "../due/due_words";

/** One clock on the desk: chosen by its box, opened by its name. */
export class DeskRow extends Component {
    static template = "haerun_customer_rep.DeskRow";
    static props = {clock: Object, selected: Boolean, toggle: Function, open: Function};

    get dueAt() {
        return deserializeDateTime(this.props.clock.due_at);
    }

    get dueWords() {
        const {due_state: state, days_left: daysLeft} = this.props.clock;
        return dueWords(this.dueAt, {state, daysLeft});
    }

    get forWords() {
        return forWords(this.props.clock.for_name);
    }

    get urgedWords() {
        const {at, by} = this.props.clock.urged;
        return _t("urged %(time)s by %(name)s", {
            time: deserializeDateTime(at).toFormat("HH:mm"),
            name: by,
        });
    }

    onKeydown(ev) {
        if (ev.key === " ") {
            ev.preventDefault();
            if (this.props.clock.pressable) {
                this.props.toggle();
            }
        } else if (ev.key === "Enter") {
            ev.preventDefault();
            this.props.open();
        }
    }

    get dueTitle() {
        return formatDateTime(this.dueAt);
    }
}
