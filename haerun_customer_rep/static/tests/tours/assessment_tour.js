import {confirm, field, press, write} from "./tour_steps";
import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("haerun_assessment_mine", {
    steps: () => [
        {
            content: "One's own sheet of March",
            trigger: ".o_kanban_record:contains('2026年03月考核')",
            run: "click",
        },
        {
            content: "The score stands at its head; look at the facts of a figure",
            trigger: `.o_haerun_sheet:has(.o_haerun_sheet_score ${field("score")}) button[name='action_open_facts']`,
            run: "click",
        },
        {
            content: "The two limits that ended",
            trigger: ".o_list_view .o_data_row:eq(1)",
        },
        {
            content: "Back",
            trigger: ".o_back_button",
            run: "click",
        },
        press("action_appeal"),
        write("text", "停水抢修误了一天", ".modal"),
        confirm(),
        {
            content: "The appeal stands there",
            trigger: `.o_form_view ${field("text")}:contains('停水抢修误了一天')`,
        },
    ],
});

registry.category("web_tour.tours").add("haerun_assessment_publish", {
    steps: () => [
        {
            content: "The period of March",
            trigger: ".o_data_row:contains('2026年03月考核') .o_data_cell[name='name']",
            run: "click",
        },
        press("action_publish"),
        {
            content: "Nothing changes from now on: yes",
            trigger: ".modal-footer button.btn-primary",
            run: "click",
        },
        {
            content: "It is published, under its hash",
            trigger: `.o_haerun_assessment ${field("seal")}:not(:empty)`,
        },
    ],
});
