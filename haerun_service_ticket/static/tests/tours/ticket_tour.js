import {registry} from "@web/core/registry";

const CARD = ".o_kanban_record:contains('大厅排队')";
const FORM = ".o_haerun_ticket";

registry.category("web_tour.tours").add("haerun_ticket", {
    steps: () => [
        {
            content: "The ticket is on the list; sign for it with the thumb",
            trigger: `${CARD} button[name='action_sign']`,
            run: "click",
        },
        {
            content: "Now the customer is called",
            trigger: `${CARD} button[name='action_contact']`,
            run: "click",
        },
        {
            content: "Write what was said; that the limit is told is ticked already",
            trigger: ".modal .o_field_widget[name='said'] textarea",
            run: "edit 已致电客户，表示歉意",
        },
        {
            content: "Note the contact",
            trigger: ".modal button[name='action_confirm']",
            run: "click",
        },
        {
            content: "It is noted, so there is nothing to press on the card",
            trigger: `body:not(:has(.modal)) ${CARD}:not(:has(button[name='action_contact']))`,
            run: "click",
        },
        {
            content: "Choose the result",
            trigger: `${FORM} .o_field_widget[name='result'] input[data-value='solved']`,
            run: "click",
        },
        {
            content: "Write the reply",
            trigger: `${FORM} .o_field_widget[name='draft'] textarea`,
            run: "edit 已增开窗口，客户表示理解",
        },
        {
            content: "Submit the reply",
            trigger: `${FORM} button[name='action_reply']:visible`,
            run: "click",
        },
        {
            content: "It waits for the audit",
            trigger: `${FORM} .o_field_widget[name='reply_ids']:contains('已增开窗口')`,
        },
    ],
});

registry.category("web_tour.tours").add("haerun_ticket_audit", {
    steps: () => [
        {
            content: "Open the reply that waits",
            trigger: ".o_data_row:contains('大厅排队') .o_data_cell[name='title']",
            run: "click",
        },
        {
            content: "It is right",
            trigger: `${FORM} button[name='action_pass']:visible`,
            run: "click",
        },
        {
            content: "Now the customer is told",
            trigger: `${FORM} button[name='action_feed_back']:visible`,
            run: "click",
        },
        {
            content: "What is told is the reply; by the channel by which it came",
            trigger: ".modal .o_field_widget[name='text'] textarea:value('已增开窗口')",
        },
        {
            content: "The customer is told",
            trigger: ".modal button[name='action_confirm']",
            run: "click",
        },
        {
            content: "The return visit is next",
            trigger: `body:not(:has(.modal)) ${FORM} button[name='action_visit']:visible`,
        },
    ],
});
