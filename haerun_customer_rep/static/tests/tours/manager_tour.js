import {field, select, write} from "./tour_steps";
import {registry} from "@web/core/registry";

const NOTICE = ".o_haerun_card[data-model='haerun.supervision.notice']";

registry.category("web_tour.tours").add("haerun_manager_urges", {
    steps: () => [
        {
            content: "Only the red ones of the unit",
            trigger: ".o_haerun_desk .o_haerun_unit .o_haerun_cell[data-colour='red']",
            run: "click",
        },
        {
            content: "The list is narrowed; choose all of it",
            trigger: ".o_haerun_desk_clocks:has(.o_haerun_show_all) .o_haerun_select_all",
            run: "click",
        },
        {
            content: "Urge them together",
            trigger: ".o_haerun_urge:enabled",
            run: "click",
        },
        ...select("template_id", "客户再次来电"),
        {
            content: "The template has filled in the text",
            trigger: `.modal ${field("body")} textarea:value("再次来电")`,
        },
        {
            content: "Issue the notices",
            trigger: ".modal button[name='action_issue']",
            run: "click",
        },
        {
            content: "Back on the desk, told that they are issued",
            trigger: "body:not(:has(.modal)):has(.o_haerun_urge:disabled) .o_notification",
        },
    ],
});

registry.category("web_tour.tours").add("haerun_addressee_answers", {
    steps: () => [
        {
            content: "Only the notices",
            trigger: ".o_haerun_tile[data-tile='notices']",
            run: "click",
        },
        {
            content: "Acknowledge one",
            trigger: `${NOTICE} button[data-method='action_acknowledge']`,
            run: "click",
        },
        {
            content: "Answer it",
            trigger: `${NOTICE}:not(:has([data-method='action_acknowledge'])) button[data-method='action_open_answer']`,
            run: "click",
        },
        write("answer", "已联系客户,明日上门勘察"),
        {
            content: "Send the answer",
            trigger: ".modal button[name='action_answer']",
            run: "click",
        },
        {
            content: "It has left the page, the other one waits",
            trigger: ".o_haerun_tile[data-tile='notices'] .o_haerun_tile_count:contains('1')",
        },
    ],
});
