import {Component, onWillStart, useRef, useState} from "@odoo/owl";
import {FigureTile} from "./figure_tile";
import {HeatMatrix} from "./heat_matrix";
import {HotSpots} from "./hot_spots";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";

/** The figures of a period beside the one before, the heat matrix, the hot spots. */
export class TicketFigures extends Component {
    static template = "haerun_service_ticket.TicketFigures";
    static components = {FigureTile, HeatMatrix, HotSpots};
    static props = {...standardActionServiceProps};
    static displayName = _t("Figures");
    static path = "ticket-figures";

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.root = useRef("root");
        const kept = this.props.state || {};
        this.state = useState({
            period: kept.period || "month",
            day: kept.day || null,
            unit: kept.unit || 0,
            data: null,
            loading: false,
        });
        useSetupAction({
            rootRef: this.root,
            getLocalState: () => ({
                period: this.state.period,
                day: this.state.day,
                unit: this.state.unit,
            }),
        });
        onWillStart(() => this.load());
    }

    get periods() {
        return [
            {key: "day", label: _t("Daily")},
            {key: "week", label: _t("Weekly")},
            {key: "month", label: _t("Monthly")},
            {key: "quarter", label: _t("Quarterly")},
            {key: "year", label: _t("Yearly")},
        ];
    }

    get compared() {
        const {running, days} = this.state.data;
        return running
            ? _t("Compared with the first %s days of the other periods", days)
            : _t("Compared with the whole of the other periods");
    }

    get isEmpty() {
        return !this.state.data.figures.some(({value}) => value);
    }

    async load() {
        this.state.loading = true;
        try {
            const {period, day, unit} = this.state;
            this.state.data = await this.orm.call(
                "haerun.ticket.figures",
                "get_figures",
                [],
                {period, day, unit: unit || null}
            );
        } finally {
            this.state.loading = false;
        }
    }

    choose(period) {
        this.state.period = period;
        return this.load();
    }

    go(day) {
        this.state.day = day;
        return this.load();
    }

    chooseUnit(ev) {
        this.state.unit = Number(ev.target.value);
        return this.load();
    }

    // -------------------------------------------------------------------------
    // What stands behind it
    // -------------------------------------------------------------------------

    openFacts(name, domain) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: "haerun.ticket.report",
            domain,
            mobile_view_mode: "kanban",
            views: [
                [false, "list"],
                [false, "kanban"],
                [false, "pivot"],
                [false, "graph"],
            ],
        });
    }

    openCell(name, area, family) {
        const domain = [...this.state.data.domain, ["tickets", ">", 0]];
        if (area !== null) {
            domain.push(["area_id", "=", area || false]);
        }
        if (family !== null) {
            domain.push(["family_id", "=", family || false]);
        }
        return this.openFacts(name, domain);
    }

    openWall() {
        return this.action.doAction("haerun_service_ticket.ticket_wall_action");
    }

    openReport() {
        return this.action.doAction("haerun_service_ticket.ticket_report_action");
    }
}

registry.category("actions").add("haerun_ticket_figures", TicketFigures);
