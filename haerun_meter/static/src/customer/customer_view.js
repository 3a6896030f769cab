import {Component, onWillStart, useRef, useState} from "@odoo/owl";
import {useAutofocus, useService} from "@web/core/utils/hooks";
import {CallLink} from "@haerun_customer_rep/my_work/call_link";
import {CustomerChart} from "./customer_chart";
import {CustomerPoint} from "./customer_point";
import {CustomerReadings} from "./customer_readings";
import {CustomerSection} from "./customer_section";
import {KeepLast} from "@web/core/utils/concurrency";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useDebounced} from "@web/core/utils/timing";
import {useSetupAction} from "@web/search/action_hook";

const PAUSE = 250;

/** All that is known of a customer on one page, found by whatever he has at hand. */
export class CustomerView extends Component {
    static template = "haerun_meter.CustomerView";
    static components = {
        CallLink,
        CustomerChart,
        CustomerPoint,
        CustomerReadings,
        CustomerSection,
    };
    static props = {...standardActionServiceProps};
    static displayName = _t("All of a Customer");
    static path = "water-customers";

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.root = useRef("root");
        this.input = useAutofocus({refName: "input"});
        this.keepLast = new KeepLast();
        this.state = useState({
            text: "",
            found: null,
            index: 0,
            searching: false,
            loading: false,
            customer: null,
        });
        this.searchSoon = useDebounced(() => this.search(), PAUSE);
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

    onInput(ev) {
        this.state.text = ev.target.value;
        if (this.state.text.trim()) {
            this.state.searching = true;
            this.searchSoon();
        } else {
            this.clear();
        }
    }

    async search() {
        const text = this.state.text;
        if (!text.trim()) {
            return;
        }
        const found = await this.keepLast.add(
            this.orm.call("haerun.customer.view", "search_customers", [text])
        );
        this.state.found = found;
        this.state.index = 0;
        this.state.searching = false;
    }

    clear() {
        this.searchSoon.cancel();
        this.keepLast.add(Promise.resolve());
        Object.assign(this.state, {text: "", found: null, index: 0, searching: false});
    }

    onKeydown(ev) {
        const hits = this.state.found?.hits || [];
        const step = {ArrowDown: 1, ArrowUp: -1}[ev.key];
        if (step && hits.length) {
            ev.preventDefault();
            this.state.index = (this.state.index + step + hits.length) % hits.length;
        } else if (ev.key === "Enter" && hits.length && !this.state.searching) {
            ev.preventDefault();
            this.open(hits[this.state.index].id);
        } else if (ev.key === "Escape") {
            this.clear();
        }
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

    get emptyWords() {
        return this.state.found.short
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
        this.clear();
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
