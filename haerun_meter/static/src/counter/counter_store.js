import {toCoins, toFen, toYuan} from "./fen";
import {browser} from "@web/core/browser/browser";
import {reactive} from "@odoo/owl";

const KEPT = "haerun.counter.receipt";

/** A number that nobody else makes; also where the page has no HTTPS. */
function newUuid() {
    const bytes = window.crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What the counter knows: the desk, the customer in front, the payment at hand. */
export class CounterStore {
    constructor(orm) {
        this.orm = orm;
        this.desk = null;
        this.customer = null;
        this.done = null;
        this.busy = false;
        this.receipt = browser.localStorage.getItem(KEPT) || "58";
        this.begin();
        return reactive(this);
    }

    call(method, args) {
        return this.orm.call("haerun.counter", method, args);
    }

    async load() {
        this.desk = await this.call("get_desk", []);
    }

    async open(amount) {
        this.desk = await this.call("open_session", [amount]);
    }

    // -------------------------------------------------------------------------
    // The customer in front
    // -------------------------------------------------------------------------

    async choose(id) {
        const customer = await this.call("get_dues", [id]);
        this.begin();
        this.done = null;
        this.customer = customer;
        this.ticked = Object.fromEntries(customer.bills.map((bill) => [bill.id, true]));
        this.tenderId = this.desk.tenders[0]?.id;
        this.isTopUp = !customer.bills.length;
        this.propose();
    }

    /** Forget the customer and what was typed for him. */
    begin() {
        this.customer = null;
        this.ticked = {};
        this.isTopUp = false;
        this.tenderId = null;
        this.amount = "";
        this.isTyped = false;
        this.reference = "";
        this.given = "";
        this.uuid = newUuid();
    }

    // -------------------------------------------------------------------------
    // The payment at hand
    // -------------------------------------------------------------------------

    get tender() {
        return this.desk.tenders.find(({id}) => id === this.tenderId);
    }

    get isCash() {
        return this.tender?.kind === "cash";
    }

    get chosen() {
        return this.customer.bills.filter(({id}) => this.ticked[id]);
    }

    get isAll() {
        return this.chosen.length === this.customer.bills.length;
    }

    /** Fen of what is chosen, less what is prepaid when everything is paid. */
    get wanted() {
        if (this.isTopUp) {
            return 0;
        }
        if (this.isAll) {
            return Math.max(
                0,
                toFen(this.customer.due) - Math.max(0, toFen(this.customer.prepaid))
            );
        }
        return this.chosen.reduce((sum, bill) => sum + toFen(bill.open), 0);
    }

    get amountFen() {
        return toFen(this.amount);
    }

    /** Fen that go beyond the bills and stay prepaid; negative: remain to be paid. */
    get beyond() {
        return (this.amountFen || 0) - this.wanted;
    }

    /** Fen to give back, null while less was given than is to be paid. */
    get change() {
        if (!this.isCash || !this.given || !this.amountFen) {
            return 0;
        }
        const given = toFen(this.given);
        return given === null || given < this.amountFen ? null : given - this.amountFen;
    }

    /** Propose the amount, unless somebody has typed one. */
    propose() {
        if (!this.isTyped) {
            const fen = this.isCash ? toCoins(this.wanted) : this.wanted;
            this.amount = fen ? toYuan(fen) : "";
        }
    }

    type(amount) {
        this.isTyped = Boolean(amount);
        this.amount = amount;
    }

    tick(bill) {
        this.ticked[bill.id] = !this.ticked[bill.id];
        this.isTyped = false;
        this.propose();
    }

    tickAll(value) {
        for (const bill of this.customer.bills) {
            this.ticked[bill.id] = value;
        }
        this.isTyped = false;
        this.propose();
    }

    turnTopUp() {
        this.isTopUp = !this.isTopUp;
        this.isTyped = false;
        this.propose();
    }

    tenderBy(key) {
        return this.desk.tenders.find(({hotkey}) => hotkey === key);
    }

    pickTender(tender) {
        this.tenderId = tender.id;
        this.given = "";
        this.reference = "";
        this.propose();
    }

    get lacks() {
        if (!this.amountFen || this.amountFen <= 0) {
            return "amount";
        }
        if (this.tender.needs_reference && !this.reference.trim()) {
            return "reference";
        }
        if (this.change === null) {
            return "given";
        }
        return !this.isTopUp && this.customer.bills.length && !this.chosen.length
            ? "bills"
            : null;
    }

    get billIds() {
        if (this.isTopUp) {
            return [];
        }
        return this.isAll ? null : this.chosen.map(({id}) => id);
    }

    /** Take it once; return the payment, or null while one is on its way. */
    async pay() {
        if (this.busy || this.lacks) {
            return null;
        }
        this.busy = true;
        try {
            const change = this.change;
            const {payment, desk} = await this.call("pay", [
                this.uuid,
                this.customer.head.id,
                toYuan(this.amountFen),
                this.tenderId,
                this.reference,
                this.billIds,
            ]);
            this.done = {payment, change, isTopUp: this.isTopUp};
            this.desk = desk;
            this.begin();
            return payment;
        } finally {
            this.busy = false;
        }
    }

    // -------------------------------------------------------------------------
    // What was taken
    // -------------------------------------------------------------------------

    /** The last payment of the session that can be cancelled. */
    get lastPayment() {
        return this.desk.last.find(({kind, is_undone}) => kind === "payment" && !is_undone);
    }

    async cancel(payment, reason) {
        return this.once(async () => {
            const done = await this.call("cancel", [payment.id, reason]);
            this.done = {payment: done.payment, change: 0};
            this.desk = done.desk;
            return done.payment;
        });
    }

    async payOut(refund) {
        return this.once(async () => {
            const done = await this.call("pay_refund", [refund.id]);
            this.done = {payment: done.payment, change: 0};
            this.desk = done.desk;
            this.begin();
            return done.payment;
        });
    }

    /** Do one thing at a time: what comes meanwhile is left out. */
    async once(work) {
        if (this.busy) {
            return null;
        }
        this.busy = true;
        try {
            return await work();
        } finally {
            this.busy = false;
        }
    }

    keepReceipt(kind) {
        this.receipt = kind;
        browser.localStorage.setItem(KEPT, kind);
    }

    receiptOf(payment) {
        return this.call("get_receipt", [payment.id, this.receipt]);
    }
}
