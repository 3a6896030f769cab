import {registry} from "@web/core/registry";

const RULE = ".o_haerun_rule[data-rule^='haerun.time.limit,']:contains('答复催办单')";

registry.category("web_tour.tours").add("haerun_rules_admin_confirms", {
    steps: () => [
        {
            content: "Only ladders",
            trigger: ".o_haerun_rules_kind[data-kind='haerun.escalation.ladder']",
            run: "click",
        },
        {
            content: "Words are looked for in all kinds",
            trigger:
                ".o_haerun_rules:not(:has([data-rule^='haerun.time.limit'])) .o_haerun_rules_search input",
            run: "edit 答复催办单",
        },
        {
            content: "Of those, what is to be confirmed",
            trigger: `.o_haerun_rules:has(${RULE}) [data-filter='to_confirm']`,
            run: "click",
        },
        {
            content: "Unfold it",
            trigger: `${RULE} .o_haerun_rule_head`,
            run: "click",
        },
        {
            content: "Nobody has changed it yet; confirm it",
            trigger: `${RULE}:not(:has(.o_haerun_rule_history)) .o_haerun_rule_confirm`,
            run: "click",
        },
        {
            content: "Nothing is left to be confirmed",
            trigger: ".o_haerun_rules_empty",
        },
        {
            content: "Among all rules it is there",
            trigger: "[data-filter='lately']",
            run: "click",
        },
        {
            content: "Who confirmed it is told",
            trigger: `${RULE} .o_haerun_rule_history:contains('吴芳')`,
        },
    ],
});
