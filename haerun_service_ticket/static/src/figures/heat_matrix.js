import {Component} from "@odoo/owl";

/** Fewer than so many are never the deepest colour. */
const MANY = 5;

/** Area × group of categories, coloured by count; a tap opens the tickets. */
export class HeatMatrix extends Component {
    static template = "haerun_service_ticket.HeatMatrix";
    static props = {heat: Object, open: Function};

    count(area, family) {
        return this.props.heat.cells[`${area[0]}-${family[0]}`] || 0;
    }

    /** Depth of the colour of a cell: 0 to 1, by the root, so that few are seen too. */
    depth(area, family) {
        const most = Math.max(this.props.heat.most, MANY);
        return Math.sqrt(this.count(area, family) / most);
    }

    style(area, family) {
        return `--heat: ${Math.round(this.depth(area, family) * 100)}%`;
    }

    isDeep(area, family) {
        return this.depth(area, family) > 0.6;
    }

    label(area, family) {
        return `${area[1]} · ${family[1]}: ${this.count(area, family)}`;
    }

    openCell(area, family) {
        this.props.open(`${area[1]} · ${family[1]}`, area[0], family[0]);
    }

    openArea(area) {
        this.props.open(area[1], area[0], null);
    }

    openFamily(family) {
        this.props.open(family[1], null, family[0]);
    }
}
