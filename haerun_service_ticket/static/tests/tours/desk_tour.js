import {registry} from "@web/core/registry";

const DESK = ".o_haerun_desk";

registry.category("web_tour.tours").add("haerun_supervision_desk_tickets", {
    steps: () => [
        {
            content: "What waits for who leads stands above",
            trigger: `${DESK} .o_haerun_tile[data-tile='unsigned']`,
        },
        {
            content: "Only what came by phone",
            trigger: `${DESK} select[data-filter='channel']`,
            run({anchor}) {
                const phone = [...anchor.options].find((option) =>
                    /电话|Phone/.test(option.textContent)
                );
                anchor.value = phone.value;
                anchor.dispatchEvent(new Event("change", {bubbles: true}));
            },
        },
        {
            content: "It is narrowed; urge all that is overdue in the unit",
            trigger: `${DESK}:has(.o_haerun_filtered) .o_haerun_urge_unit`,
            run: "click",
        },
        {
            content: "One sentence for all of them",
            trigger: ".modal .o_field_widget[name='body'] textarea",
            run: "edit 请今日内答复客户",
        },
        {
            content: "Issue",
            trigger: ".modal button[name='action_issue']",
            run: "click",
        },
        {
            content: "The rows say that they were urged",
            trigger: `body:not(:has(.modal)) ${DESK} .o_haerun_urged`,
        },
        {
            content: "All of them: those that were urged are not among them",
            trigger: `${DESK} .o_haerun_select_all`,
            run: "click",
        },
        {
            content: "So there is nothing to press",
            trigger: `${DESK} .o_haerun_urge:disabled`,
        },
    ],
});

registry.category("web_tour.tours").add("haerun_service_ledger", {
    steps: () => [
        {
            content: "Open the row",
            trigger: ".o_data_row:contains('王芳') .o_data_cell[name='customer']",
            run: "click",
        },
        {
            content: "What happened stands there in order",
            trigger: ".o_haerun_ledger_row .o_haerun_history tr:nth-child(3)",
        },
    ],
});
