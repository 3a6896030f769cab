import {Component, onWillStart, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {ActivityLine} from "./activity_line";
import {AppointmentLine} from "./appointment_line";
import {WorkBanner} from "./work_banner";
import {WorkCard} from "./work_card";
import {WorkTile} from "./work_tile";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useAutoRefresh} from "../live/auto_refresh";
import {usePullToRefresh} from "../live/pull_to_refresh";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";

const {DateTime} = luxon;

/** The landing page of a representative: all he has to do today, in one call. */
export class MyWork extends Component {
    static template = "haerun_customer_rep.MyWork";
    static components = {ActivityLine, AppointmentLine, WorkBanner, WorkCard, WorkTile};
    static props = {...standardActionServiceProps};
    static displayName = _t("My work today");
    static path = "my-work";

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.root = useRef("root");
        this.state = useState({
            filter: this.props.state?.filter || null,
            loading: false,
            stale: false,
            loadedAt: null,
            work: null,
        });
        useSetupAction({
            rootRef: this.root,
            getLocalState: () => ({filter: this.state.filter}),
        });
        this.pull = usePullToRefresh(this.root, () => this.refresh());
        useAutoRefresh(() => this.refresh({quiet: true}));
        onWillStart(() => this.load(this.orm));
    }

    // -------------------------------------------------------------------------
    // Loading
    // -------------------------------------------------------------------------

    async load(orm) {
        this.state.work = await orm.call("haerun.my.work", "get_my_work", []);
        this.state.loadedAt = DateTime.local();
        this.state.stale = false;
    }

    /** Load anew; a quiet one that fails only says that the page is old. */
    async refresh({quiet = false} = {}) {
        if (this.state.loading) {
            return;
        }
        this.state.loading = true;
        try {
            await this.load(quiet ? this.orm.silent : this.orm);
        } catch (error) {
            if (!quiet) {
                throw error;
            }
            this.state.stale = true;
        } finally {
            this.state.loading = false;
        }
    }

    // -------------------------------------------------------------------------
    // What is shown
    // -------------------------------------------------------------------------

    get today() {
        return DateTime.local().toLocaleString({
            month: "long",
            day: "numeric",
            weekday: "long",
        });
    }

    get loadedAt() {
        return this.state.loadedAt.toFormat("HH:mm");
    }

    get tiles() {
        const counts = this.state.work.counts;
        return [
            {key: "red", colour: "red", icon: "fa-fire", label: _t("Overdue")},
            {key: "today", colour: "yellow", icon: "fa-sun-o", label: _t("Today")},
            {key: "later", colour: "green", icon: "fa-leaf", label: _t("Later")},
            {key: "notices", colour: "notice", icon: "fa-gavel", label: _t("Notices")},
            {
                key: "appointments",
                colour: "paused",
                icon: "fa-calendar",
                label: _t("Appointments today"),
            },
            {
                key: "for_others",
                colour: "other",
                icon: "fa-exchange",
                label: _t("For others"),
            },
        ].map((tile) => ({...tile, count: counts[tile.key]}));
    }

    get titles() {
        return {
            red: _t("Overdue"),
            today: _t("To be done today"),
            later: _t("Coming"),
        };
    }

    get sections() {
        const {filter, work} = this.state;
        return work.sections
            .filter(({key}) => !["red", "today", "later"].includes(filter) || key === filter)
            .map((section) => ({
                ...section,
                cards: section.cards.filter((card) => this.isShown(card)),
                more: section.more.filter(({model}) => this.isMoreShown(model)),
            }))
            .filter((section) => section.cards.length || section.more.length)
            .filter(() => filter !== "appointments");
    }

    isShown(card) {
        return {notices: card.notice, for_others: card.for_name}[this.state.filter] ?? true;
    }

    isMoreShown(model) {
        const isNotice = model === "haerun.supervision.notice";
        return this.state.filter !== "notices" || isNotice;
    }

    get showAppointments() {
        const {filter, work} = this.state;
        return work.appointments.length && (!filter || filter === "appointments");
    }

    get showActivities() {
        return this.state.work.activities.length && !this.state.filter;
    }

    get isEmpty() {
        return !this.sections.length && !this.showAppointments && !this.showActivities;
    }

    shownCount(section) {
        return this.state.filter && this.isFilteredCards
            ? section.cards.length
            : section.count;
    }

    get isFilteredCards() {
        return ["notices", "for_others"].includes(this.state.filter);
    }

    // -------------------------------------------------------------------------
    // What a tap does
    // -------------------------------------------------------------------------

    toggle(key) {
        this.state.filter = this.state.filter === key ? null : key;
    }

    open(model, id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    openDesk() {
        return this.action.doAction(
            "haerun_customer_rep.haerun_supervision_desk_action"
        );
    }

    openMore({model, label, domain}) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: label,
            res_model: model,
            domain,
            views: [
                [false, "list"],
                [false, "kanban"],
                [false, "form"],
            ],
        });
    }

    /** Call a card's method; a window that it opens reloads the page when closed. */
    async run(card, method) {
        const result = await this.orm.call(card.model, method, [[card.id]]);
        if (result && result.type) {
            await this.action.doAction(result, {onClose: () => this.refresh()});
        } else {
            await this.refresh();
        }
    }

    async finish(activity) {
        await this.orm.call("mail.activity", "action_done", [[activity.id]]);
        await this.refresh();
    }
}

registry.category("actions").add("haerun_my_work", MyWork);
