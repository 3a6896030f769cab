import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {deserializeDateTime} from "@web/core/l10n/dates";

/** 大屏: the frame of a wall screen; head, clock, and of when its numbers are. */
export class Wall extends Component {
    static template = "haerun_customer_rep.Wall";
    static props = {
        title: String,
        // as useWall returns it
        wall: Object,
        leave: Function,
        slots: Object,
    };

    get clock() {
        return this.props.wall.now.toFormat("HH:mm");
    }

    get today() {
        return this.props.wall.now.toLocaleString({
            year: "numeric",
            month: "long",
            day: "numeric",
            weekday: "long",
        });
    }

    get asOf() {
        const at = deserializeDateTime(this.props.wall.data.at);
        return this.props.wall.stale
            ? _t("No connection · as of %s", at.toFormat("MM-dd HH:mm"))
            : _t("As of %s", at.toFormat("HH:mm"));
    }
}

/** The large numbers at the top. */
export class WallNumbers extends Component {
    static template = "haerun_customer_rep.WallNumbers";
    static props = {
        // dicts key, label, value, colour
        numbers: Array,
    };

    isLong(value) {
        return String(value).length > 5;
    }
}

/** Horizontal bars, each of one part or of several. */
export class WallBars extends Component {
    static template = "haerun_customer_rep.WallBars";
    static props = {
        // dicts name, number, and parts: [[colour, number]] or colour
        rows: Array,
        none: String,
        most: {type: Number, optional: true},
    };

    get bars() {
        const {rows} = this.props;
        const most = this.props.most || Math.max(...rows.map((row) => row.number), 1);
        return rows.map((row, index) => ({
            ...row,
            key: `${index}-${row.name}`,
            parts: (row.parts || [[row.colour || "blue", row.number]]).map(
                ([colour, number]) => ({
                    colour,
                    style: `width: ${(100 * number) / most}%`,
                })
            ),
        }));
    }
}

/** Curves over hours or months; a missing figure is a gap. */
export class WallCurve extends Component {
    static template = "haerun_customer_rep.WallCurve";
    static props = {
        label: String,
        // dicts key, label, colour, values (numbers or null)
        lines: Array,
        // dicts at (index), text
        marks: Array,
        least: {type: Number, optional: true},
        most: {type: Number, optional: true},
        filled: {type: Boolean, optional: true},
        unit: {type: String, optional: true},
    };
    static defaultProps = {least: 0, filled: false, unit: ""};
    /** The curve's own measure; the picture is scaled to its place. */
    static wide = 720;
    static high = 200;

    get most() {
        const values = this.props.lines.flatMap(({values: all}) => all);
        return this.props.most || Math.max(...values, 1);
    }

    get count() {
        return Math.max(...this.props.lines.map(({values}) => values.length), 2);
    }

    point(value, index) {
        const {wide, high} = this.constructor;
        const {least} = this.props;
        const share = Math.max(value - least, 0) / (this.most - least);
        return [(index * wide) / (this.count - 1), high - share * high];
    }

    /** Each line as stretches without a gap. */
    get curves() {
        const {high} = this.constructor;
        return this.props.lines.map((line) => {
            const stretches = [[]];
            line.values.forEach((value, index) => {
                if (value === null || value === false) {
                    stretches.push([]);
                } else {
                    stretches.at(-1).push(this.point(value, index));
                }
            });
            return {
                ...line,
                stretches: stretches
                    .filter((points) => points.length)
                    .map((points) => {
                        // a single point is drawn as a short dash
                        const [x, y] = points[0];
                        const drawn = points.length > 1 ? points : [[x - 6, y], [x + 6, y]];
                        const text = drawn
                            .map((point) => point.map((n) => n.toFixed(1)).join(","))
                            .join(" ");
                        return {
                            line: text,
                            area: `${drawn[0][0]},${high} ${text} ${drawn.at(-1)[0]},${high}`,
                        };
                    }),
            };
        });
    }

    /** What stands below the picture, at its ends inside of it. */
    get marks() {
        const last = this.count - 1;
        return this.props.marks.map(({at, text}) => {
            const share = at / last;
            const back = share < 0.05 ? 0 : share > 0.95 ? 100 : 50;
            return {
                at,
                text,
                style: `left: ${100 * share}%; transform: translateX(-${back}%)`,
            };
        });
    }
}
