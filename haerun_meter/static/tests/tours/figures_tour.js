import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("haerun_reading_progress", {
    steps: () => [
        {
            content: "Four of eight are read",
            trigger: ".o_haerun_total[data-total='read']:contains('50.0%')",
        },
        {
            content: "The book is behind time; look at those alone",
            trigger: ".o_haerun_statuses button[data-choose='late']",
            run: "click",
        },
        {
            content: "It is chosen; choose its reader too",
            trigger:
                ".o_haerun_progress:has(button[data-choose='late'][aria-pressed='true']) .o_haerun_choose_reader",
            run: "selectByLabel 蔡梅",
        },
        {
            content: "One tile is left; to the period before",
            trigger:
                ".o_haerun_progress:has(.o_haerun_tile[data-status='late']) .o_haerun_previous",
            run: "click",
        },
        {
            content: "There it is audited, so that nothing is behind time",
            trigger: ".o_haerun_progress_empty",
        },
        {
            content: "Show all",
            trigger: ".o_haerun_show_all",
            run: "click",
        },
        {
            content: "Back to now",
            trigger: ".o_haerun_progress:has(.o_haerun_tile[data-status='audited']) .o_haerun_next",
            run: "click",
        },
        {
            content: "Open the plan",
            trigger: ".o_haerun_tile[data-status='late']:contains('试验路一册')",
            run: "click",
        },
        {
            content: "It is the plan's form",
            trigger: ".o_form_view .o_field_widget[name='planned_on']",
        },
    ],
});
