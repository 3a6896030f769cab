/* eslint-env serviceworker */

/*
 * The reader's page where there is no network. What Odoo gives a fingerprint
 * (/web/assets/) is taken from the phone first; the page and everything else that is
 * only read comes from the network, and from the phone when that gives no answer in
 * time. Calls of the server are never kept: the page has a queue of its own.
 */
const CACHE = "haerun-round-1";
const PAGE = "/haerun/round";
const EXTRA = [PAGE, "/web/static/lib/zxing-library/zxing-library.js"];
const PATIENCE = 4000;

function isKept(url) {
    return url.pathname.startsWith("/web/assets/") || url.pathname.includes("/static/");
}

/** An answer worth keeping: not a redirection to the login page, for one. */
function isGood(response) {
    return response.ok && !response.redirected && response.type === "basic";
}

async function fetchAndKeep(request) {
    const response = await fetch(request);
    if (isGood(response)) {
        const cache = await caches.open(CACHE);
        await cache.put(request, response.clone());
    }
    return response;
}

/** What the phone has; translations and the page whatever their parameters. */
async function fromPhone(request) {
    const cache = await caches.open(CACHE);
    const ignoreSearch = !isKept(new URL(request.url || request, location.origin));
    return cache.match(request, {ignoreSearch, ignoreVary: true});
}

async function phoneFirst(request) {
    return (await fromPhone(request)) || fetchAndKeep(request);
}

async function networkFirst(request) {
    const network = fetchAndKeep(request);
    const kept = await fromPhone(request);
    if (!kept) {
        return network;
    }
    let timer = null;
    const patience = new Promise((resolve) => {
        timer = setTimeout(() => resolve(kept), PATIENCE);
    });
    return Promise.race([network.catch(() => kept), patience]).finally(() =>
        clearTimeout(timer)
    );
}

self.addEventListener("install", (event) => {
    self.skipWaiting();
    event.waitUntil(Promise.allSettled(EXTRA.map((url) => fetchAndKeep(url))));
});

self.addEventListener("activate", (event) => {
    event.waitUntil(self.clients.claim());
});

self.addEventListener("fetch", (event) => {
    const {request} = event;
    const url = new URL(request.url);
    if (
        request.method !== "GET" ||
        url.origin !== location.origin ||
        url.pathname.startsWith("/web/dataset") ||
        url.pathname.startsWith("/web/login") ||
        url.pathname.startsWith("/web/session")
    ) {
        return;
    }
    event.respondWith(isKept(url) ? phoneFirst(request) : networkFirst(request));
});

/** The page tells what it is made of; former bundles go. */
async function keepOnly(urls) {
    const cache = await caches.open(CACHE);
    for (const request of await cache.keys()) {
        const old = request.url.includes("/web/assets/") && !urls.includes(request.url);
        if (old) {
            await cache.delete(request);
        }
    }
    await Promise.allSettled(
        urls.map(async (url) => (await cache.match(url)) || fetchAndKeep(url))
    );
}

self.addEventListener("message", (event) => {
    if (event.data?.urls) {
        event.waitUntil(keepOnly(event.data.urls));
    }
});
