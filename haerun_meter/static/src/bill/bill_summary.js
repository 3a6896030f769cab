import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {formatFloat} from "@web/views/fields/formatters";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useService} from "@web/core/utils/hooks";

const DIGITS = {bills: 0, volume: 0, amount: 2, price: 3};

/** A run's figures beside those of the period before and of a year ago. */
export class BillSummary extends Component {
    static template = "haerun_meter.BillSummary";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({summary: null});
        onWillStart(() => this.load(this.props));
        onWillUpdateProps((props) => this.load(props));
    }

    async load({record}) {
        this.state.summary = record.resId
            ? await this.orm.silent.call(record.resModel, "get_summary", [[record.resId]])
            : null;
    }

    number(value, digits = 2) {
        return formatFloat(value, {digits: [16, digits]});
    }

    tileNumber(tile, index) {
        return this.number(tile.values[index], DIGITS[tile.key]);
    }

    /** Change in per cent against another column; nothing to compare with: empty. */
    change(values, index) {
        if (!values[index]) {
            return "";
        }
        const percent = (100 * (values[0] - values[index])) / values[index];
        return `${percent >= 0 ? "+" : "−"}${this.number(Math.abs(percent), 1)} %`;
    }

    changeClass(values, index) {
        if (!values[index]) {
            return "text-muted";
        }
        const off = Math.abs(values[0] / values[index] - 1);
        return off > 0.3 ? "text-danger" : off > 0.15 ? "text-warning" : "text-muted";
    }

    /** Width of a bar against the longest of its list. */
    width(rows, value) {
        const most = Math.max(1, ...rows.flatMap(({amount}) => amount.map(Math.abs)));
        return `width: ${(100 * Math.abs(value)) / most}%`;
    }

    async openLeftOut(key) {
        const {resModel, resId} = this.props.record;
        const action = await this.orm.call(resModel, "action_open_left_out", [[resId], key]);
        this.action.doAction(action);
    }
}

registry.category("view_widgets").add("haerun_bill_summary", {component: BillSummary});
