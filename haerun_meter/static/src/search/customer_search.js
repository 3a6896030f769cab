import {Component, useRef, useState} from "@odoo/owl";
import {KeepLast} from "@web/core/utils/concurrency";
import {useAutofocus} from "@web/core/utils/hooks";
import {useDebounced} from "@web/core/utils/timing";

const PAUSE = 200;

/**
 * One box that finds a customer by whatever he has at hand, without a mouse.
 *
 * `find(text)` answers with `{hits: [{id, name, number, state, state_name, address,
 * unit}], more}`; the slot `beside` says what stands at the right of a hit. `focus`
 * is given a method `search` that puts the cursor here.
 */
export class CustomerSearch extends Component {
    static template = "haerun_meter.CustomerSearch";
    static props = {
        find: Function,
        choose: Function,
        emptyWords: Function,
        focus: {type: Object, optional: true},
        slots: {type: Object, optional: true},
    };

    setup() {
        this.input = useRef("input");
        useAutofocus({refName: "input"});
        if (this.props.focus) {
            this.props.focus.search = () => this.input.el?.focus();
        }
        this.keepLast = new KeepLast();
        this.state = useState({text: "", found: null, index: 0, searching: false});
        this.wantsFirst = false;
        this.searchSoon = useDebounced(() => this.search(), PAUSE);
    }

    onInput(ev) {
        this.state.text = ev.target.value;
        this.wantsFirst = false;
        if (this.state.text.trim()) {
            this.state.searching = true;
            this.searchSoon();
        } else {
            this.clear();
        }
    }

    async search() {
        const text = this.state.text;
        if (!text.trim()) {
            return;
        }
        const found = await this.keepLast.add(this.props.find(text));
        Object.assign(this.state, {found, index: 0, searching: false});
        if (this.wantsFirst && found.hits.length === 1) {
            await this.choose(found.hits[0]);
        }
        this.wantsFirst = false;
    }

    clear() {
        this.searchSoon.cancel();
        this.keepLast.add(Promise.resolve());
        this.wantsFirst = false;
        Object.assign(this.state, {text: "", found: null, index: 0, searching: false});
    }

    onKeydown(ev) {
        if (ev.isComposing) {
            return; // Enter and arrows choose a Chinese word
        }
        const hits = this.state.found?.hits || [];
        const step = {ArrowDown: 1, ArrowUp: -1}[ev.key];
        if (step && hits.length) {
            ev.preventDefault();
            this.state.index = (this.state.index + step + hits.length) % hits.length;
        } else if (ev.key === "Enter") {
            ev.preventDefault();
            ev.stopPropagation();
            if (ev.repeat) {
                return;
            }
            if (this.state.searching) {
                this.wantsFirst = true; // typed faster than the server answers
            } else if (hits.length) {
                this.choose(hits[this.state.index]);
            }
        } else if (ev.key === "Escape") {
            this.clear();
        }
    }

    async choose(hit) {
        this.clear();
        await this.props.choose(hit);
    }
}
