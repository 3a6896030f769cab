import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { StandInStrip } from "./stand_in_strip";

/** The menu "Who stands in". */
export class StandInPage extends Component {
    static template = "haerun_customer_rep.StandInPage";
    static components = { Layout, StandInStrip };
    static props = { ...standardActionServiceProps };

    setup() {
        this.display = { controlPanel: {} };
    }
}

registry.category("actions").add("haerun_stand_in", StandInPage);

/** The page "Who stands in" of an appointment. */
export class StandInWidget extends Component {
    static template = "haerun_customer_rep.StandInWidget";
    static components = { StandInStrip };
    static props = { ...standardWidgetProps };
}

registry.category("view_widgets").add("haerun_stand_in_strip", { component: StandInWidget });
