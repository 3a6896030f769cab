import {drawSignature, giveFile} from "./tour_steps";
import {registry} from "@web/core/registry";

const {DateTime} = luxon;

/** Fill in a form of the customer's page. */
function fill(act, name, text) {
    return {
        content: `Fill in ${name}`,
        trigger: `form[action$='/${act}'] [name='${name}']`,
        run: `edit ${text}`,
    };
}

/** Choose a day: the calendar of the phone gives it to the field. */
function chooseDay(act, name, day) {
    return {
        content: `Choose ${name}`,
        trigger: `form[action$='/${act}'] [name='${name}']`,
        run() {
            this.anchor.value = day;
            this.anchor.dispatchEvent(new Event("change", {bubbles: true}));
        },
    };
}

function send(act) {
    return [
        {
            content: `Send ${act}`,
            trigger: `form[action$='/${act}'] button:not([type='button'])`,
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It has arrived",
            trigger: `.o_haerun_page .alert-success`,
        },
    ];
}

registry.category("web_tour.tours").add("haerun_customer_signs", {
    steps: () => [
        fill("sign", "signer_name", "王芳"),
        drawSignature(".o_haerun_page_canvas"),
        {
            content: "It is drawn",
            trigger: ".o_haerun_page_sign:has([name='signature'][value^='data:image/png'])",
        },
        {
            content: "Draw again",
            trigger: ".o_haerun_page_clear",
            run: "click",
        },
        {
            content: "Nothing is drawn",
            trigger: ".o_haerun_page_sign:has([name='signature'][value=''])",
        },
        drawSignature(".o_haerun_page_canvas"),
        ...send("sign"),
        fill("design", "unit_name", "青岛某设计院"),
        fill("design", "qualification_no", "A137000001"),
        fill("design", "qualification_grade", "乙级"),
        chooseDay("design", "qualification_until", "2090-01-01"),
        fill("design", "contact_name", "刘工"),
        fill("design", "contact_phone", "13900001111"),
        ...send("design"),
        {
            content: "Lay the drawing with it",
            trigger: "form[action$='/finish'] input[type='file']",
            async run() {
                await giveFile(this.anchor, "施工图.png");
            },
        },
        fill("finish", "note", "设计已完成，请审图"),
        ...send("finish"),
        chooseDay(
            "water",
            "day",
            DateTime.now().setZone("Asia/Shanghai").plus({days: 20}).toISODate()
        ),
        ...send("water"),
    ],
});

registry.category("web_tour.tours").add("haerun_customer_rates", {
    steps: () => [
        {
            content: "Four stars",
            trigger: "form[action$='/rate'] input[name='stars'][value='4']",
            run: "click",
        },
        fill("rate", "text", "师傅很耐心"),
        ...send("rate"),
        {
            content: "Rated once",
            trigger: ".o_haerun_page:not(:has(form[action$='/rate']))",
        },
    ],
});
