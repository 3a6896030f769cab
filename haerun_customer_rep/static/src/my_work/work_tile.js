import {Component} from "@odoo/owl";

/** A count as a big button that filters the page. */
export class WorkTile extends Component {
    static template = "haerun_customer_rep.WorkTile";
    static props = {tile: Object, pressed: Boolean, toggle: Function};
}
