import {field, press, select, write} from "./tour_steps";
import {registry} from "@web/core/registry";

const TOGGLES = `${field("material_ids")} .o_field_widget[name='received'] input`;

function application(phone) {
    return [
        write("phone", phone),
        write("address", "青岛市试验路8号3单元201户"),
        ...select("service_type_id", "居民户表"),
        {
            content: "The address has found the area",
            trigger: `${field("area_id")} input:value("试验片区")`,
        },
        {
            content: "The area has found its representative",
            trigger: `${field("responsible_id")}:contains("张伟")`,
        },
    ];
}

registry.category("web_tour.tours").add("haerun_clerk_accepts", {
    steps: () => [
        ...application("138 1234 5678"),
        {
            content: "The phone has found the known customer",
            trigger: `${field("applicant_name")} input:value("王芳")`,
        },
        {
            content: "Tick the first paper",
            trigger: `${TOGGLES}:not(:checked)`,
            run: "click",
        },
        {
            content: "Tick the second one",
            trigger: `${TOGGLES}:not(:checked)`,
            run: "click",
        },
        {
            content: "Accept it",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "It is with the representative of the area",
            trigger: `${field("owner_id")}:contains("张伟")`,
        },
        {
            content: "The next customer",
            trigger: ".o_form_button_create",
            run: "click",
        },
        {
            content: "An empty form",
            trigger: `.o_form_view:not(:has(${field("owner_id")}))`,
        },
        ...application("13900001111"),
        write("applicant_name", "赵强"),
        {
            content: "Accept it without its papers",
            trigger: ".o_form_button_save",
            run: "click",
        },
        press("action_give_notice"),
        {
            content: "The notice is given once, from now on it is only printed",
            trigger:
                "body:not(:has(button[name='action_give_notice'])) button[name='action_print_notice']",
        },
    ],
});
