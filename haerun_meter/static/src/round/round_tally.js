import {Component, useState} from "@odoo/owl";

/** The day's end: what was due and done, and the cards go to the auditor (R63). */
export class RoundTally extends Component {
    static template = "haerun_meter.RoundTally";
    static props = {store: Object};

    setup() {
        this.store = useState(this.props.store);
        this.state = useState({asking: null, busy: false});
    }

    get plans() {
        const {store} = this;
        const {skipped} = store;
        return (store.round?.plans || []).map((plan) => {
            const points = store.points.filter((point) => point.plan_id === plan.id);
            const count = (...statuses) =>
                points.filter((point) => statuses.includes(store.statusOf(point))).length;
            return {
                plan,
                due: points.length,
                read: count("read"),
                held: count("held"),
                open: points.filter((point) => store.isOpen(point)).length,
                queued: count("queued", "parked"),
                unread: count("unread"),
                skipped: points.filter(({id}) => skipped.has(id)).length,
                exceptions: this.exceptions(points),
            };
        });
    }

    exceptions(points) {
        const counts = {};
        for (const point of points) {
            const item = this.store.itemOf(point);
            const code = item ? item.payload.exception : point.exception;
            if (code) {
                counts[code] = (counts[code] || 0) + 1;
            }
        }
        return Object.entries(counts).map(([code, count]) => ({
            name: this.store.exceptionOf(code)?.name || code,
            count,
        }));
    }

    isReady(line) {
        return !line.open && !this.store.items.length && this.store.online;
    }

    async submit() {
        this.state.busy = true;
        const {plan} = this.state.asking;
        this.state.asking = null;
        await this.store.submit(plan);
        this.state.busy = false;
    }
}
