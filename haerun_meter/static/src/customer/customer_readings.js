import {Component} from "@odoo/owl";
import {formatFloat} from "@web/views/fields/formatters";

/** The last readings, newest first, with what was odd about them. */
export class CustomerReadings extends Component {
    static template = "haerun_meter.CustomerReadings";
    static props = {readings: Array, open: Function};

    number(value) {
        return value === false
            ? "–"
            : formatFloat(value, {digits: [12, 3], trailingZeros: false});
    }

    colours(reading) {
        return (
            {accepted: "o_haerun_green", held: "o_haerun_red"}[reading.state] ||
            "o_haerun_none text-muted"
        );
    }

    onKeydown(ev, reading) {
        if (ev.key === "Enter") {
            this.props.open("haerun.meter.reading", reading.id);
        }
    }
}
