import {Component, onWillStart, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {DeskMatrix} from "./desk_matrix";
import {DeskRow} from "./desk_row";
import {ScanLine} from "./scan_line";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useAutoRefresh} from "../live/auto_refresh";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";

const ALL = {unit_id: null, owner_id: null, colour: null, model: null};

/** What is red or yellow now, by unit and person; chosen clocks are urged at once. */
export class SupervisionDesk extends Component {
    static template = "haerun_customer_rep.SupervisionDesk";
    static components = {DeskMatrix, DeskRow, ScanLine};
    static props = {...standardActionServiceProps};
    static displayName = _t("Supervision desk");
    static path = "supervision-desk";

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.root = useRef("root");
        this.state = useState({
            cell: this.props.state?.cell || {...ALL},
            desk: null,
            loading: false,
            selected: new Set(),
        });
        useSetupAction({
            rootRef: this.root,
            getLocalState: () => ({cell: {...this.state.cell}}),
        });
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
            });
            const ids = new Set(desk.clocks.map(({id}) => id));
            this.state.selected = new Set(
                [...this.state.selected].filter((id) => ids.has(id))
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

    get isNarrowed() {
        const {unit_id: unit, owner_id: owner, colour} = this.state.cell;
        return unit !== null || owner !== null || colour !== null;
    }

    get allSelected() {
        const {clocks} = this.state.desk;
        return clocks.length > 0 && this.state.selected.size === clocks.length;
    }

    toggle(id) {
        const selected = new Set(this.state.selected);
        if (!selected.delete(id)) {
            selected.add(id);
        }
        this.state.selected = selected;
    }

    toggleAll() {
        const ids = this.allSelected ? [] : this.state.desk.clocks.map(({id}) => id);
        this.state.selected = new Set(ids);
    }

    // -------------------------------------------------------------------------
    // Acting
    // -------------------------------------------------------------------------

    async press(method) {
        const action = await this.orm.call("haerun.clock", method, [
            [...this.state.selected],
        ]);
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

    openList() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("Clocks"),
            res_model: "haerun.clock",
            domain: this.state.desk.domain,
            views: [
                [false, "list"],
                [false, "kanban"],
                [false, "pivot"],
                [false, "form"],
            ],
        });
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
