import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {toFen, words} from "./fen";

/** By way of paying: what the system has, what was counted, and the difference. */
export class CashTotals extends Component {
    static template = "haerun_meter.CashTotals";
    static props = {...standardFieldProps};

    get rows() {
        return this.props.record.data[this.props.name] || [];
    }

    get isCounted() {
        return this.rows.some((row) => row.counted !== false);
    }

    get sum() {
        return (name) => this.rows.reduce((sum, row) => sum + (toFen(row[name]) || 0), 0);
    }

    get words() {
        return words;
    }

    get fen() {
        return (text) => toFen(text) || 0;
    }
}

registry.category("fields").add("haerun_cash_totals", {
    component: CashTotals,
    displayName: _t("Takings by way of paying"),
    supportedTypes: ["json"],
});
