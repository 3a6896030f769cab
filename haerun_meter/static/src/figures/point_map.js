import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const WIDTH = 640;
const MARGIN = 14;
const STATES = ["read", "estimated", "held", "unread", "due"];

/** The points of a plan where they lie, coloured by what became of them. */
export class PointMap extends Component {
    static template = "haerun_meter.PointMap";
    static props = {...standardFieldProps};

    setup() {
        this.state = useState({chosen: ""});
    }

    get value() {
        return this.props.record.data[this.props.name] || [];
    }

    get legend() {
        const labels = {
            read: _t("Read"),
            estimated: _t("Estimated"),
            held: _t("Held"),
            unread: _t("Could not be read"),
            due: _t("To read"),
        };
        return STATES.map((key) => ({
            key,
            label: labels[key],
            count: this.value.filter((point) => point[2] === key).length,
        })).filter(({count}) => count);
    }

    /** Degrees to pixels: a degree of longitude is shorter than one of latitude. */
    get picture() {
        const longitudes = this.value.map(([longitude]) => longitude);
        const latitudes = this.value.map(([, latitude]) => latitude);
        const [west, east] = [Math.min(...longitudes), Math.max(...longitudes)];
        const [south, north] = [Math.min(...latitudes), Math.max(...latitudes)];
        const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
        const span = Math.max((east - west) * shrink, (north - south) / 2, 1e-6);
        const scale = (WIDTH - 2 * MARGIN) / span;
        return {
            width: WIDTH,
            height: Math.max(120, (north - south) * scale + 2 * MARGIN),
            points: this.value.map(([longitude, latitude, state, label], index) => ({
                key: index,
                x: MARGIN + (longitude - west) * shrink * scale,
                y: MARGIN + (north - latitude) * scale,
                state,
                label,
            })),
        };
    }

    choose(point) {
        this.state.chosen = point.label;
    }
}

registry.category("fields").add("haerun_point_map", {
    component: PointMap,
    supportedTypes: ["json"],
});
