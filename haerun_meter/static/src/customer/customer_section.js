import {Component} from "@odoo/owl";

/** One list of the page: matters, contracts, parties … all of one shape. */
export class CustomerSection extends Component {
    static template = "haerun_meter.CustomerSection";
    static props = {section: Object, open: Function};

    onKeydown(ev, line) {
        if (ev.key === "Enter" && line.openable) {
            this.props.open(line.model, line.id);
        }
    }
}
