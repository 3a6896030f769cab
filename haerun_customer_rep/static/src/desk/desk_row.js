import {Component} from "@odoo/owl";
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

    get dueTitle() {
        return formatDateTime(this.dueAt);
    }
}
