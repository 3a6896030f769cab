import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {deserializeDate, deserializeDateTime, formatDate} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";

/** The bar shows a year before today and a year after. */
const SPAN = 365;

/** One rule: what it says, when it holds, and unfolded who changed what. */
export class RuleRow extends Component {
    static template = "haerun_customer_rep.RuleRow";
    static props = {
        rule: Object,
        kind: Object,
        isOpen: Boolean,
        toggle: Function,
        open: Function,
        confirm: Function,
        renew: Function,
        history: Function,
    };

    setup() {
        this.state = useState({history: null, busy: false});
        onWillStart(() => this.loadHistory(this.props));
        onWillUpdateProps((next) => this.loadHistory(next));
    }

    /** Read once a rule is unfolded, and again when it has changed since. */
    async loadHistory({isOpen, rule, history}) {
        const known = this.state.history && this.changedAt === rule.changed_at;
        if (isOpen && !known) {
            this.changedAt = rule.changed_at;
            this.state.history = await history(rule);
        }
    }

    get chip() {
        return {
            now: {label: _t("In force"), css: "text-bg-success"},
            coming: {label: _t("Not yet in force"), css: "text-bg-info"},
            past: {label: _t("No longer in force"), css: "text-bg-secondary"},
        }[this.props.rule.state];
    }

    /** Unless the name tells it already. */
    get version() {
        const {name, version} = this.props.rule;
        const words = `v${version}`;
        return version && !name.endsWith(words) ? words : "";
    }

    day(text) {
        return text ? formatDate(deserializeDate(text)) : "";
    }

    moment(text) {
        return text ? deserializeDateTime(text).toFormat("yyyy-MM-dd HH:mm") : "";
    }

    get dates() {
        const {date_from: from, date_to: to} = this.props.rule;
        if (!from) {
            return _t("until it is changed");
        }
        return to
            ? _t("%(from)s to %(to)s", {from: this.day(from), to: this.day(to)})
            : _t("from %s", this.day(from));
    }

    /** Where in the bar, of a year before today to a year after, a day lies. */
    place(text, open) {
        if (!text) {
            return open;
        }
        const days = deserializeDate(text).diffNow("days").days;
        return Math.min(100, Math.max(0, ((days + SPAN) / (2 * SPAN)) * 100));
    }

    get bar() {
        const start = this.place(this.props.rule.date_from, 0);
        const end = this.place(this.props.rule.date_to, 100);
        return `left: ${start}%; width: ${Math.max(2, end - start)}%`;
    }

    get changed() {
        const {changed_at: at, changed_by: by} = this.props.rule;
        return at ? `${by} · ${this.moment(at)}` : _t("as delivered");
    }

    onKeydown(ev) {
        if (ev.key === "Enter" || ev.key === " ") {
            ev.preventDefault();
            this.props.toggle();
        }
    }

    async act(what) {
        this.state.busy = true;
        try {
            await what();
        } finally {
            this.state.busy = false;
        }
    }
}
