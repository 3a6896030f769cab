import { registry } from "@web/core/registry";

/** A head of a unit sees who stands in, opens it, and the holder is back early. */
registry.category("web_tour.tours").add("haerun_people_stand_in", {
    url: "/odoo/who-stands-in",
    steps: () => [
        {
            content: "the deputy stands in the cell of today",
            trigger: ".o_haerun_strip td.o_haerun_today .o_haerun_stands_in:contains(Tour B)",
            run: "click",
        },
        {
            content: "the substitution runs",
            trigger: ".o_form_view .o_field_widget[name=principal_id]:contains(Tour A)",
        },
        {
            content: "the holder is back",
            trigger: ".o_statusbar_buttons button[name=action_end_now]",
            run: "click",
        },
        {
            content: "sure",
            trigger: ".modal-footer .btn-primary",
            run: "click",
        },
        {
            content: "it is over",
            trigger:
                ".o_form_view:not(:has(button[name=action_end_now])) .o_field_widget[name=ended_at]",
        },
    ],
});
