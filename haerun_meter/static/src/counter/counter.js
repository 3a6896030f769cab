import {
    Component,
    onWillStart,
    useEffect,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import {CounterBills} from "./counter_bills";
import {CounterOpening} from "./counter_opening";
import {CounterPay} from "./counter_pay";
import {CounterSide} from "./counter_side";
import {CounterStore} from "./counter_store";
import {CounterWindow} from "./counter_window";
import {CustomerSearch} from "../search/customer_search";
import {_t} from "@web/core/l10n/translation";
import {printPdf} from "./counter_print";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {toFen, words} from "./fen";
import {useService} from "@web/core/utils/hooks";

/** The cashier's page: find, take, print, next; with keys alone or by touch. */
export class Counter extends Component {
    static template = "haerun_meter.Counter";
    static components = {
        CounterBills,
        CounterOpening,
        CounterPay,
        CounterSide,
        CounterWindow,
        CustomerSearch,
    };
    static props = {...standardActionServiceProps};
    static displayName = _t("Counter");
    static path = "counter";

    setup() {
        this.action = useService("action");
        this.notification = useService("notification");
        this.root = useRef("root");
        this.store = useState(new CounterStore(useService("orm")));
        this.state = useState({window: null});
        // where the cursor goes: set by the parts of the page
        this.focus = {};
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev));
        onWillStart(() => this.store.load());
        // nobody is in front any more: whatever had the cursor is gone
        useEffect(
            (customer) => {
                if (!customer) {
                    this.focus.search?.();
                }
            },
            () => [this.store.customer]
        );
    }

    get words() {
        return (text) => words(toFen(text) || 0);
    }

    get changeWords() {
        return words(this.store.done.change || 0);
    }

    get keys() {
        const {customer} = this.store;
        return [
            {key: "F2", name: _t("Find"), run: () => this.focus.search()},
            {key: "F3", name: _t("Bills"), run: () => this.focus.bills?.(), off: !customer},
            {key: "F4", name: _t("Top-up"), run: () => this.topUp(), off: !customer},
            {key: "F6", name: _t("Amount"), run: () => this.focus.amount?.(), off: !customer},
            {key: "F7", name: _t("Refund"), run: () => this.refund(), off: !customer},
            {key: "F8", name: _t("Cancel Last"), run: () => this.cancelLast()},
            {key: "F9", name: _t("Print Again"), run: () => this.printLast()},
            {key: "F10", name: _t("Day End"), run: () => this.openSession()},
        ];
    }

    onKeydown(ev) {
        const isHere = this.root.el?.contains(ev.target) || ev.target === document.body;
        if (!this.store.desk?.session || !isHere || ev.isComposing) {
            return;
        }
        const key = this.keys.find((one) => one.key === ev.key);
        if (key && !ev.altKey && !ev.ctrlKey && !ev.metaKey) {
            ev.preventDefault();
            if (!this.state.window && !key.off && !ev.repeat) {
                key.run();
            }
        } else if (ev.key === "Escape") {
            ev.preventDefault();
            this.leave();
        }
    }

    /** Esc: the window first, then the customer; the cursor is in the box again. */
    leave() {
        if (this.state.window) {
            this.state.window = null;
        } else if (!this.store.busy) {
            this.store.begin();
        }
        this.next();
    }

    next() {
        // after the parts that come and go have done so
        Promise.resolve().then(() =>
            this.store.customer ? this.focus.pay?.() : this.focus.search?.()
        );
    }

    async choose(hit) {
        await this.store.choose(hit.id);
        this.next();
    }

    get nobodyWords() {
        return _t(
            "Nobody is found by this. Two letters find what begins with them, three what holds them; a phone number is found whole or by its last four digits."
        );
    }

    topUp() {
        this.store.turnTopUp();
        this.focus.amount?.();
    }

    async paid(payment) {
        if (payment) {
            this.focus.search?.();
            await this.print(payment);
        }
    }

    // -------------------------------------------------------------------------
    // Print
    // -------------------------------------------------------------------------

    async print(payment) {
        if (this.store.desk.receipts.includes(this.store.receipt)) {
            const {url} = await this.store.receiptOf(payment);
            printPdf(url);
        }
    }

    async printLast() {
        const [last] = this.store.desk.last;
        if (!last) {
            this.notification.add(_t("Nothing was taken in this session yet."));
        } else if (this.store.desk.receipts.includes(this.store.receipt)) {
            await this.print(last);
        } else {
            this.notification.add(_t("Choose first what is printed."));
        }
    }

    // -------------------------------------------------------------------------
    // Windows
    // -------------------------------------------------------------------------

    cancelLast(payment = this.store.lastPayment) {
        if (payment) {
            this.state.window = {kind: "cancel", payment};
        } else {
            this.notification.add(_t("No payment of this session can be cancelled."));
        }
    }

    refund() {
        const [refund] = this.store.customer.refunds;
        if (refund) {
            this.state.window = {kind: "refund", refund};
        } else {
            this.notification.add(
                _t("No refund of this customer is approved and waits to be paid out.")
            );
        }
    }

    async windowDone(payment) {
        this.state.window = null;
        const {customer} = this.store;
        if (payment && customer) {
            const {done} = this.store;
            await this.store.choose(customer.head.id);
            this.store.done = done;
        }
        this.next();
        if (payment) {
            await this.print(payment);
        }
    }

    openSession(id = this.store.desk.session.id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "haerun.cash.session",
            res_id: id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("haerun_counter", Counter);
