import {Component} from "@odoo/owl";
import {formatFloat} from "@web/views/fields/formatters";

/** A service point: what hangs there, where its dial stands, how long it may hang. */
export class CustomerPoint extends Component {
    static template = "haerun_meter.CustomerPoint";
    static props = {point: Object, open: Function, run: Function};

    dial(value) {
        return formatFloat(value, {digits: [12, 3], trailingZeros: false});
    }

    get lifeColour() {
        return {over: "red", soon: "yellow"}[this.props.point.meter.life_state] || "none";
    }
}
