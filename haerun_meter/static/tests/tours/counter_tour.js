import {
    confirm,
    drawSignature,
    field,
    press,
    write,
} from "@haerun_customer_rep/../tests/tours/tour_steps";
import {registry} from "@web/core/registry";

const SEARCH = ".o_haerun_search input";
const PANEL = ".o_haerun_counter_pay";
const GIVEN = "#o_haerun_counter_given";

/** A key where the cursor is: nothing is clicked. */
function key(name, within, content) {
    return {
        content: content || `Press ${name}`,
        trigger: `${within}:focus`,
        run: `press ${name}`,
    };
}

/** Find a customer with keys alone; he is in front, the cursor at the payment. */
function find(text, name) {
    return [
        {content: `Type ${text}`, trigger: `${SEARCH}:focus`, run: `edit ${text}`},
        {content: `${name} is listed`, trigger: `.o_haerun_hit:contains('${name}')`},
        key("Enter", SEARCH, "Enter chooses him"),
        {
            content: "He is in front",
            trigger: `.o_haerun_counter_head:contains('${name}')`,
        },
    ];
}

function paid(amount, change) {
    const told = change ? ` .o_haerun_counter_change:contains('${change}')` : "";
    return [
        {
            content: `${amount} are taken`,
            trigger: `.o_haerun_counter_done:contains('${amount}')${told}`,
        },
        {content: "The cursor is in the box again", trigger: `${SEARCH}:focus`},
    ];
}

registry.category("web_tour.tours").add("haerun_counter_keyboard", {
    steps: () => [
        {
            content: "What lies in the drawer",
            trigger: "#o_haerun_counter_float:focus",
            run: "edit 200",
        },
        key("Enter", "#o_haerun_counter_float", "Open the session"),
        {content: "The empty page says how to begin", trigger: ".o_haerun_counter_empty"},
        // one: in cash, with change
        ...find("试验路77", "欧阳知秋"),
        {
            content: "The overdue bill is red",
            trigger: ".o_haerun_counter_bills tr.text-danger:contains('20.50')",
        },
        key("1", PANEL, "Cash"),
        {content: "He gives 100", trigger: `${GIVEN}:focus`, run: "edit 100"},
        {content: "The change", trigger: `${PANEL} :contains('49.50')`},
        key("Enter", GIVEN, "Pay"),
        ...paid("50.50", "49.50"),
        // two: by card, the second of the list
        {content: "Two are found", trigger: `${SEARCH}:focus`, run: "edit 欧阳知"},
        {content: "The other one", trigger: ".o_haerun_hit:contains('欧阳知夏')"},
        {
            content: "Down to her, wherever she stands",
            trigger: `${SEARCH}:focus`,
            async run({press: pressKey}) {
                const marked = ".o_haerun_hit[aria-selected='true']";
                for (let steps = 0; steps < 9; steps++) {
                    if (document.querySelector(marked).textContent.includes("欧阳知夏")) {
                        break;
                    }
                    await pressKey("ArrowDown");
                    await new Promise(requestAnimationFrame);
                }
            },
        },
        {
            content: "She is marked",
            trigger: ".o_haerun_hit[aria-selected='true']:contains('欧阳知夏')",
        },
        key("Enter", SEARCH),
        {content: "She is in front", trigger: ".o_haerun_counter_head:contains('欧阳知夏')"},
        key("3", PANEL, "Card"),
        {
            content: "The slip's number",
            trigger: "#o_haerun_counter_reference:focus",
            run: "edit POS20260312",
        },
        key("Enter", "#o_haerun_counter_reference", "Pay"),
        ...paid("35.27"),
        // three: a top-up by WeChat
        ...find("毕明远", "毕明远"),
        {
            content: "Nothing is due: how much he tops up",
            trigger: "#o_haerun_counter_amount:focus",
            run: "edit 100",
        },
        {
            content: "WeChat, from within the field",
            trigger: "#o_haerun_counter_amount:focus",
            run: "press Alt+4",
        },
        {
            content: "The order's number",
            trigger: "#o_haerun_counter_reference:focus",
            run: "edit 4200001122",
        },
        key("Enter", "#o_haerun_counter_reference", "Pay"),
        ...paid("100.00"),
        // the last one was wrong
        key("F8", SEARCH, "Cancel the last one"),
        {
            content: "Say why",
            trigger: "#o_haerun_counter_reason:focus",
            run: "edit 充错户号",
        },
        key("Enter", "#o_haerun_counter_reason"),
        {content: "It went back", trigger: ".o_haerun_counter_done:contains('-100.00')"},
        {content: "The cursor is in the box again", trigger: `${SEARCH}:focus`},
        // an accidental customer
        ...find("毕明远", "毕明远"),
        key("Escape", "#o_haerun_counter_amount", "Esc begins anew"),
        {content: "Nobody is in front", trigger: "body:not(:has(.o_haerun_counter_head))"},
        {content: "The cursor is in the box", trigger: `${SEARCH}:focus`},
    ],
});

registry.category("web_tour.tours").add("haerun_counter_day_end", {
    steps: () => [
        {content: "Day end", trigger: `${SEARCH}:focus`, run: "press F10"},
        press("action_count"),
        write("n50", "4", ".modal"),
        write("n1", "50", ".modal"),
        {
            content: "Tick the slips",
            trigger: ".modal button[name='action_tick_all']",
            run: "click",
        },
        {
            content: "All are ticked",
            trigger: ".modal .o_haerun_cash_totals td.text-success:contains('0.00')",
        },
        {
            content: "Half a yuan is missing",
            trigger: ".modal .o_haerun_cash_totals td.text-danger:contains('-0.50')",
        },
        write("reason", "找零多付五角", ".modal"),
        confirm(),
        {
            content: "The head is asked",
            trigger: ".o_form_view .alert-danger:contains('找零多付五角')",
        },
    ],
});

registry.category("web_tour.tours").add("haerun_counter_approve", {
    steps: () => [
        {
            content: "The card tells the difference",
            trigger: ".o_kanban_record:contains('找零多付五角')",
        },
        {
            content: "Approve it",
            trigger: ".o_kanban_record:contains('找零多付五角') button[name='action_approve']",
            run: "click",
        },
        {content: "Sure", trigger: ".modal-footer .btn-primary", run: "click"},
        {
            content: "Nothing waits any more",
            trigger: "body:not(:has(.o_kanban_record:contains('找零多付五角')))",
        },
    ],
});

registry.category("web_tour.tours").add("haerun_counter_hand_over", {
    steps: () => [
        press("action_hand_over"),
        {
            content: "Sign",
            trigger: `.modal ${field("signature")} .o_signature`,
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
            trigger: `.modal ${field("signature")} img.o_signature`,
        },
        confirm(),
        {
            content: "It is handed over",
            trigger: ".o_statusbar_status button[data-value='handed_over'].o_arrow_button_current",
        },
    ],
});

registry.category("web_tour.tours").add("haerun_counter_sign", {
    steps: () => [
        {
            content: "Open what was handed over",
            trigger: ".o_data_row:contains('柜台小周') td[name='name']",
            run: "click",
        },
        press("action_sign"),
        {content: "Sure", trigger: ".modal-footer .btn-primary", run: "click"},
        {
            content: "It is closed",
            trigger: ".o_statusbar_status button[data-value='closed'].o_arrow_button_current",
        },
    ],
});
