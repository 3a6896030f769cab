import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

/** Units and their representatives by colour; a tap on a figure narrows the desk. */
export class DeskMatrix extends Component {
    static template = "haerun_customer_rep.DeskMatrix";
    static props = {
        totals: Object,
        units: Array,
        cell: Object,
        choose: Function,
        urge: Function,
    };

    setup() {
        this.open = useState({});
    }

    get colours() {
        return [
            {key: "red", label: _t("Overdue")},
            {key: "yellow", label: _t("Last day")},
            {key: "green", label: _t("In time")},
            {key: "paused", label: _t("Paused")},
        ];
    }

    isOpen(unit) {
        return this.open[unit.id] ?? this.props.units.length === 1;
    }

    toggle(unit) {
        this.open[unit.id] = !this.isOpen(unit);
    }

    isChosen(unitId, ownerId, colour) {
        const {cell} = this.props;
        return (
            cell.unit_id === unitId && cell.owner_id === ownerId && cell.colour === colour
        );
    }
}
