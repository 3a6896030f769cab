import {choose, confirm, field, press, write} from "./tour_steps";
import {registry} from "@web/core/registry";

const saveDialog = () => ({
    content: "Save the window",
    trigger: ".modal .o_form_button_save",
    run: "click",
});

registry.category("web_tour.tours").add("haerun_accountability_person", {
    steps: () => [
        {
            content: "The decision is on the list",
            trigger: ".o_kanban_record:contains('ZR')",
            run: "click",
        },
        press("action_read"),
        {
            content: "The receipt is signed",
            trigger: ".o_haerun_decision_form:not(:has(button[name='action_read']))",
        },
        press("action_appeal"),
        write("text", "通知由外包单位负责", ".modal"),
        confirm(),
        {
            content: "The appeal is filed",
            trigger:
                "body:not(:has(.modal)) .o_haerun_decision_form:not(:has(button[name='action_appeal'])):contains('通知由外包单位负责')",
        },
    ],
});

registry.category("web_tour.tours").add("haerun_accountability_case", {
    steps: () => [
        {
            content: "The case is on the board",
            trigger: ".o_kanban_record:contains('停水未通知')",
            run: "click",
        },
        press("action_take"),
        {
            content: "It is his now",
            trigger: ".o_form_view button[name='action_investigated']",
        },
        {
            content: "Open the person",
            trigger: `${field("person_ids")} .o_data_row:contains('肖刚') td[name='unit_id']`,
            run: "click",
        },
        {
            content: "True",
            trigger: `.modal ${field("finding")} .o_selection_badge:first`,
            run: "click",
        },
        write("facts", "未按规定通知", ".modal"),
        write("liability", "未履行告知职责", ".modal"),
        ...choose("sanction_id", "通报批评"),
        saveDialog(),
        {
            content: "The file of the case",
            trigger: "body:not(:has(.modal)) .nav-link[name='file']",
            run: "click",
        },
        {
            content: "Add evidence",
            trigger: `${field("evidence_ids")} .o_field_x2many_list_row_add a`,
            run: "click",
        },
        write("name", "通话录音", ".modal"),
        saveDialog(),
        {
            content: "It is on file",
            trigger: `body:not(:has(.modal)) ${field("evidence_ids")}:contains('通话录音')`,
        },
        press("action_investigated"),
        press("action_propose"),
        write("text", "建议通报批评", ".modal"),
        confirm(),
        {
            content: "It waits for approval",
            trigger:
                "body:not(:has(.modal)) .o_form_view:not(:has(button[name='action_propose']))",
        },
    ],
});
