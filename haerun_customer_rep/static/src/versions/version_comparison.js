import {Component, onWillStart, useEffect, useRef, useState} from "@odoo/owl";
import {Layout} from "@web/search/layout";
import {_t} from "@web/core/l10n/translation";
import {formatFloat} from "@web/views/fields/formatters";
import {loadBundle} from "@web/core/assets";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";

const MEASURES = [
    {name: "steps", colour: "#3b6fb6"},
    {name: "days", colour: "#d9822b"},
    {name: "materials", colour: "#2e8b6f"},
];

/** The versions of a service type side by side: fewer steps, days and papers. */
export class VersionComparison extends Component {
    static template = "haerun_customer_rep.VersionComparison";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = {controlPanel: {}};
        this.canvas = useRef("canvas");
        this.state = useState({line: "none", data: null});
        onWillStart(async () => {
            await loadBundle("web.chartjs_lib");
            await this.load(this.props.action.params?.service_type_id || false);
        });
        useEffect(
            () => this.draw(),
            () => [this.state.data, this.state.line]
        );
    }

    async load(typeId) {
        this.state.data = await this.orm.call(
            "haerun.service.type",
            "get_version_comparison",
            [typeId]
        );
    }

    onType(ev) {
        return this.load(Number(ev.target.value));
    }

    get versions() {
        return this.state.data.versions;
    }

    measureName(name) {
        return {
            steps: _t("Steps"),
            days: _t("Promised working days"),
            materials: _t("Required papers"),
        }[name];
    }

    versionName(version) {
        return _t("Version %s", version.version);
    }

    period(version) {
        return version.date_to
            ? _t("%(from)s to %(to)s", {from: version.date_from, to: version.date_to})
            : _t("since %s", version.date_from);
    }

    number(value) {
        return formatFloat(value, {digits: [16, 1], trailingZeros: false});
    }

    /** The cell of a step, empty where the step is not gone through. */
    stepCell(cell) {
        const leftOut = this.state.line === "none" ? "with" : "without";
        return cell && cell.outside_line !== leftOut ? cell : null;
    }

    get steps() {
        return this.state.data.steps
            .map((row) => ({name: row.name, cells: row.cells.map((cell) => this.stepCell(cell))}))
            .filter((row) => row.cells.some(Boolean));
    }

    get materials() {
        return this.state.data.materials;
    }

    stepWords(cell) {
        if (!cell.amount) {
            return _t("by others");
        }
        return cell.unit === "work_hour"
            ? _t("%s working hours", this.number(cell.amount))
            : _t("%s working days", this.number(cell.amount));
    }

    materialWords(cell) {
        return cell === "required" ? _t("required") : _t("if any");
    }

    /** Whether a row is gone or new in a version, against the one before. */
    fate(cells, index, there = Boolean) {
        if (!index) {
            return "";
        }
        const [before, now] = [there(cells[index - 1]), there(cells[index])];
        return before === now ? "" : now ? "new" : "gone";
    }

    isRequired(cell) {
        return cell === "required";
    }

    get changes() {
        return this.state.data.changes.map((change) => ({
            version: this.versions.find(({id}) => id === change.version_id),
            ...change[this.state.line],
        }));
    }

    /** E.g. "Steps −3 · Promised working days −4 · Required papers −1". */
    lessWords(less) {
        return MEASURES.map(({name}) => {
            const sign = less[name] > 0 ? "−" : less[name] < 0 ? "+" : "±";
            return `${this.measureName(name)} ${sign}${this.number(Math.abs(less[name]))}`;
        }).join(" · ");
    }

    draw() {
        if (!this.canvas.el) {
            return;
        }
        const colour = getComputedStyle(this.canvas.el).color;
        const chart = new Chart(this.canvas.el, {
            type: "bar",
            data: {
                labels: this.versions.map((version) => this.versionName(version)),
                datasets: MEASURES.map((measure) => ({
                    label: this.measureName(measure.name),
                    backgroundColor: measure.colour,
                    data: this.versions.map(
                        ({figures}) => figures[this.state.line][measure.name]
                    ),
                })),
            },
            options: {
                maintainAspectRatio: false,
                animation: false,
                plugins: {legend: {position: "bottom", labels: {color: colour}}},
                scales: {
                    x: {ticks: {color: colour}},
                    y: {beginAtZero: true, grace: "8%", ticks: {color: colour, precision: 0}},
                },
            },
            plugins: [this.figuresOnBars(colour)],
        });
        return () => chart.destroy();
    }

    /** Write each figure over its bar: a chart that is printed has no tooltip. */
    figuresOnBars(colour) {
        return {
            id: "figures",
            afterDatasetsDraw: (chart) => {
                const {ctx, data} = chart;
                ctx.save();
                ctx.fillStyle = colour;
                ctx.font = "bold 12px sans-serif";
                ctx.textAlign = "center";
                data.datasets.forEach((dataset, index) => {
                    for (const [at, bar] of chart.getDatasetMeta(index).data.entries()) {
                        ctx.fillText(this.number(dataset.data[at]), bar.x, bar.y - 4);
                    }
                });
                ctx.restore();
            },
        };
    }

    print() {
        window.print();
    }

    openVersion(version) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "haerun.service.version",
            res_id: version.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("haerun_version_comparison", VersionComparison);
