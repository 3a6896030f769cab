import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {deserializeDateTime} from "@web/core/l10n/dates";
import {spanWords} from "../due/due_words";

/** When the scheduled action last ran and whether something is wrong with it. */
export class ScanLine extends Component {
    static template = "haerun_customer_rep.ScanLine";
    static props = {scan: Object, openScans: Function, openFlagged: Function};

    get words() {
        const {finished_at: finishedAt, seconds, taken, pushed} = this.props.scan;
        if (!finishedAt) {
            return _t("The scan has not run yet.");
        }
        const minutes = luxon.DateTime.local().diff(
            deserializeDateTime(finishedAt),
            "minutes"
        ).minutes;
        return _t(
            "Last scan %(ago)s ago, took %(seconds)s s: %(taken)s clocks due, %(pushed)s messages",
            {ago: spanWords(minutes), seconds: seconds.toFixed(1), taken, pushed}
        );
    }
}
