import {RoundApp} from "./round_app";
import {RoundStore} from "./round_store";
import {mountComponent} from "@web/env";
import {whenReady} from "@odoo/owl";

const PAGE = "/haerun/round";

/** Tell the service worker what this page is made of, so that it starts offline. */
async function stayOnPhone() {
    if (!navigator.serviceWorker) {
        return;
    }
    await navigator.serviceWorker.register(`${PAGE}/service-worker.js`, {scope: PAGE});
    const {active} = await navigator.serviceWorker.ready;
    const parts = [...document.querySelectorAll("script[src], link[rel='stylesheet']")];
    const loaded = performance.getEntriesByType("resource").map(({name}) => name);
    const urls = [...parts.map((part) => part.src || part.href), ...loaded].filter(
        (url) => url.startsWith(location.origin) && !url.includes("/web/dataset/")
    );
    active.postMessage({urls: [...new Set(urls)]});
}

(async () => {
    await whenReady();
    const store = new RoundStore();
    const started = store.start();
    await mountComponent(RoundApp, document.body, {props: {store}});
    await started;
    await stayOnPhone();
})();
