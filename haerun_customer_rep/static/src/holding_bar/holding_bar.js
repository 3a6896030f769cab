import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {deserializeDateTime} from "@web/core/l10n/dates";
import {formatFloat} from "@web/views/fields/formatters";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const HOLDERS = ["company", "customer", "design", "construction", "permit"];
const FORMAT = "yyyy-MM-dd HH:mm";

/**
 * Who held a matter how long: one bar in order of time, a part a holding, as wide as
 * its working time. Holders are told apart by colour, pattern and word.
 */
export class HoldingBar extends Component {
    static template = "haerun_customer_rep.HoldingBar";
    static props = {...standardFieldProps, compact: {type: Boolean, optional: true}};

    setup() {
        this.state = useState({chosen: null});
    }

    get data() {
        return this.props.record.data[this.props.name] || {rows: [], totals: {}};
    }

    get parts() {
        const {rows} = this.data;
        const total = rows.reduce((sum, {hours}) => sum + hours, 0);
        return rows.map((row, index) => {
            const share = total ? (100 * row.hours) / total : 100 / rows.length;
            return {
                ...row,
                index,
                share,
                word: share > 9 ? this.holderName(row.holder) : "",
                title: this.describe(row),
            };
        });
    }

    get sums() {
        return HOLDERS.filter((holder) => holder in this.data.totals).map((holder) => ({
            holder,
            name: this.holderName(holder),
            days: this.days(this.data.totals[holder]),
        }));
    }

    get chosen() {
        const row = this.data.rows[this.state.chosen];
        return row && this.describe(row);
    }

    /** What the company held until water-on against what it promised. */
    get promise() {
        const {company, promised} = this.data;
        if (!promised) {
            return null;
        }
        const over = company - promised;
        const values = {
            held: this.number(company),
            promised: this.number(promised),
            over: this.number(over),
        };
        return {
            late: over > 0.005,
            words:
                over > 0.005
                    ? _t(
                          "The company held it %(held)s of %(promised)s promised working days until water-on: %(over)s over",
                          values
                      )
                    : _t(
                          "The company held it %(held)s of %(promised)s promised working days until water-on",
                          values
                      ),
            share: Math.min(100, (100 * company) / Math.max(promised, company)),
            mark: Math.min(100, (100 * promised) / Math.max(promised, company)),
        };
    }

    holderName(holder) {
        return {
            company: _t("Company"),
            customer: _t("Customer"),
            design: _t("Design unit"),
            construction: _t("Construction unit"),
            permit: _t("Permit office"),
        }[holder];
    }

    number(value) {
        return formatFloat(value, {digits: [16, 2], trailingZeros: false});
    }

    days(value) {
        return _t("%s working days", this.number(value));
    }

    describe(row) {
        const from = deserializeDateTime(row.from).toFormat(FORMAT);
        const to = row.open ? _t("now") : deserializeDateTime(row.to).toFormat(FORMAT);
        const way = row.next ? `${row.step} → ${row.next}` : row.step;
        return [way, this.holderName(row.holder), `${from} – ${to}`, this.days(row.days)].join(
            " · "
        );
    }

    choose(index) {
        this.state.chosen = this.state.chosen === index ? null : index;
    }
}

export const holdingBar = {
    component: HoldingBar,
    displayName: _t("Who held it how long"),
    supportedTypes: ["json"],
    supportedOptions: [
        {label: _t("Without the promise"), name: "compact", type: "boolean"},
    ],
    extractProps: ({options}) => ({compact: Boolean(options.compact)}),
};

registry.category("fields").add("haerun_holdings", holdingBar);
