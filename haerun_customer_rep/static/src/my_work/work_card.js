import {Component} from "@odoo/owl";
import {CallLink} from "./call_link";
import {deserializeDateTime, formatDateTime} from "@web/core/l10n/dates";
import {dueWords, forWords} from "../due/due_words";

/** A matter: what is to be done, where, by when and for whom; a tap opens it. */
export class WorkCard extends Component {
    static template = "haerun_customer_rep.WorkCard";
    static components = {CallLink};
    static props = {card: Object, open: Function, run: Function, finish: Function};

    get dueAt() {
        const {due_at: dueAt} = this.props.card;
        return dueAt && deserializeDateTime(dueAt);
    }

    get dueWords() {
        const {due_state: state, days_left: daysLeft} = this.props.card;
        return dueWords(this.dueAt, {state, daysLeft});
    }

    get dueTitle() {
        return this.dueAt ? formatDateTime(this.dueAt) : "";
    }

    get forWords() {
        return forWords(this.props.card.for_name);
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && ev.target === ev.currentTarget) {
            this.props.open();
        }
    }
}
