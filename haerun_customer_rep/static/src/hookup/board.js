import {SearchModel} from "@web/search/search_model";
import {kanbanView} from "@web/views/kanban/kanban_view";
import {registry} from "@web/core/registry";
import {utils} from "@web/core/ui/ui_service";

/** On a phone no columns to swipe through: one list, the nearest deadline first. */
export class BoardSearchModel extends SearchModel {
    load(config) {
        const defaultGroupBy = utils.isSmall() ? undefined : config.defaultGroupBy;
        return super.load({...config, defaultGroupBy});
    }
}

registry.category("views").add("haerun_board", {
    ...kanbanView,
    SearchModel: BoardSearchModel,
});
