import {registry} from "@web/core/registry";

/** A window: the one about this customer. */
const about = (name) => `.o_haerun_taking:has(.o_haerun_taking_head:contains('${name}'))`;

registry.category("web_tour.tours").add("haerun_dunning", {
    steps: () => [
        {
            content: "The customer is on the list; his number is one tap away",
            trigger:
                ".o_kanban_record:contains('王芳'):has(a[href='tel:13800000001']) button[name='action_collect']",
            run: "click",
        },
        {
            content: "What he owes is there, and his number",
            trigger: `${about("王芳")}:contains('80.00') a[href='tel:13800000001']`,
        },
        {
            content: "He promises to pay",
            trigger: `${about("王芳")} .o_haerun_results .o_radio_item:contains('承诺付款') label`,
            run: "click",
        },
        {
            content: "A day is proposed",
            trigger: `${about("王芳")} .o_field_widget[name='promise_on']`,
        },
        {
            content: "Write what he says",
            trigger: `${about("王芳")} .o_field_widget[name='note'] textarea`,
            run: "edit 周五发工资后缴",
        },
        {
            content: "The next of the list",
            trigger: "button[name='action_next']:visible",
            run: "click",
        },
        {
            content: "Nobody was reached",
            trigger: `${about("李强")} .o_haerun_results .o_radio_item:contains('未联系上') label`,
            run: "click",
        },
        {
            content: "Recorded",
            trigger: `.modal:has(${about("李强")}) button[name='action_confirm']:visible`,
            run: "click",
        },
        {
            content: "The window is closed",
            trigger: "body:not(:has(.o_haerun_taking))",
        },
    ],
});
