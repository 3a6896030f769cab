import {Component} from "@odoo/owl";
import {CallLink} from "./call_link";
import {deserializeDateTime} from "@web/core/l10n/dates";
import {forWords} from "../due/due_words";

/** An appointment of today: when, with whom, where. */
export class AppointmentLine extends Component {
    static template = "haerun_customer_rep.AppointmentLine";
    static components = {CallLink};
    static props = {appointment: Object, open: Function};

    get forWords() {
        return forWords(this.props.appointment.for_name);
    }

    get hours() {
        const {at, until} = this.props.appointment;
        return [at, until]
            .filter(Boolean)
            .map((value) => deserializeDateTime(value).toFormat("HH:mm"))
            .join(" – ");
    }
}
