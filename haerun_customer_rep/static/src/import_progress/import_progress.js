import {Component, onMounted, onWillUnmount, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useService} from "@web/core/utils/hooks";

/** Loads a long file chunk by chunk and shows how far it is. */
export class ImportProgress extends Component {
    static template = "haerun_customer_rep.ImportProgress";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        const {done_count: done, total} = this.props.record.data;
        this.progress = useState({done, total});
        this.alive = true;
        onMounted(() => this.run());
        onWillUnmount(() => {
            this.alive = false;
        });
    }

    get percent() {
        const {done, total} = this.progress;
        return total ? Math.floor((100 * done) / total) : 0;
    }

    async run() {
        const {record} = this.props;
        let state = record.data.state;
        while (this.alive && state === "running") {
            const step = await this.orm.call(record.resModel, "import_next", [
                [record.resId],
            ]);
            state = step.state;
            Object.assign(this.progress, {done: step.done, total: step.total});
        }
        if (this.alive && state !== record.data.state) {
            await record.load();
        }
    }
}

registry.category("view_widgets").add("haerun_import_progress", {
    component: ImportProgress,
});
