import {Component, onWillStart, useState} from "@odoo/owl";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";

/** Warns that deadlines run into years which are only estimated. */
export class EstimatedYears extends Component {
    static template = "haerun_customer_rep.EstimatedYears";
    static props = {onConfirmed: Function};

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.state = useState({years: [], can_confirm: false});
        onWillStart(() => this.load());
    }

    get title() {
        return this.state.years.map(({year}) => year).join(", ");
    }

    async load() {
        Object.assign(
            this.state,
            await this.orm.call("haerun.workday", "estimated_years", [])
        );
    }

    confirm({year, day_id: dayId}) {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Confirm %s", year),
            body: _t(
                "Are all holidays and make-up workdays of the year entered? The whole year becomes official, and running deadlines are computed again."
            ),
            confirmLabel: _t("Confirm the year"),
            confirm: async () => {
                await this.orm.call("haerun.workday", "action_confirm_year", [[dayId]]);
                await this.load();
                await this.props.onConfirmed();
            },
            cancel: () => {}, // The button alone closes the dialog
        });
    }
}
