import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("haerun_ticket_figures", {
    steps: () => [
        {
            content: "The month is shown; look at the year",
            trigger: ".o_haerun_figures button[data-period='year']",
            run: "click",
        },
        {
            content: "Two tickets are in it",
            trigger:
                ".o_haerun_figures:has(button[data-period='year'].btn-primary) .o_haerun_figure[data-figure='tickets']:contains('2')",
        },
        {
            content: "The road has two petitions; look at the houses",
            trigger: ".o_haerun_spots:has(.o_haerun_spot:contains('巡游路')) button[data-by='house_key']",
            run: "click",
        },
        {
            content: "Each house has one; tap a cell of the matrix",
            trigger:
                ".o_haerun_figures:has(.o_haerun_spot:contains('巡游路5')) .o_haerun_cell:not(:disabled)",
            run: "click",
        },
        {
            content: "The tickets behind it",
            trigger:
                ".o_list_view .o_data_row:contains('GD'), .o_kanban_view .o_kanban_record:contains('GD')",
        },
    ],
});

registry.category("web_tour.tours").add("haerun_ticket_wall", {
    steps: () => [
        {
            content: "Two are open",
            trigger: ".o_haerun_wall_numbers [data-number='open'] b:contains('2')",
        },
        {
            content: "Their road is hot, without the house",
            trigger: ".o_haerun_wall_spots:contains('巡游路'):not(:contains('巡游路5'))",
        },
        {
            content: "Leave",
            trigger: ".o_haerun_wall_leave",
            run: "click",
        },
        {
            content: "Back at the figures",
            trigger: ".o_haerun_figures .o_haerun_figure",
        },
    ],
});

/** What holds the name of the branch's dashboard, in one language or the other. */
const ofBranch = (element) =>
    ["分公司总览", "Branch Overview"]
        .map((name) => `${element}:contains("${name}")`)
        .join(", ");

registry.category("web_tour.tours").add("haerun_dashboards", {
    steps: () => [
        {
            content: "Cards two beside each other, then charts",
            trigger:
                ".o_spreadsheet_dashboard_action .o_figure_row:has(.o-mobile-figure:nth-child(2)) canvas",
        },
        {
            content: "To the list of dashboards",
            trigger: ".o_search_panel_current_selection",
            run: "click",
        },
        {
            content: "The branch's",
            trigger: ofBranch(".o_spreadsheet_dashboard_search_panel .o_search_panel_category_value"),
            run: "click",
        },
        {
            content: "It is shown",
            trigger: ofBranch(".o_search_panel_current_selection"),
        },
        {
            content: "With its cards",
            trigger: ".o_spreadsheet_dashboard_action .o_figure_row canvas",
        },
    ],
});
