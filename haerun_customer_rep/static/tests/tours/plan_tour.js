import {attach, confirm, field, press, select, sign, write} from "./tour_steps";
import {registry} from "@web/core/registry";

const CARD = ".o_haerun_my_work .o_haerun_card[data-model='haerun.hookup.project']";

registry.category("web_tour.tours").add("haerun_representative_plans", {
    steps: () => [
        {
            content: "The surveyed project lies on the page of today",
            trigger: CARD,
            run: "click",
        },
        press("action_compile_plan"),
        ...select("supply_mode"),
        write("connection_point", "小区北侧路口"),
        write("existing_main", "球墨铸铁管 DN300"),
        write("pressure", "0.35"),
        ...select("pipe_material"),
        ...select("diameter"),
        ...select("meter_kind"),
        ...select("meter_diameter"),
        ...select("backflow"),
        ...select("fire_water"),
        ...attach("attachment_ids", "平面图.png"),
        press("action_submit"),
        {
            content: "It waits for whoever decides",
            trigger: `.alert ${field("approver_ids")}:contains("刘洋")`,
        },
    ],
});

registry.category("web_tour.tours").add("haerun_head_approves", {
    steps: () => [
        {
            isActive: ["desktop"],
            content: "The plan waits on the list",
            trigger: ".o_data_row td[name='project_id']:contains('王芳')",
            run: "click",
        },
        {
            isActive: ["mobile"],
            content: "The plan waits on the list",
            trigger: ".o_kanban_record:contains('王芳')",
            run: "click",
        },
        press("action_approve"),
        write("opinion", "同意，注意与燃气管线的间距", ".modal"),
        confirm(),
        {
            content: "It is decided",
            trigger:
                "body:not(:has(.modal)) .o_form_view:not(:has(button[name='action_approve']))",
        },
    ],
});

registry.category("web_tour.tours").add("haerun_representative_hands_over", {
    steps: () => [
        {
            content: "The project whose plan is approved",
            trigger: CARD,
            run: "click",
        },
        press("action_open_plan"),
        press("action_receive"),
        write("receiver_name", "王芳", ".modal"),
        ...sign(".modal"),
        confirm(),
        {
            content: "The customer has received the plan",
            trigger:
                "body:not(:has(.modal)) .o_form_view:not(:has(button[name='action_receive']))",
        },
    ],
});
