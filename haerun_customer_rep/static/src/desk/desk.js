import {Component, onWillStart, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {DeskMatrix} from "./desk_matrix";
import {DeskRow} from "./desk_row";
import {DeskTiles} from "./desk_tiles";
import {ScanLine} from "./scan_line";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useAutoRefresh} from "../live/auto_refresh";
import {useHotkey} from "@web/core/hotkeys/hotkey_hook";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";

const ALL = {unit_id: null, owner_id: null, colour: null, model: null};

/** What is red or yellow now, by unit and person; chosen clocks are urged at once. */
export class SupervisionDesk extends Component {
    static template = "haerun_customer_rep.SupervisionDesk";
    static components = {DeskMatrix, DeskRow, DeskTiles, ScanLine};
    static props = {...standardActionServiceProps};
    static displayName = _t("Supervision desk");
    static path = "supervision-desk";

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.root = useRef("root");
        this.state = useState({
            cell: this.props.state?.cell || {...ALL},
            filters: this.props.state?.filters || {},
            desk: null,
            loading: false,
            selected: new Set(),
        });
        useSetupAction({
            rootRef: this.root,
            getLocalState: () => ({
                cell: {...this.state.cell},
                filters: {...this.state.filters},
            }),
        });
        for (const [hotkey, by] of [
            ["arrowdown", 1],
            ["arrowup", -1],
        ]) {
            useHotkey(hotkey, () => this.walk(by), {
                allowRepeat: true,
                isAvailable: () => !this.isTyping,
            });
        }
        useAutoRefresh(() => this.refreshQuietly());
        onWillStart(() => this.load(this.orm));
    }

    // -------------------------------------------------------------------------
    // Loading
    // -------------------------------------------------------------------------

    async load(orm) {
        this.state.loading = true;
        try {
            const desk = await orm.call("haerun.supervision.desk", "get_desk", [], {
                ...this.state.cell,
                filters: {...this.state.filters},
            });
            const keys = new Set(desk.clocks.map(({key}) => key));
            this.state.selected = new Set(
                [...this.state.selected].filter((key) => keys.has(key))
            );
            this.state.desk = desk;
        } finally {
            this.state.loading = false;
        }
    }

    refresh() {
        return this.load(this.orm);
    }

    async refreshQuietly() {
        try {
            await this.load(this.orm.silent);
        } catch {
            // the next minute tries again; the scan line shows how old the page is
        }
    }

    // -------------------------------------------------------------------------
    // Choosing
    // -------------------------------------------------------------------------

    async choose(cell) {
        const now = this.state.cell;
        const same = ["unit_id", "owner_id", "colour"].every(
            (key) => (cell[key] ?? null) === now[key]
        );
        this.state.cell = {...ALL, model: now.model, ...(same ? {} : cell)};
        this.state.selected = new Set();
        await this.refresh();
    }

    async chooseModel(model) {
        this.state.cell = {...ALL, model};
        this.state.selected = new Set();
        await this.refresh();
    }

    async chooseFilter(key, value) {
        this.state.filters = {...this.state.filters, [key]: value};
        if (!value) {
            delete this.state.filters[key];
        }
        this.state.selected = new Set();
        await this.refresh();
    }

    get isNarrowed() {
        const {unit_id: unit, owner_id: owner, colour} = this.state.cell;
        return unit !== null || owner !== null || colour !== null;
    }

    get cellOnly() {
        const {unit_id: unit, owner_id: owner, colour} = this.state.cell;
        return {unit_id: unit, owner_id: owner, colour};
    }

    /** What "all" chooses: nobody is urged twice a day by mistake. */
    get selectable() {
        return this.state.desk.clocks.filter(
            ({pressable, urged}) => pressable && !urged
        );
    }

    get allSelected() {
        const all = this.selectable;
        return all.length > 0 && all.every(({key}) => this.state.selected.has(key));
    }

    toggle(key) {
        const selected = new Set(this.state.selected);
        if (!selected.delete(key)) {
            selected.add(key);
        }
        this.state.selected = selected;
    }

    toggleAll() {
        const keys = this.allSelected ? [] : this.selectable.map(({key}) => key);
        this.state.selected = new Set(keys);
    }

    // -------------------------------------------------------------------------
    // By keyboard
    // -------------------------------------------------------------------------

    get isTyping() {
        return ["INPUT", "SELECT", "TEXTAREA"].includes(
            document.activeElement?.tagName
        )
            ? document.activeElement.type !== "checkbox"
            : Boolean(document.querySelector(".modal"));
    }

    /** Go to the next or the last row; space chooses it, enter opens it. */
    walk(by) {
        const rows = [...this.root.el.querySelectorAll(".o_haerun_desk_row")];
        const here = rows.findIndex((row) => row.contains(document.activeElement));
        const next = rows[Math.min(Math.max(here + by, 0), rows.length - 1)];
        next?.querySelector(".o_haerun_desk_matter").focus();
        next?.scrollIntoView({block: "nearest"});
    }

    // -------------------------------------------------------------------------
    // Acting
    // -------------------------------------------------------------------------

    press(kind) {
        return this.pressAll(kind, {keys: [...this.state.selected]});
    }

    /** Press what stands in a cell, also beyond what is shown. */
    pressCell(kind, cell) {
        const {model} = this.state.cell;
        return this.pressAll(kind, {...cell, model});
    }

    async pressAll(kind, what) {
        const action = await this.orm.call(
            "haerun.supervision.desk",
            "press",
            [kind],
            {filters: {...this.state.filters}, ...what}
        );
        await this.action.doAction(action, {
            onClose: async () => {
                this.state.selected = new Set();
                await this.refresh();
            },
        });
    }

    open(clock) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: clock.model,
            res_id: clock.res_id,
            views: [[false, "form"]],
        });
    }

    openList({model, domain, label, views = ["list", "form"]}) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: model === "haerun.clock" ? _t("Clocks") : label,
            res_model: model,
            domain,
            views: views.map((view) => [false, view]),
        });
    }

    /** Pages beside the desk, as the rooms that bring them have named them. */
    get links() {
        return registry.category("haerun_desk_links").getEntries();
    }

    openLink({action}) {
        return this.action.doAction(action);
    }

    openScans() {
        return this.action.doAction("haerun_customer_rep.haerun_scan_run_action");
    }

    openFlagged() {
        return this.action.doAction("haerun_customer_rep.haerun_clock_action", {
            additionalContext: {search_default_failure: 1},
        });
    }
}

registry.category("actions").add("haerun_supervision_desk", SupervisionDesk);
