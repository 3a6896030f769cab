import {Component, useState} from "@odoo/owl";

/** Before the first meter of the day: how does the reader go out (R57)? */
export class RoundConduct extends Component {
    static template = "haerun_meter.RoundConduct";
    static props = {store: Object};

    setup() {
        this.store = useState(this.props.store);
        const items = this.store.round.conduct.items;
        this.state = useState({
            answers: Object.fromEntries(items.map(({id}) => [id, null])),
            remark: "",
        });
    }

    get items() {
        return this.store.round.conduct.items;
    }

    get open() {
        return this.items.filter(({id}) => this.state.answers[id] === null).length;
    }

    get faults() {
        return this.items.filter(({id}) => this.state.answers[id] === false).length;
    }

    answer(item, met) {
        this.state.answers[item.id] = met;
    }

    start() {
        this.store.startDay({...this.state.answers}, this.state.remark);
    }
}
