import {Component} from "@odoo/owl";

/** Dials a number; shows it as the model gave it (masked or not). */
export class CallLink extends Component {
    static template = "haerun_customer_rep.CallLink";
    static props = {phone: {optional: true}, text: {optional: true}};

    get href() {
        return `tel:${this.props.phone.replace(/[^\d+]/g, "")}`;
    }
}
