import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {deserializeDateTime} from "@web/core/l10n/dates";
import {dueState, dueWords} from "@haerun_customer_rep/due/due_words";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useHotkey} from "@web/core/hotkeys/hotkey_hook";
import {useService} from "@web/core/utils/hooks";

const OFFERED = 9;

/** What the caller's number finds: his accounts, and open tickets it may belong to. */
export class IntakeFound extends Component {
    static template = "haerun_service_ticket.IntakeFound";
    static props = {...standardFieldProps};

    setup() {
        this.action = useService("action");
        // before the menus, which have these keys otherwise
        for (let place = 1; place <= OFFERED; place++) {
            useHotkey(`alt+${place}`, () => this.belong(this.data.matters[place - 1]), {
                bypassEditableProtection: true,
                isAvailable: () => this.data.matters.length >= place,
            });
        }
    }

    get data() {
        const data = this.props.record.data[this.props.name];
        return {accounts: data?.accounts || [], matters: data?.matters || []};
    }

    due(matter) {
        const at = matter.due_at && deserializeDateTime(matter.due_at);
        return at && {words: dueWords(at), state: dueState(at)};
    }

    /** The form fills in name and address by itself. */
    async choose(account) {
        const name = `${account.number} ${account.name}`;
        await this.props.record.update({
            account_id: {id: account.id, display_name: name},
        });
    }

    /** It belongs to an open ticket: one key, and the next call. */
    async belong(matter) {
        const {record} = this.props;
        await record.update({belongs_id: matter.id});
        if (await record.save()) {
            await this.action.doActionButton({
                type: "object",
                name: "action_belong",
                resModel: record.resModel,
                resId: record.resId,
                resIds: [record.resId],
                context: record.context,
            });
        }
    }
}

registry.category("fields").add("haerun_intake_found", {
    component: IntakeFound,
    displayName: _t("What the caller's number finds"),
    supportedTypes: ["json"],
});
