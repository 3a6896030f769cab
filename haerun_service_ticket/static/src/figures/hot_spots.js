import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

/** The roads, or houses, from which most petitions came, and how that moved. */
export class HotSpots extends Component {
    static template = "haerun_service_ticket.HotSpots";
    static props = {spots: Object, open: Function};

    setup() {
        this.state = useState({by: "road_key"});
    }

    get choices() {
        return [
            {key: "road_key", label: _t("Roads, estates")},
            {key: "house_key", label: _t("Houses")},
        ];
    }

    get rows() {
        const rows = this.props.spots[this.state.by];
        const most = Math.max(...rows.map(({petitions}) => petitions), 1);
        return rows.map((row) => ({
            ...row,
            again: row.repeats ? _t("%s repeated", row.repeats) : "",
            width: `width: ${(100 * row.petitions) / most}%`,
            trend:
                row.petitions > row.before
                    ? "fa-arrow-up o_haerun_worse"
                    : row.petitions < row.before
                      ? "fa-arrow-down o_haerun_better"
                      : "fa-minus text-muted",
        }));
    }
}
