import {DateTimeField, dateField} from "@web/views/fields/datetime/datetime_field";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

/** A month is chosen and shown as such; its first day is what is kept. */
export class MonthField extends DateTimeField {
    getFormattedValue(valueIndex) {
        const value = this.values[valueIndex];
        return value ? value.toFormat("yyyy-MM") : "";
    }
}

registry.category("fields").add("haerun_month", {
    ...dateField,
    component: MonthField,
    displayName: _t("Month"),
    extractProps: (...args) => ({
        ...dateField.extractProps(...args),
        minPrecision: "months",
        maxPrecision: "years",
    }),
});
