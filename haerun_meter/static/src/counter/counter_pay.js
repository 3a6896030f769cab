import {Component, onMounted, useEffect, useRef} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {words} from "./fen";

/** How much, by what, and what goes back. Enter leads from field to field and pays. */
export class CounterPay extends Component {
    static template = "haerun_meter.CounterPay";
    static props = {store: Object, onPaid: Function, focus: Object};

    setup() {
        this.panel = useRef("panel");
        this.amount = useRef("amount");
        this.reference = useRef("reference");
        this.given = useRef("given");
        Object.assign(this.props.focus, {
            pay: () =>
                this.props.store.lacks === "amount"
                    ? this.props.focus.amount()
                    : this.panel.el?.focus(),
            amount: () => {
                this.amount.el?.focus();
                this.amount.el?.select();
            },
        });
        onMounted(() => this.props.focus.pay());
        // the field of a way of paying is there after the page has drawn it
        this.isPicked = false;
        useEffect(
            () => this.isPicked && this.toLastField(),
            () => [this.props.store.tenderId]
        );
    }

    get words() {
        return words;
    }

    get beyondWords() {
        const {store} = this.props;
        if (store.isTopUp || !store.amountFen) {
            return "";
        }
        if (store.beyond > 0) {
            return _t("%s yuan stay prepaid.", words(store.beyond));
        }
        return store.beyond < 0
            ? _t("%s yuan remain to be paid.", words(-store.beyond))
            : "";
    }

    onKeydown(ev) {
        if (ev.isComposing) {
            return;
        }
        const {store} = this.props;
        const inField = ["INPUT", "SELECT"].includes(ev.target.tagName);
        const tender = (!inField || ev.altKey) && store.tenderBy(ev.key);
        if (tender && !ev.ctrlKey && !ev.metaKey) {
            ev.preventDefault();
            ev.stopPropagation(); // Alt with a digit is a menu's as well
            this.pick(tender);
        } else if (ev.key === "Enter" && ev.target.tagName !== "BUTTON") {
            ev.preventDefault();
            if (!ev.repeat) {
                this.onEnter(ev);
            }
        }
    }

    /** Enter pays from the last field, and leads there from the others. */
    onEnter(ev) {
        const {store} = this.props;
        const last = this.lastField;
        if (ev.target === last || (store.tender && !last)) {
            this.pay();
        } else if (store.lacks === "amount") {
            this.props.focus.amount();
        } else {
            last.focus();
            last.select();
        }
    }

    get lastField() {
        return this.given.el || this.reference.el;
    }

    pick(tender) {
        const isOther = tender.id !== this.props.store.tenderId;
        this.isPicked = true;
        this.props.store.pickTender(tender);
        if (!isOther) {
            this.toLastField();
        }
    }

    toLastField() {
        (this.lastField || this.panel.el).focus();
    }

    async pay() {
        const {store} = this.props;
        const lacks = store.lacks;
        if (lacks) {
            const field = {amount: this.amount, reference: this.reference}[lacks];
            (field || this.given).el?.focus();
            return;
        }
        const payment = await store.pay();
        if (payment) {
            this.props.onPaid(payment);
        }
    }
}
