import {Component, onMounted, onWillUnmount, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useService} from "@web/core/utils/hooks";

const EVERY = 2000;

/** How far a bill run is; asks again until its jobs are done, then loads the page. */
export class BillProgress extends Component {
    static template = "haerun_meter.BillProgress";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.progress = useState({percent: 0, done: 0, total: 0, phase: "", running: true});
        this.timer = null;
        this.alive = true;
        onMounted(() => this.ask());
        onWillUnmount(() => {
            this.alive = false;
            clearTimeout(this.timer);
        });
    }

    async ask() {
        const {record} = this.props;
        const now = await this.orm.silent.call(record.resModel, "get_progress", [
            [record.resId],
        ]);
        if (!this.alive) {
            return;
        }
        Object.assign(this.progress, now);
        if (now.state !== record.data.state) {
            await record.load();
        }
        if (this.alive && now.running) {
            this.timer = setTimeout(() => this.ask(), EVERY);
        }
    }
}

registry.category("view_widgets").add("haerun_bill_progress", {component: BillProgress});
