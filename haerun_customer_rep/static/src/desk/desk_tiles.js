import {Component} from "@odoo/owl";

/** What waits beyond deadlines, as counts; a tap opens the list behind. */
export class DeskTiles extends Component {
    static template = "haerun_customer_rep.DeskTiles";
    static props = {tiles: Array, open: Function};
}
