import {Component, onMounted, onWillUnmount, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {dueState, dueWords} from "./due_words";
import {toLocaleDateTimeString} from "@web/core/l10n/dates";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** A deadline as a coloured badge in words, kept true while it is looked at. */
export class DueField extends Component {
    static template = "haerun_customer_rep.DueField";
    static props = {...standardFieldProps};

    setup() {
        this.clock = useState({ticks: 0});
        let timer = null;
        onMounted(() => {
            timer = setInterval(() => this.clock.ticks++, 60000);
        });
        onWillUnmount(() => clearInterval(timer));
    }

    get dueAt() {
        return this.props.record.data[this.props.name];
    }

    get state() {
        const given = this.props.record.data.due_state;
        if (given === "paused" || given === "none") {
            return given;
        }
        const now = dueState(this.dueAt);
        return now === "red" ? now : given || now;
    }

    get words() {
        if (this.state === "none" && this.dueAt) {
            return toLocaleDateTimeString(this.dueAt);
        }
        return this.clock.ticks >= 0 && dueWords(this.dueAt, {state: this.state});
    }

    get title() {
        return this.dueAt ? toLocaleDateTimeString(this.dueAt) : "";
    }
}

export const dueField = {
    component: DueField,
    displayName: _t("Deadline in words"),
    supportedTypes: ["datetime"],
    listViewWidth: [130, 160],
    fieldDependencies: [{name: "due_state", type: "selection"}],
};

registry.category("fields").add("haerun_due", dueField);
