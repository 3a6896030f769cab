import {attach, confirm, field, press, tick, write, writeDay} from "./tour_steps";
import {registry} from "@web/core/registry";

const CARD = ".o_haerun_my_work .o_haerun_card[data-model='haerun.hookup.project']";
const ROW = `${field("issue_ids")} .o_selected_row`;

/** The issue: in a line at the desk, in a window on the phone. */
function writeIssue(active, within) {
    return [
        write("drawing_no", "S-03", within),
        write("clause", "GB 50268-2008 5.3.1", within),
        write("text", "管道与燃气管线净距不足", within),
    ].map((step) => ({...step, isActive: [active]}));
}

registry.category("web_tour.tours").add("haerun_representative_reviews", {
    steps: () => [
        {
            content: "The project whose plan is with the customer",
            trigger: CARD,
            run: "click",
        },
        press("action_choose_design"),
        write("unit_name", "青岛某设计院", ".modal"),
        write("qualification_no", "A137000001", ".modal"),
        write("qualification_grade", "乙级", ".modal"),
        writeDay("qualification_until", "2090-01-01", ".modal"),
        write("contact_name", "刘工", ".modal"),
        write("contact_phone", "13900001111", ".modal"),
        tick("how", "told"),
        confirm(),
        press("action_finish_design"),
        tick("how", "told"),
        ...attach("attachment_ids", "施工图.png", ".modal"),
        confirm(),
        {
            isActive: ["desktop"],
            content: "An issue",
            trigger: `.o_haerun_review ${field("issue_ids")} .o_field_x2many_list_row_add a`,
            run: "click",
        },
        ...writeIssue("desktop", ROW),
        {
            isActive: ["mobile"],
            content: "An issue",
            trigger: `.o_haerun_review ${field("issue_ids")} .o-kanban-button-new`,
            run: "click",
        },
        ...writeIssue("mobile", ".modal"),
        {
            isActive: ["mobile"],
            content: "Keep the issue",
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        write("opinion", "请按意见修改后重新报审"),
        press("action_return"),
        {
            content: "The round is over",
            trigger: `.o_haerun_review ${field("reviewed_by_id")}`,
        },
    ],
});
