import {drawSignature} from "@haerun_customer_rep/../tests/tours/tour_steps";
import {registry} from "@web/core/registry";

const CARD = ".o_kanban_record:contains('六号楼前活接漏水')";
const FORM = ".o_haerun_work_order";
const MODAL = ".modal .o_haerun_work_signing";

const press = (name) => ({
    content: `Press ${name}`,
    trigger: `${FORM} div[name='thumb'] button[name='${name}']`,
    run: "click",
});

registry.category("web_tour.tours").add("haerun_work_order", {
    steps: () => [
        {
            content: "The list is to be ticked before leaving",
            trigger: `${CARD} button[name='action_open']`,
            run: "click",
        },
        {
            content: "The shoe covers, by themselves",
            trigger: `${FORM} [name='tick_depart_ids'] button[name='action_tick']:contains('鞋套')`,
            run: "click",
        },
        {
            content: "They are ticked",
            trigger: `${FORM} [name='tick_depart_ids'] button.btn-success:contains('鞋套')`,
        },
        {
            content: "And all the rest",
            trigger: `${FORM} button[name='action_tick_all']`,
            run: "click",
        },
        press("action_depart"),
        press("action_arrive"),
        {
            content: "Everything on site is ticked",
            trigger: `${FORM} button[name='action_tick_all']:visible`,
            run: "click",
        },
        {
            content: "Nothing is left to tick",
            trigger: `${FORM} div[name='thumb'] button[name='action_done']:visible`,
        },
        {
            content: "What was done",
            trigger: `${FORM} .o_field_widget[name='work_done'] textarea`,
            run: "edit 更换活接一只，试水无渗漏",
        },
        {
            content: "A material",
            trigger: `${FORM} .o_field_widget[name='use_ids'] .o-kanban-button-new`,
            run: "click",
        },
        {
            content: "Look for it",
            trigger: ".modal .o_field_widget[name='material_id'] input",
            run: "click",
        },
        {
            content: "Choose it",
            trigger: ".modal .o_kanban_record:contains('活接 DN20')",
            run: "click",
        },
        {
            content: "Take it",
            trigger: ".modal .modal-footer .o_form_button_save",
            run: "click",
        },
        {
            content: "It is there",
            trigger: `body:not(:has(.modal)) ${FORM} .o_field_widget[name='use_ids'] .o_kanban_record:contains('活接')`,
        },
        press("action_done"),
        press("action_sign"),
        {
            content: "The customer is satisfied",
            trigger: `${MODAL} .o_field_widget[name='satisfaction'] input[data-value='5']`,
            run: "click",
        },
        {
            content: "He signs",
            trigger: `${MODAL} .o_field_widget[name='signature'] .o_signature`,
            run: "click",
        },
        {
            content: "By hand",
            trigger: ".modal .o_web_sign_draw_button",
            run: "click",
        },
        drawSignature(),
        {
            content: "Adopt what was drawn",
            trigger: ".modal:has(canvas) .modal-footer button.btn-primary:enabled",
            run: "click",
        },
        {
            content: "The signature is there",
            trigger: `${MODAL} .o_field_widget[name='signature'] img.o_signature`,
        },
        {
            content: "Lock it",
            trigger: ".modal button[name='action_confirm']",
            run: "click",
        },
        {
            content: "It is signed and closed",
            trigger: `body:not(:has(.modal)) ${FORM} .o_field_widget[name='sign_way']`,
        },
    ],
});
