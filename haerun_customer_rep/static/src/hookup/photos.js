import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {shrink} from "./shrink";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";
import {useX2ManyCrud} from "@web/views/fields/relational_utils";

/** Photos of a record: thumbnails, and the camera under the thumb. */
export class Photos extends Component {
    static template = "haerun_customer_rep.Photos";
    static props = {...standardFieldProps};

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.state = useState({busy: false});
        this.crud = useX2ManyCrud(() => this.list, true);
    }

    get list() {
        return this.props.record.data[this.props.name];
    }

    get photos() {
        return this.list.records.map(({resId, data}) => ({
            id: resId,
            name: data.name,
            url: `/web/image/${resId}`,
            thumb: `/web/image/${resId}/320x240`,
        }));
    }

    async onFiles(event) {
        const files = [...event.target.files];
        event.target.value = "";
        this.state.busy = true;
        try {
            for (const file of files) {
                const datas = await shrink(file);
                const name = `${file.name.replace(/\.[^.]*$/, "")}.jpg`;
                const {resModel, resId} = this.props.record;
                const [id] = await this.orm.create("ir.attachment", [
                    {name, datas, res_model: resModel, res_id: resId || 0},
                ]);
                await this.crud.saveRecord([id]);
            }
        } catch {
            this.notification.add(_t("A photo could not be read: take it again."), {
                type: "danger",
            });
        } finally {
            this.state.busy = false;
        }
    }

    async remove(id) {
        const record = this.list.records.find(({resId}) => resId === id);
        await this.crud.removeRecord(record);
    }
}

registry.category("fields").add("haerun_photos", {
    component: Photos,
    supportedTypes: ["many2many"],
    relatedFields: [
        {name: "name", type: "char"},
        {name: "mimetype", type: "char"},
    ],
});
