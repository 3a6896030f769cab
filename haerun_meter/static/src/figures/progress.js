import {Component, onWillStart, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {ProgressTile} from "./progress_tile";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useAutoRefresh} from "@haerun_customer_rep/live/auto_refresh";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";

/** From so many tiles on a branch is closed until somebody opens it. */
const MANY = 300;
const ALL = {unit: 0, reader: 0, status: ""};
const COUNTS = [
    "due_count",
    "read_count",
    "actual_count",
    "on_day_count",
    "held_count",
    "unread_count",
    "estimated_count",
    "flagged_count",
];

function percent(above, below) {
    return below ? `${((100 * above) / below).toFixed(1)}%` : _t("No data");
}

/** Where the books of a period stand: a tile each, by branch, the totals above. */
export class ReadingProgress extends Component {
    static template = "haerun_meter.ReadingProgress";
    static components = {ProgressTile};
    static props = {...standardActionServiceProps};
    static displayName = _t("Reading Progress");
    static path = "reading-progress";

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.root = useRef("root");
        this.state = useState({
            period: this.props.state?.period || null,
            chosen: this.props.state?.chosen || {...ALL},
            open: this.props.state?.open || {},
            data: null,
            loading: false,
        });
        useSetupAction({
            rootRef: this.root,
            getLocalState: () => ({
                period: this.state.period,
                chosen: {...this.state.chosen},
                open: {...this.state.open},
            }),
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
            const data = await orm.call("haerun.reading.progress", "get_progress", [], {
                period: this.state.period,
            });
            this.state.data = data;
            this.state.period = data.period;
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
            // the next minute tries again
        }
    }

    async go(period) {
        this.state.period = period;
        await this.refresh();
    }

    // -------------------------------------------------------------------------
    // Choosing
    // -------------------------------------------------------------------------

    get statuses() {
        return [
            {key: "late", label: _t("Behind time")},
            {key: "held", label: _t("With held readings")},
            {key: "planned", label: _t("Not begun")},
            {key: "reading", label: _t("Under way")},
            {key: "submitted", label: _t("To audit")},
            {key: "audited", label: _t("Audited")},
        ].map((status) => ({
            ...status,
            count: this.inPlace.filter((book) => book.status === status.key).length,
        }));
    }

    choose(key, value) {
        const {chosen} = this.state;
        chosen[key] = chosen[key] === value ? ALL[key] : value;
        if (key === "unit") {
            chosen.reader = 0;
        }
    }

    chooseFrom(key, ev) {
        this.choose(key, Number(ev.target.value));
    }

    showAll() {
        this.state.chosen = {...ALL};
    }

    get isNarrowed() {
        const {unit, reader, status} = this.state.chosen;
        return Boolean(unit || reader || status);
    }

    /** Books of the chosen branch and reader, whatever their status. */
    get inPlace() {
        const {unit, reader} = this.state.chosen;
        return this.state.data.books.filter(
            (book) =>
                (!unit || book.unit[0] === unit) && (!reader || book.reader[0] === reader)
        );
    }

    get books() {
        const {status} = this.state.chosen;
        return this.inPlace.filter((book) => !status || book.status === status);
    }

    get units() {
        return this.named(this.state.data.books, "unit");
    }

    get readers() {
        const {unit} = this.state.chosen;
        const books = this.state.data.books;
        return this.named(
            books.filter((book) => !unit || book.unit[0] === unit),
            "reader"
        );
    }

    named(books, key) {
        const names = new Map(books.map((book) => book[key]));
        return [...names].map(([id, name]) => ({id, name}));
    }

    // -------------------------------------------------------------------------
    // Figures
    // -------------------------------------------------------------------------

    sums(books) {
        const sums = Object.fromEntries(COUNTS.map((name) => [name, 0]));
        for (const book of books) {
            for (const name of COUNTS) {
                sums[name] += book[name];
            }
        }
        return sums;
    }

    get totals() {
        const books = this.books;
        const sums = this.sums(books);
        const toAudit = books.filter((book) => book.to_audit).length;
        return [
            {
                key: "read",
                label: _t("Read rate"),
                value: percent(sums.read_count, sums.due_count),
                note: `${sums.read_count} / ${sums.due_count}`,
            },
            {
                key: "on_day",
                label: _t("On-day rate"),
                value: percent(sums.on_day_count, sums.read_count),
            },
            {
                key: "estimated",
                label: _t("Estimate rate"),
                value: percent(sums.estimated_count, sums.due_count),
            },
            {
                key: "unread",
                label: _t("Unread"),
                value: sums.unread_count,
                open: () => this.openTasks(["due", "unread"], _t("Unread List")),
            },
            {
                key: "held",
                label: _t("Held"),
                value: sums.held_count,
                open: () => this.openTasks(["held"], _t("Held Readings")),
            },
            {
                key: "submitted",
                label: _t("Books to audit"),
                value: toAudit,
                open: () => this.choose("status", "submitted"),
            },
        ];
    }

    get branches() {
        const books = this.books;
        const few = books.length <= MANY;
        const found = new Map();
        for (const book of books) {
            const [id, name] = book.unit;
            if (!found.has(id)) {
                found.set(id, {id, name, books: []});
            }
            found.get(id).books.push(book);
        }
        return [...found.values()].map((branch) => {
            const sums = this.sums(branch.books);
            return {
                ...branch,
                rate: percent(sums.read_count, sums.due_count),
                late: branch.books.filter((book) => book.status === "late").length,
                held: sums.held_count,
                isOpen: this.state.open[branch.id] ?? (few || found.size === 1),
            };
        });
    }

    toggle(branch) {
        this.state.open[branch.id] = !branch.isOpen;
    }

    // -------------------------------------------------------------------------
    // Opening
    // -------------------------------------------------------------------------

    openPlan(book) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "haerun.reading.plan",
            res_id: book.id,
            views: [[false, "form"]],
        });
    }

    openTasks(states, name) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: "haerun.reading.task",
            domain: [
                ["plan_id", "in", this.books.map(({id}) => id)],
                ["state", "in", states],
            ],
            context: {search_default_by_book: 1},
            views: [[false, "list"]],
        });
    }

    openFigures() {
        return this.action.doAction("haerun_meter.reading_report_action");
    }
}

registry.category("actions").add("haerun_reading_progress", ReadingProgress);
