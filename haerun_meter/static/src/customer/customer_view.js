import {Component, onWillStart, useRef, useState} from "@odoo/owl";
import {CallLink} from "@haerun_customer_rep/my_work/call_link";
import {CustomerChart} from "./customer_chart";
import {CustomerPoint} from "./customer_point";
import {CustomerReadings} from "./customer_readings";
import {CustomerSearch} from "../search/customer_search";
import {CustomerSection} from "./customer_section";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";

/** All that is known of a customer on one page, found by whatever he has at hand. */
export class CustomerView extends Component {
    static template = "haerun_meter.CustomerView";
    static components = {
        CallLink,
        CustomerChart,
        CustomerPoint,
        CustomerReadings,
        CustomerSearch,
        CustomerSection,
    };
    static props = {...standardActionServiceProps};
    static displayName = _t("All of a Customer");
    static path = "water-customers";

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.root = useRef("root");
        this.state = useState({loading: false, customer: null});
        useSetupAction({
            rootRef: this.root,
            getLocalState: () => ({id: this.state.customer?.head.id}),
        });
        onWillStart(async () => {
            const {action, resId, state} = this.props;
            const id = state?.id || resId || action.context?.active_id;
            if (id) {
                await this.load(id);
            }
        });
    }

    // -------------------------------------------------------------------------
    // Searching
    // -------------------------------------------------------------------------

    find(text) {
        return this.orm.call("haerun.customer.view", "search_customers", [text]);
    }

    get keyNames() {
        return {
            number: _t("Account number"),
            meter: _t("Meter"),
            phone: _t("Phone"),
            name: _t("Customer name"),
            address: _t("Address"),
        };
    }

    emptyWords(found) {
        return found.short
            ? _t("Nothing begins with this: three letters or more are also found inside.")
            : _t(
                  "No customer of your branches is found by this. A phone number is found whole or by its last four digits, by whoever may see it."
              );
    }

    // -------------------------------------------------------------------------
    // The customer
    // -------------------------------------------------------------------------

    async load(id) {
        this.state.loading = true;
        try {
            this.state.customer = await this.orm.call(
                "haerun.customer.view",
                "get_customer",
                [id]
            );
            this.props.updateActionState?.({resId: id});
        } finally {
            this.state.loading = false;
        }
    }

    async open(id) {
        await this.load(id);
        this.root.el?.scrollTo({top: 0});
    }

    refresh() {
        return this.load(this.state.customer.head.id);
    }

    get lists() {
        return this.state.customer.sections.filter(({lines}) => lines.length);
    }

    get emptyTitles() {
        return this.state.customer.sections
            .filter(({lines}) => !lines.length)
            .map(({title}) => title)
            .join("、");
    }

    get stateColour() {
        return {open: "green", suspended: "yellow", closed: "none"}[
            this.state.customer.head.state
        ];
    }

    // -------------------------------------------------------------------------
    // What a tap does
    // -------------------------------------------------------------------------

    openForm(model, id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    openAccount() {
        return this.openForm("haerun.water.account", this.state.customer.head.id);
    }

    openReadings() {
        return this.run({
            model: "haerun.water.account",
            id: this.state.customer.head.id,
            method: "action_readings",
        });
    }

    showContact() {
        return this.run({
            model: "haerun.water.account",
            id: this.state.customer.head.id,
            method: "action_show_contact",
        });
    }

    /** Call a method that opens a window; when it closes the page is loaded anew. */
    async run({model, id, method}) {
        const action = await this.orm.call(model, method, [[id]]);
        await this.action.doAction(action, {
            onClose: () => this.refresh(),
        });
    }
}

registry.category("actions").add("haerun_customer_view", CustomerView);
