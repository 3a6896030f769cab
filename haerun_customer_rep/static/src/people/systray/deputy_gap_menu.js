import { Component, onWillStart, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";

/** Warns those who can mend it of posts without a deputy. */
export class DeputyGapMenu extends Component {
    static template = "haerun_customer_rep.DeputyGapMenu";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.gap = useState({ count: 0, watch: false });
        onWillStart(() => this.load());
        useBus(this.env.bus, "ACTION_MANAGER:UI-UPDATED", () => this.gap.watch && this.load());
    }

    async load() {
        const gap = await this.orm.silent.call("haerun.representative", "get_deputy_gap", []);
        Object.assign(this.gap, gap);
    }

    async open() {
        const action = await this.orm.call("haerun.representative", "action_open_deputy_gap", []);
        return this.action.doAction(action, { clearBreadcrumbs: true });
    }
}

registry
    .category("systray")
    .add("haerun_customer_rep.deputy_gap", { Component: DeputyGapMenu }, { sequence: 30 });
