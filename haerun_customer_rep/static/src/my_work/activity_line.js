import {Component} from "@odoo/owl";
import {deserializeDate, formatDate} from "@web/core/l10n/dates";

const COLOURS = {overdue: "red", today: "yellow", planned: "green"};

/** Something the user was told of that is no matter of his own. */
export class ActivityLine extends Component {
    static template = "haerun_customer_rep.ActivityLine";
    static props = {activity: Object, open: Function, finish: Function};

    get colour() {
        return COLOURS[this.props.activity.state] || "none";
    }

    get date() {
        return formatDate(deserializeDate(this.props.activity.date));
    }
}
