import {registry} from "@web/core/registry";

/** Press a button of the form that the screen shows: desk above, thumb below. */
function press(name) {
    return {
        content: `Press ${name}`,
        trigger: `.o_form_view button[name='${name}']:visible`,
        run: "click",
    };
}

/** Open a held reading of the list, or of the cards on a phone. */
function openHeld(meter) {
    return {
        content: `Look at ${meter}`,
        trigger: `.o_list_view .o_data_row:contains('${meter}') td[name='account_id'], .o_kanban_view .o_kanban_record:contains('${meter}')`,
        run: "click",
    };
}

function decide(name, meter, reason) {
    return [
        openHeld(meter),
        {
            content: "What was read, and what was found wrong with it",
            trigger: `.o_form_view .o_field_widget[name='meter_id']:contains('${meter}')`,
        },
        press(name),
        {
            content: "Say why",
            trigger: ".modal .o_field_widget[name='reason'] input",
            run: `edit ${reason}`,
        },
        {
            content: "Confirm",
            trigger: ".modal button[name='action_confirm']",
            run: "click",
        },
        {
            content: "It is decided",
            trigger: `.o_form_view:not(:has(button[name='${name}']:visible)) .o_field_widget[name='reason']:contains('${reason}')`,
        },
    ];
}

/** Back to the list, by the trail above the page or its arrow. */
function back() {
    return {
        content: "Back",
        trigger: ".o_back_button:visible",
        run: "click",
    };
}

registry.category("web_tour.tours").add("haerun_audit", {
    steps: () => [
        {
            content: "One plan waits",
            trigger:
                ".o_data_row:contains('试验路一册') td[name='book_id'], .o_kanban_record:contains('试验路一册')",
            run: "click",
        },
        press("action_open_held"),
        {
            content: "No longer the plan, whose points are rows too",
            trigger: ".o_action_manager:not(:has(.o_form_view))",
        },
        ...decide("action_accept", "A1", "看过照片，属实"),
        back(),
        {
            content: "One is left",
            trigger:
                ".o_action_manager:not(:has(.o_form_view)):not(:has(.o_data_row:contains('A1'))):not(:has(.o_kanban_record:contains('A1')))",
        },
        ...decide("action_reject", "A2", "看错一位"),
    ],
});

registry.category("web_tour.tours").add("haerun_audit_end", {
    steps: () => [
        {
            content: "The plan again, with nothing held",
            trigger:
                ".o_data_row:contains('试验路一册') td[name='book_id'], .o_kanban_record:contains('试验路一册')",
            run: "click",
        },
        press("action_estimate"),
        {
            content: "Nothing is open",
            trigger:
                ".o_form_view .o_field_widget[name='unread_count']:contains(/^0$/)",
        },
        press("action_audit"),
        {
            content: "It is audited",
            trigger:
                ".o_form_view .o_field_widget[name='audited_by_id']:contains('江丽')",
        },
    ],
});
