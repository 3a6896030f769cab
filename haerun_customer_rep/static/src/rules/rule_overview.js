import {Component, onWillStart, useEffect, useRef, useState} from "@odoo/owl";
import {RULE_FILTERS, changedLately, matches} from "./rule_filters";
import {RuleRow} from "./rule_row";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useAutofocus, useService} from "@web/core/utils/hooks";
import {useHotkey} from "@web/core/hotkeys/hotkey_hook";
import {useSetupAction} from "@web/search/action_hook";

/** So many are shown at once; more by a button. */
const SHOWN = 120;

/** 规则一览: every rule of the company, by kind, with when it holds and who changed it. */
export class RuleOverview extends Component {
    static template = "haerun_customer_rep.RuleOverview";
    static components = {RuleRow};
    static props = {...standardActionServiceProps};
    static displayName = _t("All Rules");
    static path = "rules";

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.ui = useService("ui");
        this.root = useRef("root");
        useAutofocus({refName: "search"});
        const kept = this.props.state || {};
        this.state = useState({
            data: null,
            kind: kept.kind || null,
            filter: kept.filter || "now",
            text: kept.text || "",
            open: kept.open || null,
            shown: SHOWN,
            loading: false,
        });
        useSetupAction({
            rootRef: this.root,
            getLocalState: () => {
                const {kind, filter, text, open} = this.state;
                return {kind, filter, text, open};
            },
        });
        for (const [hotkey, by] of [
            ["arrowdown", 1],
            ["arrowup", -1],
        ]) {
            useHotkey(hotkey, () => this.walk(by), {
                allowRepeat: true,
                bypassEditableProtection: true,
                isAvailable: () => !document.querySelector(".modal"),
            });
        }
        useEffect(
            () => {
                this.state.shown = SHOWN;
            },
            () => [this.state.kind, this.state.filter, this.state.text]
        );
        onWillStart(() => this.load());
    }

    async load() {
        this.state.loading = true;
        try {
            this.state.data = await this.orm.call(
                "haerun.rule.overview",
                "get_rules",
                []
            );
        } finally {
            this.state.loading = false;
        }
    }

    // -------------------------------------------------------------------------
    // What is shown
    // -------------------------------------------------------------------------

    get filters() {
        return RULE_FILTERS.map(({key, label}) => ({
            key,
            label: label(),
            count: this.state.data.rules.filter(
                (rule) => this.has(key, rule) && matches(rule, this.state.text)
            ).length,
        }));
    }

    has(key, rule) {
        return RULE_FILTERS.find((one) => one.key === key).keeps(rule);
    }

    /** The rules of all kinds that filter and words let through, by kind. */
    get found() {
        const found = {};
        for (const rule of this.state.data.rules) {
            if (this.has(this.state.filter, rule) && matches(rule, this.state.text)) {
                (found[rule.model] ||= []).push(rule);
            }
        }
        return found;
    }

    get groups() {
        const found = this.found;
        return this.state.data.groups.map((group) => ({
            ...group,
            kinds: group.kinds.map((kind) => {
                const rules = found[kind.model] || [];
                return {
                    ...kind,
                    count: rules.length,
                    toConfirm: rules.filter((rule) => rule.to_confirm).length,
                };
            }),
        }));
    }

    get total() {
        return Object.values(this.found).reduce((sum, rules) => sum + rules.length, 0);
    }

    /** What stands on the right: kinds with their rules, no more than is shown. */
    get sections() {
        let room = this.state.shown;
        const found = this.found;
        const sections = [];
        for (const group of this.state.data.groups) {
            for (const kind of group.kinds) {
                const chosen = !this.state.kind || this.state.kind === kind.model;
                const rules = chosen ? found[kind.model] || [] : [];
                if (rules.length && room > 0) {
                    sections.push({...kind, group, all: rules, rules: rules.slice(0, room)});
                    room -= rules.length;
                }
            }
        }
        return sections;
    }

    get allKinds() {
        return `${_t("All kinds")} · ${this.total}`;
    }

    get chosenCount() {
        const found = this.found;
        return this.state.kind ? (found[this.state.kind] || []).length : this.total;
    }

    get more() {
        return Math.max(0, this.chosenCount - this.state.shown);
    }

    get lately() {
        return this.state.data.rules.filter(changedLately).length;
    }

    key(rule) {
        return `${rule.model},${rule.id}`;
    }

    // -------------------------------------------------------------------------
    // Choosing
    // -------------------------------------------------------------------------

    choose(model) {
        this.state.kind = this.state.kind === model ? null : model;
    }

    chooseFilter(key) {
        this.state.filter = key;
    }

    /** Words are looked for in all kinds at once. */
    search(ev) {
        this.state.text = ev.target.value;
        if (this.state.text.trim()) {
            this.state.kind = null;
        }
    }

    toggle(rule) {
        const key = this.key(rule);
        this.state.open = this.state.open === key ? null : key;
    }

    showMore() {
        this.state.shown += SHOWN;
    }

    /** Go to the next or the last rule; enter unfolds it. */
    walk(by) {
        const rows = [...this.root.el.querySelectorAll(".o_haerun_rule_head")];
        const here = rows.findIndex((row) => row.contains(document.activeElement));
        if (here === 0 && by < 0) {
            this.root.el.querySelector(".o_haerun_rules_search input").focus();
            return;
        }
        const next = rows[Math.min(Math.max(here + by, 0), rows.length - 1)];
        next?.focus();
        next?.scrollIntoView({block: "nearest"});
    }

    // -------------------------------------------------------------------------
    // Acting
    // -------------------------------------------------------------------------

    async openRule(rule) {
        return this.action.doAction(await this.call("open", rule));
    }

    async confirm(rule) {
        Object.assign(rule, await this.call("confirm", rule));
    }

    async renew(rule) {
        return this.action.doAction(await this.call("new_version", rule));
    }

    history(rule) {
        return this.call("get_history", rule);
    }

    call(method, {model, id}) {
        return this.orm.call("haerun.rule.overview", method, [model, id]);
    }

    async export() {
        return this.action.doAction(
            await this.orm.call("haerun.rule.overview", "export", [])
        );
    }

    openChanges() {
        return this.action.doAction("haerun_customer_rep.haerun_rule_change_action");
    }
}

registry.category("actions").add("haerun_rule_overview", RuleOverview);
