import {registry} from "@web/core/registry";

const SEARCH = ".o_haerun_search input";
const HIT = ".o_haerun_hit:contains('欧阳知秋')";
const PAGE = ".o_haerun_customer_head:contains('欧阳知秋')";

function type(text) {
    return {content: `Type ${text}`, trigger: SEARCH, run: `edit ${text}`};
}

registry.category("web_tour.tours").add("haerun_customer_by_meter", {
    steps: () => [
        type("tour3600"),
        {content: "He is found by part of the meter's number", trigger: HIT},
        {
            content: "Enter opens the first one",
            trigger: SEARCH,
            run: "press Enter",
        },
        {content: "Here he is", trigger: PAGE},
        {
            content: "His meter, and where its dial stands",
            trigger: ".o_haerun_point:contains('TOUR360001') .o_haerun_dial:contains('108')",
        },
        {content: "The chart is drawn", trigger: ".o_haerun_chart canvas"},
        {
            content: "Ask for a site check",
            trigger: "button[data-method='action_ask_check']",
            run: "click",
        },
        {
            content: "Say what is to be looked at",
            trigger: ".modal .o_field_widget[name='text'] textarea",
            run: "edit 客户反映水量偏大",
        },
        {
            content: "Confirm",
            trigger: ".modal button[name='action_confirm']",
            run: "click",
        },
        {
            content: "The check is there",
            trigger: ".o_form_view .o_field_widget[name='account_id']:contains('欧阳知秋')",
        },
    ],
});

registry.category("web_tour.tours").add("haerun_customer_by_name", {
    steps: () => [
        type("欧阳知"),
        {content: "Both are listed", trigger: ".o_haerun_hit:contains('欧阳知夏')"},
        {content: "Tap the right one", trigger: HIT, run: "click"},
        {content: "Here he is", trigger: PAGE},
        {content: "The list is gone", trigger: "body:not(:has(.o_haerun_hits))"},
        {
            content: "He goes away for half a year",
            trigger: "button[data-method='action_suspend']",
            run: "click",
        },
        {
            content: "Say why",
            trigger: ".modal .o_field_widget[name='reason'] input",
            run: "edit 外出半年",
        },
        {
            content: "Confirm",
            trigger: ".modal button[name='action_confirm']",
            run: "click",
        },
        {
            content: "The page knows it",
            trigger: "button[data-method='action_restart']",
        },
    ],
});

registry.category("web_tour.tours").add("haerun_customer_from_account", {
    steps: () => [
        {
            content: "The button on the account",
            trigger: "button[name='action_view_customer']",
            run: "click",
        },
        {content: "Here he is", trigger: PAGE},
    ],
});
