import {CLOCK_FIELDS, ClockBar} from "./clock_bar";
import {Component, xml} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

/** The bar of the clock whose form is open. */
export class ClockBarWidget extends Component {
    static template = xml`<ClockBar clock="props.record.data" />`;
    static components = {ClockBar};
    static props = {...standardWidgetProps};
}

registry.category("view_widgets").add("haerun_clock_bar", {
    component: ClockBarWidget,
    fieldDependencies: CLOCK_FIELDS,
});
