import {useEffect, useState} from "@odoo/owl";

const ENOUGH = 64;
const MOST = 96;

/**
 * Pull a scrolled-up page down with the finger to load it anew.
 *
 * @param {Object} ref of the scrolling element
 * @param {Function} load
 * @returns {{distance: number, ready: boolean}} what an indicator shows
 */
export function usePullToRefresh(ref, load) {
    const pull = useState({distance: 0, ready: false});
    let from = null;
    const begin = (ev) => {
        from = ref.el.scrollTop <= 0 ? ev.touches[0].clientY : null;
    };
    const move = (ev) => {
        if (from === null) {
            return;
        }
        const distance = (ev.touches[0].clientY - from) / 2;
        pull.distance = Math.min(MOST, Math.max(0, distance));
        pull.ready = pull.distance >= ENOUGH;
    };
    const end = () => {
        if (pull.ready) {
            load();
        }
        from = null;
        pull.distance = 0;
        pull.ready = false;
    };
    useEffect(
        (el) => {
            const options = {passive: true};
            el.addEventListener("touchstart", begin, options);
            el.addEventListener("touchmove", move, options);
            el.addEventListener("touchend", end);
            el.addEventListener("touchcancel", end);
            return () => {
                el.removeEventListener("touchstart", begin, options);
                el.removeEventListener("touchmove", move, options);
                el.removeEventListener("touchend", end);
                el.removeEventListener("touchcancel", end);
            };
        },
        () => [ref.el]
    );
    return pull;
}
