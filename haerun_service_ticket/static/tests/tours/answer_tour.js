import {registry} from "@web/core/registry";

const DESK = ".o_haerun_intake_desk";
const field = (name, tag = "input") => `${DESK} .o_field_widget[name='${name}'] ${tag}`;

const call = (caller) => [
    {
        content: "Who calls",
        trigger: field("caller"),
        run: `edit ${caller}`,
    },
    {
        content: "Where there is no water",
        trigger: field("address"),
        run: "edit 试验路8号3单元",
    },
    {
        content: "What he says",
        trigger: field("text", "textarea"),
        run: "edit 家里停水了",
    },
    {
        content: "The outage of his address is found",
        trigger: `${DESK} .o_haerun_outage:contains('更换阀门')`,
    },
];
const done = {
    content: "It is answered and closed; the page is empty for the next call",
    trigger: `${DESK}:not(:has(.o_haerun_outage)) .alert-success:contains('GD')`,
};

registry.category("web_tour.tours").add("haerun_answer_outage", {
    steps: () => [
        ...call("巡游三"),
        {content: "One key", trigger: "body", run: "press alt+o"},
        done,
    ],
});

registry.category("web_tour.tours").add("haerun_answer_outage_phone", {
    steps: () => [
        ...call("巡游四"),
        {
            content: "The keys lie under the thumb",
            trigger: `${DESK} .o_haerun_desk_keys button[name='action_take']`,
        },
        {
            content: "One tap",
            trigger: `${DESK} .o_haerun_outage`,
            run: "click",
        },
        done,
    ],
});
