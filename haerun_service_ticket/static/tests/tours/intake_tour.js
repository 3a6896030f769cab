import {registry} from "@web/core/registry";

const DESK = ".o_haerun_intake_desk";
const field = (name, tag = "input") => `${DESK} .o_field_widget[name='${name}'] ${tag}`;

registry.category("web_tour.tours").add("haerun_intake_desk", {
    steps: () => [
        {
            content: "The cursor waits for the caller's number",
            trigger: `${field("phone")}:focus`,
        },
        {
            content: "Type the number",
            trigger: field("phone"),
            run: "edit 13866660001",
        },
        {content: "And the name", trigger: field("caller"), run: "edit 巡游一"},
        {
            content: "Where it is",
            trigger: field("address"),
            run: "edit 试验路片区8号",
        },
        {
            content: "What he says",
            trigger: field("text", "textarea"),
            run: "edit 水压小，六楼没水",
        },
        {
            content: "Tab on; the category is proposed, and to whom it goes",
            trigger: field("text", "textarea"),
            run: "press Tab",
        },
        {
            content: "It is known to whom it goes",
            trigger: `${DESK} .o_field_widget[name='responsible_id']:contains('肖刚')`,
        },
        {content: "One key", trigger: "body", run: "press alt+q"},
        {
            content: "The next page says what became of it",
            trigger: `${DESK} .alert-success:contains('GD')`,
        },
        {
            content: "The same number calls again",
            trigger: field("phone"),
            run: "edit 13866660001",
        },
        {content: "His name", trigger: field("caller"), run: "edit 巡游二"},
        {
            content: "What he says",
            trigger: field("text", "textarea"),
            run: "edit 还没有人来",
        },
        {
            content: "The open ticket is offered",
            trigger: `${DESK} .o_haerun_matter:contains('水压小')`,
        },
        {content: "One key: it belongs there", trigger: "body", run: "press alt+1"},
        {
            content: "It is linked; the page is empty for the next call",
            trigger: `${DESK}:not(:has(.o_haerun_matter)) .alert-success:contains('GD')`,
        },
    ],
});
