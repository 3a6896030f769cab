import {Component, useState} from "@odoo/owl";
import {toFen, toYuan} from "./fen";
import {useAutofocus} from "@web/core/utils/hooks";

/** Before anything is taken: what lies in the drawer. */
export class CounterOpening extends Component {
    static template = "haerun_meter.CounterOpening";
    static props = {store: Object, onOpened: Function, openSession: Function};

    setup() {
        this.state = useState({float: "", busy: false});
        useAutofocus({refName: "float"});
    }

    get isRight() {
        return toFen(this.state.float || "0") !== null;
    }

    async open() {
        if (this.state.busy || !this.isRight) {
            return;
        }
        this.state.busy = true;
        try {
            await this.props.store.open(toYuan(toFen(this.state.float || "0")));
            this.props.onOpened();
        } finally {
            this.state.busy = false;
        }
    }
}
