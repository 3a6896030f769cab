import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {deserializeDateTime} from "@web/core/l10n/dates";
import {untilWords} from "../due/due_words";

/** Who stands in for whom, as far as it concerns the user. */
export class WorkBanner extends Component {
    static template = "haerun_customer_rep.WorkBanner";
    static props = {actingFor: Array, actedBy: Array, open: Function};

    get lines() {
        const {actingFor, actedBy} = this.props;
        return [
            ...actingFor.map((line) => ({
                ...line,
                kind: "acting_for",
                icon: "fa-exchange",
                colour: "alert-info",
                words: _t("You act for %s", line.post),
            })),
            ...actedBy.map((line) => ({
                ...line,
                kind: "acted_by",
                icon: "fa-user-times",
                colour: "alert-warning",
                words: _t("%s acts for you", line.name),
            })),
        ];
    }

    until(line) {
        return line.until ? untilWords(deserializeDateTime(line.until)) : "";
    }
}
