import {field, press, takePhoto, write} from "./tour_steps";
import {registry} from "@web/core/registry";

const BACK = {
    content: "Back",
    trigger: ".o_back_button",
    run: "click",
};

registry.category("web_tour.tours").add("haerun_branch_joins", {
    steps: () => [
        {
            content: "The project that the branch reads",
            trigger: ".o_kanban_record:contains('王芳')",
            run: "click",
        },
        press("action_open_inspections"),
        {
            content: "Open the sub-item",
            trigger: ".o_haerun_inspections .o_kanban_record:contains('室外给水管网')",
            run: "click",
        },
        press("action_join"),
        {
            content: "It is noted that the branch takes part",
            trigger: `.o_haerun_inspection ${field("branch_joined_at")}`,
        },
        BACK,
        {
            content: "On the list",
            trigger: ".o_haerun_inspections",
        },
        BACK,
        {
            content: "The inspections of the project",
            trigger: ".o_haerun_hookup .o_notebook .nav-link[name='inspections']",
            run: "click",
        },
        press("action_open_rectifications"),
        {
            content: "A new opinion",
            trigger: ".o_control_panel .o-kanban-button-new",
            run: "click",
        },
        write("opinion", "阀门井渗水，重新做防水", ".o_haerun_rectification"),
        takePhoto(),
        {
            content: "The photo is there",
            trigger: `${field("photo_ids")} img`,
        },
        {
            content: "Raise it",
            trigger: ".o_haerun_rectification .d-grid button.btn-primary",
            run: "click",
        },
        {
            content: "It has a number",
            trigger: `.o_haerun_rectification ${field("number")}:contains('ZG')`,
        },
    ],
});
