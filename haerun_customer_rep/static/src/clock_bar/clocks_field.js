import {CLOCK_FIELDS, ClockBar} from "./clock_bar";
import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const RANK = {running: 0, paused: 1};

/** The clocks of a matter (one2many), each as a bar; the open ones first. */
export class ClocksField extends Component {
    static template = "haerun_customer_rep.ClocksField";
    static components = {ClockBar};
    static props = {...standardFieldProps, all: {type: Boolean, optional: true}};

    get clocks() {
        const rank = (clock) => RANK[clock.state] ?? 2;
        return this.props.record.data[this.props.name].records
            .map((record) => ({...record.data, id: record.resId}))
            .filter((clock) => this.props.all || clock.state in RANK)
            .sort((one, two) => rank(one) - rank(two) || one.due_at - two.due_at);
    }
}

export const clocksField = {
    component: ClocksField,
    displayName: _t("Clocks as bars"),
    supportedTypes: ["one2many"],
    supportedOptions: [
        {label: _t("Show ended clocks"), name: "all", type: "boolean", default: true},
    ],
    relatedFields: CLOCK_FIELDS,
    extractProps: ({options}) => ({all: options.all ?? true}),
};

registry.category("fields").add("haerun_clocks", clocksField);
