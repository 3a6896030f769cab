import {Component} from "@odoo/owl";
import {deserializeDate, formatDate} from "@web/core/l10n/dates";

/** A book in the period: its colour says what is to be done, its bar how far it is. */
export class ProgressTile extends Component {
    static template = "haerun_meter.ProgressTile";
    static props = {book: Object, open: Function};

    get parts() {
        const {book} = this.props;
        return [
            {key: "read", count: book.read_count},
            {key: "estimated", count: book.estimated_count},
            {key: "held", count: book.held_count},
        ]
            .filter(({count}) => count)
            .map(({key, count}) => ({
                key,
                style: `width: ${(100 * count) / book.due_count}%`,
            }));
    }

    get plannedOn() {
        return formatDate(deserializeDate(this.props.book.planned_on), {
            format: "MM-dd",
        });
    }
}
