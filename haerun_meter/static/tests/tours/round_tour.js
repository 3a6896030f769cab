import {giveFile} from "@haerun_customer_rep/../tests/tours/tour_steps";
import {registry} from "@web/core/registry";

function press(trigger, content = `Press ${trigger}`) {
    return {content, trigger, run: "click"};
}

/** Enter a dial on the page's own keys. */
function dial(digits) {
    return [...digits].map((digit) =>
        press(`.o_round_keys button[data-key='${digit}']`, `Key ${digit}`)
    );
}

/** From now on the server is out of reach, or in reach again. */
function network(whether) {
    return {
        content: whether ? "Back in the street" : "Down into the basement",
        trigger: ".o_round",
        run() {
            const proto = XMLHttpRequest.prototype;
            window.haerunSend ||= proto.send;
            proto.send = whether
                ? window.haerunSend
                : function () {
                      this.dispatchEvent(new ProgressEvent("error"));
                  };
            window.dispatchEvent(new Event(whether ? "online" : "offline"));
        },
    };
}

registry.category("web_tour.tours").add("haerun_round", {
    steps: () => [
        press(".o_round_conduct li:nth-child(1) .o_round_met", "Uniform: met"),
        press(".o_round_conduct li:nth-child(2) .o_round_unmet", "Badge: not met"),
        press(".o_round_conduct li:nth-child(3) .o_round_met"),
        press(".o_round_conduct li:nth-child(4) .o_round_met"),
        press(".o_round_conduct li:nth-child(5) .o_round_met"),
        {
            content: "Say why",
            trigger: ".o_round_conduct textarea",
            run: "edit 工牌遗失，已申请补办",
        },
        press(".o_round_start:enabled", "Begin the round"),
        {
            content: "The first meter of the book",
            trigger: ".o_round_card[data-meter='R1']",
        },
        press(".o_round_to_list"),
        press(".o_round_tab_catch_up", "Look at the re-read list"),
        press(".o_round_to_list", "Back to the meter"),
        {
            content: "The card tells its turn in the round, not in the re-read list",
            trigger: ".o_round_card[data-meter='R1'] .o_round_turn b:contains('1')",
        },
        press(".o_round_next", "Nothing entered"),
        {content: "It says what is missing", trigger: ".o_round_hint"},
        ...dial("12"),
        press(".o_round_next"),
        {
            content: "Onto the second by itself",
            trigger: ".o_round_card[data-meter='R2']",
        },
        press(".o_round_skip", "Pass it by"),
        {
            content: "The third",
            trigger: ".o_round_card[data-meter='R3']",
        },
        network(false),
        {content: "The page knows", trigger: ".o_round_offline"},
        ...dial("9"),
        press(".o_round_next"),
        {
            content: "Kept on the phone, and on to the one that was skipped",
            trigger: ".o_round_card[data-meter='R2'] .o_round_tag_bad",
        },
        {content: "One waits", trigger: ".o_round_queued"},
        press(".o_round_to_tally"),
        {
            content: "With one open and one waiting nothing is submitted",
            trigger: ".o_round_submit:disabled",
        },
        press(".o_round_to_list"),
        press("[data-filter='queue']"),
        {
            content: "What waits is listed",
            trigger: ".o_round_item[data-status='queued']",
        },
        network(true),
        {
            content: "It went by itself",
            trigger: ".o_round:not(:has(.o_round_queued)):not(:has(.o_round_offline))",
        },
        press("[data-filter='open']"),
        {
            content: "Search the one that is left",
            trigger: ".o_round_search input",
            run: "edit R2",
        },
        press(".o_round_lines li:contains('R2') button"),
        press(".o_round_exception"),
        press(".o_round_chips [data-code='locked']"),
        press(".o_round_next"),
        {content: "A photo is wanted", trigger: ".o_round_hint"},
        {
            content: "Take a photo",
            trigger: ".o_round_photo",
            async run() {
                await giveFile(this.anchor.querySelector("input[type='file']"), "门.png");
            },
        },
        {content: "The photo is there", trigger: ".o_round_photo img"},
        press(".o_round_next"),
        {
            content: "All is read: the tally",
            trigger: ".o_round_tally",
        },
        press(".o_round_submit:enabled"),
        press(".o_round_sheet .o_round_confirm"),
        {
            content: "Submitted",
            trigger: ".o_round_tally article[data-state='submitted'] .o_round_figures",
        },
        {
            content: "The page is on the phone, to start without network",
            trigger: ".o_round",
            async run() {
                await navigator.serviceWorker.ready;
                for (let turn = 0; turn < 50; turn++) {
                    const cache = await caches.open("haerun-round-1");
                    const urls = (await cache.keys()).map(({url}) => url);
                    const has = (text) => urls.some((url) => url.includes(text));
                    if (has("assets_round.") && (await cache.match("/haerun/round"))) {
                        return;
                    }
                    await new Promise((resolve) => setTimeout(resolve, 200));
                }
                throw new Error("The service worker has not kept the page.");
            },
        },
    ],
});
