import {Component, useState} from "@odoo/owl";
import {toFen, words} from "./fen";
import {useAutofocus} from "@web/core/utils/hooks";

/** Asks before money goes back: why a payment is cancelled, by what a refund goes. */
export class CounterWindow extends Component {
    static template = "haerun_meter.CounterWindow";
    static props = {store: Object, window: Object, onDone: Function};

    setup() {
        this.state = useState({
            reason: "",
            reference: "",
            tenderId: this.props.store.desk.tenders[0]?.id,
        });
        useAutofocus({refName: "first"});
    }

    get words() {
        return (text) => words(toFen(text) || 0);
    }

    get tender() {
        return this.props.store.desk.tenders.find(
            ({id}) => id === this.state.tenderId
        );
    }

    get isRight() {
        if (this.props.window.kind === "cancel") {
            return Boolean(this.state.reason.trim());
        }
        return !this.tender.needs_reference || Boolean(this.state.reference.trim());
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && !ev.isComposing && ev.target.tagName !== "BUTTON") {
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
        const payment =
            window.kind === "cancel"
                ? await store.cancel(window.payment, this.state.reason)
                : await store.payOut(window.refund, this.tender, this.state.reference);
        if (payment) {
            this.props.onDone(payment);
        }
    }
}
