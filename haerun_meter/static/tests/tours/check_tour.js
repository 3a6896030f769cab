import {takePhoto} from "@haerun_customer_rep/../tests/tours/tour_steps";
import {registry} from "@web/core/registry";

/** Press a button of the form that the screen shows: desk above, thumb below. */
function press(name) {
    return {
        content: `Press ${name}`,
        trigger: `.o_haerun_site_check button[name='${name}']:visible`,
        run: "click",
    };
}

registry.category("web_tour.tours").add("haerun_site_check", {
    steps: () => [
        {
            content: "The check is on the list; sign for it with the thumb",
            trigger: ".o_kanban_record:contains('王芳') button[name='action_sign']",
            run: "click",
        },
        {
            content: "Now he goes there",
            trigger: ".o_kanban_record:contains('王芳') button[name='action_arrive']",
            run: "click",
        },
        {
            content: "On site, so there is nothing to press on the card",
            trigger:
                ".o_kanban_record:contains('王芳'):not(:has(button[name='action_arrive']))",
            run: "click",
        },
        {
            content: "Tick what was found",
            trigger:
                ".o_haerun_site_check .o_field_widget[name='finding_ids'] .o-checkbox:contains('表后漏水') input",
            run: "click",
        },
        takePhoto(),
        {
            content: "The photo is there",
            trigger: ".o_haerun_site_check .o_field_widget[name='photo_ids'] img",
        },
        {
            content: "Read the dial",
            trigger: ".o_field_widget[name='dial'] input",
            run: "edit 12",
        },
        press("action_record"),
        {
            content: "Write what came of it",
            trigger:
                ".o_haerun_site_check:has(button[name='action_conclude']:visible) .o_field_widget[name='conclusion'] textarea",
            run: "edit 表后漏水，已告知客户修理",
        },
        press("action_conclude"),
        {
            content: "It is concluded",
            trigger:
                ".o_haerun_site_check .o_field_widget[name='conclusion'].o_readonly_modifier",
        },
    ],
});
