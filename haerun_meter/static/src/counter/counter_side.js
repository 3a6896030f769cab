import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {toFen, words} from "./fen";

/** The session at a glance, what was taken last, and what is printed. */
export class CounterSide extends Component {
    static template = "haerun_meter.CounterSide";
    static props = {
        store: Object,
        print: Function,
        cancel: Function,
        openSession: Function,
    };

    get words() {
        return (text) => words(toFen(text) || 0);
    }

    get kinds() {
        const names = {
            58: _t("58 mm receipt"),
            a5: _t("A5 receipt"),
            voucher: _t("Top-up voucher"),
        };
        return [
            ...this.props.store.desk.receipts.map((kind) => ({kind, name: names[kind]})),
            {kind: "none", name: _t("No printing")},
        ];
    }

    onKind(ev) {
        this.props.store.keepReceipt(ev.target.value);
    }
}
