import {press} from "./tour_steps";
import {registry} from "@web/core/registry";

const QUESTION = ".o_haerun_question";

registry.category("web_tour.tours").add("haerun_visit_call", {
    steps: () => [
        {
            content: "The visit is on the list",
            trigger: ".o_kanban_record:contains('王芳')",
            run: "click",
        },
        {
            content: "The number is there to dial",
            trigger: ".o_haerun_visit .o_field_widget[name='phone_full'] a[href^='tel:']",
        },
        press("action_reached"),
        {
            content: "Answer all questions",
            trigger: `${QUESTION}[data-kind='satisfaction'] button[data-value='4']`,
            async run() {
                const wanted = [
                    ["satisfaction", "4"],
                    ["yes_no", "yes"],
                ];
                for (const [kind, value] of wanted) {
                    const path = `${QUESTION}[data-kind='${kind}'] button[data-value='${value}']`;
                    for (const button of document.querySelectorAll(path)) {
                        button.click();
                    }
                }
            },
        },
        {
            content: "The last answer is taken",
            trigger: `${QUESTION}[data-kind='yes_no'] button.btn-primary[data-value='yes']`,
        },
        {
            content: "As a whole",
            trigger: ".o_field_widget[name='satisfaction'] .o_selection_badge:first",
            run: "click",
        },
        press("action_conclude"),
        {
            content: "It is concluded",
            trigger:
                ".o_haerun_visit:not(:has(button[name='action_conclude']))",
        },
    ],
});
