import {field, press, takePhoto, write} from "./tour_steps";
import {registry} from "@web/core/registry";

const CARD = ".o_haerun_my_work .o_haerun_card[data-model='haerun.hookup.project']";
const POINT = `${field("point_ids")} .o_kanban_record:first`;

registry.category("web_tour.tours").add("haerun_emd_inspects", {
    steps: () => [
        {
            content: "The project under construction lies on the page of today",
            trigger: CARD,
            run: "click",
        },
        press("action_open_inspections"),
        {
            content: "Open the first node",
            trigger: ".o_haerun_inspections .o_kanban_record:contains('管沟开挖与基础')",
            run: "click",
        },
        {
            content: "The first check point is not in order",
            trigger: `${POINT} button[name='action_not_in_order']`,
            run: "click",
        },
        {
            content: "It is marked so",
            trigger: `${POINT} button.btn-danger[name='action_not_in_order']`,
        },
        takePhoto(),
        {
            content: "The photo is there",
            trigger: `${field("photo_ids")} img`,
        },
        press("action_fail"),
        press("action_raise"),
        {
            content: "Open the opinion that was raised",
            trigger: ".o_kanban_view .o_kanban_record:contains('ZG')",
            run: "click",
        },
        write("done", "已清除积水，重做砂垫层"),
        {
            ...takePhoto(),
            trigger: `${field("photo_after_ids")} .o_haerun_camera`,
        },
        {
            content: "The photo after is there",
            trigger: `${field("photo_after_ids")} img`,
        },
        press("action_report"),
        {
            content: "It waits for somebody else's eyes",
            trigger: `${field("rectified_by_id")}`,
        },
    ],
});
