import {Component, useState} from "@odoo/owl";
import {toFen, words} from "./fen";
import {useAutofocus} from "@web/core/utils/hooks";

/** Asks before money goes back: why a payment is cancelled, by what a refund goes. */
export class CounterWindow extends Component {
    static template = "haerun_meter.CounterWindow";
    static props = {store: Object, window: Object, onDone: Function};

    setup() {
        this.state = useState({reason: ""});
        // on touch too: what is typed would go to the box of search behind the window
        useAutofocus({refName: "first", mobile: true});
    }

    get words() {
        return (text) => words(toFen(text) || 0);
    }

    get isCancel() {
        return this.props.window.kind === "cancel";
    }

    get isRight() {
        return !this.isCancel || Boolean(this.state.reason.trim());
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && !ev.isComposing && ev.target.tagName === "INPUT") {
            ev.preventDefault();
            ev.stopPropagation();
            if (!ev.repeat) {
                this.confirm();
            }
        }
    }

    async confirm() {
        if (!this.isRight) {
            return;
        }
        const {store, window} = this.props;
        const payment = this.isCancel
            ? await store.cancel(window.payment, this.state.reason)
            : await store.payOut(window.refund);
        if (payment) {
            this.props.onDone(payment);
        }
    }
}
