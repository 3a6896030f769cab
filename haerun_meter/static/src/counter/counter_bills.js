import {Component, useRef} from "@odoo/owl";
import {toFen, words} from "./fen";

/** What the customer owes, now and from before, each with its box. */
export class CounterBills extends Component {
    static template = "haerun_meter.CounterBills";
    static props = {store: Object, focus: Object};

    setup() {
        this.list = useRef("list");
        this.props.focus.bills = () => this.boxes[0]?.focus();
    }

    get boxes() {
        return [...(this.list.el?.querySelectorAll("tbody input") || [])];
    }

    get words() {
        return (text) => words(toFen(text));
    }

    onKeydown(ev) {
        const step = {ArrowDown: 1, ArrowUp: -1}[ev.key];
        if (step) {
            const boxes = this.boxes;
            const at = boxes.indexOf(ev.target) + step;
            ev.preventDefault();
            boxes[(at + boxes.length) % boxes.length].focus();
        } else if (ev.key === "Enter" && ev.target.type === "checkbox") {
            ev.preventDefault();
            ev.stopPropagation();
            this.props.focus.pay();
        }
    }
}
