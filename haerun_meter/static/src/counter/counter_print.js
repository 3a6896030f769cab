import {browser} from "@web/core/browser/browser";

let watch = new AbortController();

/** Print a PDF without leaving the page; the browser's own window asks how. */
export function printPdf(url) {
    document.querySelector("iframe.o_haerun_counter_printer")?.remove();
    const frame = document.createElement("iframe");
    frame.className = "o_haerun_counter_printer";
    frame.setAttribute("aria-hidden", "true");
    frame.tabIndex = -1;
    keepCursor(frame);
    frame.onload = () => {
        try {
            frame.contentWindow.print();
        } catch {
            browser.open(url, "_blank"); // the PDF is shown by another program
        }
    };
    frame.src = url;
    document.body.append(frame);
}

/**
 * The browser's viewer takes the cursor when the PDF arrives, while the cashier types
 * the next customer already: he goes on where he was.
 */
function keepCursor(frame) {
    watch.abort();
    watch = new AbortController();
    const {signal} = watch;
    let typedIn = document.activeElement;
    const follow = ({target}) => {
        typedIn = target === frame ? typedIn : target;
    };
    const giveBack = () => {
        if ([frame, document.body].includes(document.activeElement)) {
            typedIn?.focus();
        }
    };
    document.addEventListener("focusin", follow, {signal});
    browser.addEventListener("blur", giveBack, {signal});
}
