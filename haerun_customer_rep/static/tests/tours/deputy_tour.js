import {press, writeSurveyTime} from "./tour_steps";
import {registry} from "@web/core/registry";

const CARD = ".o_haerun_my_work .o_haerun_card[data-model='haerun.hookup.project']";

registry.category("web_tour.tours").add("haerun_deputy_takes_over", {
    steps: () => [
        {
            content: "The page tells for whom B acts",
            trigger: ".o_haerun_my_work [data-banner='acting_for']:contains('张伟')",
        },
        {
            content: "Only what is held for others",
            trigger: ".o_haerun_tile[data-tile='for_others']",
            run: "click",
        },
        {
            content: "A's matter says so; open it",
            trigger: `${CARD}:has(.o_haerun_for:contains('张伟'))`,
            run: "click",
        },
        press("action_plan_survey"),
        writeSurveyTime(),
        {
            content: "Fix the time",
            trigger: ".modal .modal-footer button.btn-primary",
            run: "click",
        },
        {
            content: "The survey is next; first a note for A",
            trigger: ".o_form_view button[name='action_open_survey']",
        },
        {
            content: "Write a note",
            trigger: ".o-mail-Chatter-topbar .o-mail-Chatter-logNote",
            run: "click",
        },
        {
            content: "What B has agreed",
            trigger: ".o-mail-Composer-input",
            run: "edit 已与客户约好勘察时间",
        },
        {
            content: "Keep the note",
            trigger: ".o-mail-Composer-send:enabled",
            run: "click",
        },
        {
            content: "The note says for whom it was written",
            trigger:
                ".o-mail-Message:contains('已与客户约好勘察时间') .o_haerun_acting_for:contains('张伟')",
        },
    ],
});
