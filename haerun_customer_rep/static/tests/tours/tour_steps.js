import {formatDate, formatDateTime} from "@web/core/l10n/dates";

const {DateTime} = luxon;

/** A field of the form in front, be it a page or a dialog. */
export function field(name) {
    return `.o_field_widget[name='${name}']`;
}

export function write(name, text, within = "") {
    return {
        content: `Write ${name}`,
        trigger: `${within} ${field(name)} :is(input, textarea)`,
        run: `edit ${text}`,
    };
}

/** Write a day (ISO) in the words of the user's language. */
export function writeDay(name, day, within = "") {
    return {
        content: `Write ${name}`,
        trigger: `${within} ${field(name)} input`,
        async run({edit}) {
            await edit(formatDate(DateTime.fromISO(day)));
        },
    };
}

/** Tick one of the answers that stand below each other (widget "radio"). */
export function tick(name, value) {
    return {
        content: `Tick ${value}`,
        trigger: `${field(name)} input[data-value='${value}']`,
        run: "click",
    };
}

/**
 * Choose in a short list (widget "selection"), a sheet from below on a phone;
 * without a text the first one, whatever the language.
 */
export function select(name, text = "") {
    const named = text && `:contains("${text}")`;
    return [
        {
            content: `Open the list of ${name}`,
            trigger: `${field(name)} .o_select_menu_toggler`,
            run: "click",
        },
        {
            content: `Choose ${text}`,
            // the sheet of a phone lies outside the window it belongs to
            trigger: `body .o_select_menu_item${named}`,
            run: "click",
        },
    ];
}

/** Choose a unit: by typing at the desk, in a sheet from below on a phone. */
export function choose(name, text) {
    return [
        {
            isActive: ["desktop"],
            content: `Look for ${text}`,
            trigger: `${field(name)} input`,
            run: `edit ${text}`,
        },
        {
            isActive: ["desktop"],
            content: `Choose ${text}`,
            trigger: `.o-autocomplete--dropdown-item:contains("${text}")`,
            run: "click",
        },
        ...select(name, text).map((step) => ({...step, isActive: ["mobile"]})),
    ];
}

/** Press a button of the form, on a phone the one under the thumb. */
export function press(name) {
    return {
        content: `Press ${name}`,
        trigger: `.o_form_view button[name='${name}']`,
        run: "click",
    };
}

/** A survey time: the first Wednesday after a week, at 10:00. */
export function writeSurveyTime() {
    return {
        content: "Write the survey time",
        trigger: `.modal ${field("planned_at")} input`,
        async run({edit}) {
            // a working hour of the unit, wherever the browser stands
            const week = DateTime.now().setZone("Asia/Shanghai").plus({days: 7});
            const day = week.plus({days: (10 - week.weekday) % 7}).startOf("day");
            const at = day.set({hour: 10}).toLocal();
            await edit(formatDateTime(at));
        },
    };
}

/** Lay a picture into an input for files, as camera or explorer would. */
export async function giveFile(input, name) {
    const canvas = document.createElement("canvas");
    canvas.width = 64;
    canvas.height = 48;
    canvas.getContext("2d").fillRect(8, 8, 32, 32);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve));
    const files = new DataTransfer();
    files.items.add(new File([blob], name, {type: "image/png"}));
    input.files = files.files;
    input.dispatchEvent(new Event("change"));
}

/** Take a photo: the camera gives a file to the field. */
export function takePhoto() {
    return {
        content: "Take a photo",
        trigger: `${field("photo_ids")} .o_haerun_camera`,
        async run() {
            await giveFile(this.anchor.querySelector("input[type='file']"), "现场.png");
        },
    };
}

/** Attach a file, and wait until the server has it. */
export function attach(name, file, within = "") {
    return [
        {
            content: `Attach ${file}`,
            trigger: `${within} ${field(name)} .o_file_input`,
            async run() {
                await giveFile(this.anchor.querySelector("input[type='file']"), file);
            },
        },
        {
            content: `${file} is there`,
            trigger: `${within} ${field(name)} .o_attachment`,
        },
    ];
}

/** Confirm the window in front. */
export function confirm() {
    return {
        content: "Confirm",
        trigger: ".modal-footer button[name='action_confirm']",
        run: "click",
    };
}

/** Sign in the field of a form: open the pad, draw, adopt. */
export function sign(within = "") {
    return [
        {
            content: "Hand the phone to the customer",
            trigger: `${within} ${field("signature")} .o_signature`,
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
            trigger: `${within} ${field("signature")} img.o_signature`,
        },
    ];
}

/** Draw a stroke with the finger on the signature's pad. */
export function drawSignature(pad = ".modal canvas.o_web_sign_signature") {
    return {
        content: "The customer signs with the finger",
        trigger: pad,
        run() {
            const {left, top, width, height} = this.anchor.getBoundingClientRect();
            const point = (type, share) => {
                const event = new PointerEvent(type, {
                    bubbles: true,
                    button: 0,
                    buttons: type === "pointerup" ? 0 : 1,
                    cancelable: true,
                    clientX: left + width * share,
                    clientY: top + height * (0.3 + share / 2),
                    isPrimary: true,
                    pointerId: 1,
                    pointerType: "touch",
                    pressure: 0.5,
                });
                this.anchor.dispatchEvent(event);
            };
            point("pointerdown", 0.2);
            for (let share = 0.25; share < 0.8; share += 0.05) {
                point("pointermove", share);
            }
            point("pointerup", 0.8);
        },
    };
}
