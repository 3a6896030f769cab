import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useService} from "@web/core/utils/hooks";

/** Fills latitude and longitude from where the phone is. */
export class Locate extends Component {
    static template = "haerun_customer_rep.Locate";
    static props = {...standardWidgetProps};

    setup() {
        this.notification = useService("notification");
        this.state = useState({busy: false});
    }

    locate() {
        const refuse = () => {
            this.state.busy = false;
            this.notification.add(
                _t("The phone tells no position: allow it, or describe the place."),
                {type: "warning"}
            );
        };
        if (!navigator.geolocation) {
            refuse();
            return;
        }
        this.state.busy = true;
        navigator.geolocation.getCurrentPosition(
            async ({coords}) => {
                await this.props.record.update({
                    latitude: coords.latitude,
                    longitude: coords.longitude,
                });
                this.state.busy = false;
            },
            refuse,
            {enableHighAccuracy: true, timeout: 15000}
        );
    }
}

registry.category("view_widgets").add("haerun_locate", {
    component: Locate,
    fieldDependencies: [
        {name: "latitude", type: "float"},
        {name: "longitude", type: "float"},
    ],
});
