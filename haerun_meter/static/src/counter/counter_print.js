import {browser} from "@web/core/browser/browser";

/** Print a PDF without leaving the page; the browser's own window asks how. */
export function printPdf(url) {
    document.querySelector("iframe.o_haerun_counter_printer")?.remove();
    const frame = document.createElement("iframe");
    frame.className = "o_haerun_counter_printer";
    frame.setAttribute("aria-hidden", "true");
    frame.tabIndex = -1;
    frame.onload = () => {
        const typedIn = document.activeElement;
        try {
            frame.contentWindow.print();
        } catch {
            browser.open(url, "_blank"); // the PDF is shown by another program
        }
        // who types the next customer already goes on where he was
        typedIn?.focus();
    };
    frame.src = url;
    document.body.append(frame);
}
