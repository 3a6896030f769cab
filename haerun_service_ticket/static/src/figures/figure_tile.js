import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

/** From so much on a figure has moved. */
const STILL = 0.05;

function isData(value) {
    return value !== null && value !== false && value !== undefined;
}

/** One figure: its value, what it is made of, and how it moved. */
export class FigureTile extends Component {
    static template = "haerun_service_ticket.FigureTile";
    static props = {figure: Object, open: Function};

    shown(value) {
        const {percent, name, neutral} = this.props.figure;
        if (!isData(value)) {
            return _t("No data");
        }
        if (neutral) {
            return String(value);
        }
        return percent && name !== "score" ? `${value.toFixed(1)}%` : value.toFixed(1);
    }

    get value() {
        return this.shown(this.props.figure.value);
    }

    get made() {
        const {above, below} = this.props.figure;
        return below ? `${above} / ${below}` : "";
    }

    get missed() {
        const {above, below, less} = this.props.figure;
        return below ? (less ? above : below - above) : 0;
    }

    get isBehind() {
        const {target, value} = this.props.figure;
        return Boolean(target) && isData(value) && value < target;
    }

    get moves() {
        const {figure} = this.props;
        return [
            {key: "before", label: _t("Previous period"), than: figure.before},
            {key: "year", label: _t("Last year"), than: figure.year_before},
        ].map(({key, label, than}) => {
            const known = isData(than) && isData(figure.value);
            const moved = known ? figure.value - than : 0;
            const isUp = moved >= STILL;
            const isDown = moved <= -STILL;
            const isBetter = figure.less ? isDown : isUp;
            return {
                key,
                label,
                than: this.shown(than),
                icon: isUp ? "fa-arrow-up" : isDown ? "fa-arrow-down" : "fa-minus",
                css:
                    figure.neutral || !(isUp || isDown)
                        ? "text-muted"
                        : isBetter
                          ? "o_haerun_better"
                          : "o_haerun_worse",
                known,
            };
        });
    }

    openAll() {
        const {figure, open} = this.props;
        open(figure.label, figure.domain);
    }

    openMissed(ev) {
        ev.stopPropagation();
        const {figure, open} = this.props;
        open(figure.label, figure.look);
    }
}
