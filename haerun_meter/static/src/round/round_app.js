import {Component, onMounted, useState} from "@odoo/owl";
import {RoundCard} from "./round_card";
import {RoundConduct} from "./round_conduct";
import {RoundList} from "./round_list";
import {RoundTally} from "./round_tally";
import {_t} from "@web/core/l10n/translation";

/** The page: what is on top, and one of checklist, card, list and tally below. */
export class RoundApp extends Component {
    static template = "haerun_meter.RoundApp";
    static components = {RoundCard, RoundConduct, RoundList, RoundTally};
    static props = {store: Object};

    setup() {
        this.store = useState(this.props.store);
        onMounted(() => {
            document.body.dataset.roundReady = "1";
        });
    }

    get screen() {
        const {store} = this;
        if (store.conductAsked) {
            return "conduct";
        }
        if (store.screen === "card" && !store.current) {
            return "empty";
        }
        return store.screen;
    }

    get done() {
        return this.store.points.length - this.store.openCount;
    }

    get share() {
        const total = this.store.points.length;
        return total ? Math.round((100 * this.done) / total) : 0;
    }

    get title() {
        const {store} = this;
        const plan = store.current && store.planOf(store.current);
        return plan?.name || store.round?.plans[0]?.name || "";
    }

    get forName() {
        const {store} = this;
        const plan = store.current && store.planOf(store.current);
        return plan?.for_name;
    }

    /** Why the server wants the last reading looked at. */
    get lookSaid() {
        const {state, flags} = this.store.look.reading;
        const said = flags.map((flag) => flag.name);
        if (state === "held") {
            said.unshift(_t("held for a decision"));
        }
        return said.join(" · ");
    }

    openLook() {
        const {store} = this;
        const point = store.pointOf(store.look.pointId);
        store.look = null;
        if (point) {
            store.open(point);
        }
    }
}
