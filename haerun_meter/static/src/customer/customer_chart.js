import {Component, onWillStart, onWillUnmount, useEffect, useRef} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatFloat} from "@web/views/fields/formatters";
import {loadBundle} from "@web/core/assets";

/** Volumes by period; estimates, doubts and what waits for a decision are marked. */
export class CustomerChart extends Component {
    static template = "haerun_meter.CustomerChart";
    static props = {chart: Object};

    setup() {
        this.canvas = useRef("canvas");
        this.graph = null;
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => this.draw(),
            () => [this.props.chart]
        );
        onWillUnmount(() => this.graph?.destroy());
    }

    get isEmpty() {
        const {volumes, held} = this.props.chart;
        return volumes.every((volume) => volume === null) && !held.some(Boolean);
    }

    /** The words under a bar's figure: what is to be known of it. */
    marks(index) {
        const {estimated, flagged, held} = this.props.chart;
        return [
            estimated[index] && _t("Estimated"),
            flagged[index] && _t("In doubt"),
            held[index] && _t("Awaits a decision"),
        ].filter(Boolean);
    }

    colour(name) {
        return getComputedStyle(this.canvas.el).getPropertyValue(`--haerun-${name}`).trim();
    }

    draw() {
        this.graph?.destroy();
        this.graph = null;
        if (this.isEmpty) {
            return;
        }
        const {periods, volumes, last_year, estimated, flagged, held} = this.props.chart;
        const [bar, estimate, flag, year, waiting] = [
            "volume",
            "estimate",
            "flag",
            "last-year",
            "held",
        ].map((name) => this.colour(name));
        this.graph = new Chart(this.canvas.el, {
            data: {
                labels: periods,
                datasets: [
                    {
                        type: "line",
                        label: _t("Same period last year"),
                        data: last_year,
                        borderColor: year,
                        backgroundColor: year,
                        borderWidth: 2,
                        pointRadius: 2,
                        tension: 0,
                        spanGaps: true,
                    },
                    {
                        type: "line",
                        label: _t("Awaits a decision"),
                        data: held.map((waits) => (waits ? 0 : null)),
                        showLine: false,
                        pointStyle: "triangle",
                        pointRadius: 7,
                        backgroundColor: waiting,
                        borderColor: waiting,
                    },
                    {
                        type: "bar",
                        label: _t("Volume (m³)"),
                        data: volumes,
                        backgroundColor: estimated.map((is) => (is ? estimate : bar)),
                        borderColor: flagged.map((is, index) =>
                            is ? flag : estimated[index] ? bar : "transparent"
                        ),
                        borderWidth: flagged.map((is, index) =>
                            is ? 3 : estimated[index] ? 1 : 0
                        ),
                        maxBarThickness: 28,
                    },
                ],
            },
            options: {
                maintainAspectRatio: false,
                animation: false,
                interaction: {mode: "index", intersect: false},
                plugins: {
                    legend: {display: false},
                    tooltip: {
                        filter: ({datasetIndex}) => datasetIndex !== 1,
                        callbacks: {
                            label: ({dataset, raw}) =>
                                raw === null
                                    ? ""
                                    : `${dataset.label}: ${formatFloat(raw, {
                                          digits: [12, 3],
                                          trailingZeros: false,
                                      })}`,
                            footer: ([item]) => (item ? this.marks(item.dataIndex) : []),
                        },
                    },
                },
                scales: {
                    x: {grid: {display: false}, ticks: {maxRotation: 0, autoSkip: true}},
                    y: {
                        beginAtZero: true,
                        title: {display: true, text: "m³"},
                        ticks: {precision: 0},
                    },
                },
            },
        });
    }
}
