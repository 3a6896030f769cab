import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("haerun_workday_confirm_year", {
    steps: () => [
        {
            content: "The year is shown, with its make-up workdays",
            trigger: ".o_calendar_container .fc .fc-bg-event",
        },
        {
            content: "The banner names the estimated years",
            trigger: ".o_haerun_estimated_years button:contains('2027')",
            run: "click",
        },
        {
            content: "Confirming asks first",
            trigger: ".modal button:contains('Confirm the year')",
            run: "click",
        },
        {
            content: "The year has left the banner",
            trigger:
                ".o_haerun_estimated_years:contains('2028'):not(:contains('2027'))",
        },
    ],
});
