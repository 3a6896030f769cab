import {
    choose,
    field,
    press,
    select,
    sign,
    takePhoto,
    write,
    writeSurveyTime,
} from "./tour_steps";
import {registry} from "@web/core/registry";

const CARD = ".o_haerun_my_work .o_haerun_card[data-model='haerun.hookup.project']";

registry.category("web_tour.tours").add("haerun_representative_surveys", {
    steps: () => [
        {
            content: "The new project lies on the page of today",
            trigger: CARD,
            run: "click",
        },
        press("action_plan_survey"),
        writeSurveyTime(),
        {
            isActive: ["desktop"],
            content: "Invite a unit",
            trigger: `.modal ${field("invitation_ids")} .o_field_x2many_list_row_add a`,
            run: "click",
        },
        {
            isActive: ["mobile"],
            content: "Invite a unit",
            trigger: `.modal ${field("invitation_ids")} .o-kanban-button-new`,
            run: "click",
        },
        ...choose("department_id", "试验分公司"),
        {
            isActive: ["mobile"],
            content: "Keep the invitation",
            trigger: ".modal:last .o_form_button_save",
            run: "click",
        },
        {
            content: "Fix the time and invite",
            trigger: `.modal:has(${field("planned_at")}) .modal-footer button.btn-primary`,
            run: "click",
        },
        press("action_open_survey"),
        ...select("outside_line"),
        write("existing_pipe", "球墨铸铁管 DN200,埋深1.4米"),
        write("pressure", "0.32"),
        takePhoto(),
        {
            content: "The photo is there",
            trigger: `${field("photo_ids")} img`,
        },
        press("action_record"),
        write("signer_name", "王芳"),
        ...sign(),
        press("action_sign"),
        {
            content: "The record is closed",
            trigger: field("signed_at"),
        },
        {
            isActive: ["desktop"],
            ...press("action_open_project"),
        },
        {
            isActive: ["mobile"],
            content: "Back to the project",
            trigger: ".o_back_button",
            run: "click",
        },
        {
            content: "The project goes on",
            trigger: ".o_form_view.o_haerun_hookup",
        },
        {
            content: "No survey is left to do",
            trigger:
                ".o_haerun_hookup:not(:has(.btn-primary[name='action_open_survey'], .btn-primary[name='action_plan_survey']))",
        },
    ],
});
