import {onMounted, onWillUnmount} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";

const MINUTE = 60000;
const CALM = 1500;

/**
 * Load a page anew every minute while it is visible, when it becomes visible again
 * and when the user's activities change.
 *
 * @param {Function} load is called without arguments and must not raise
 */
export function useAutoRefresh(load) {
    const bus = useService("bus_service");
    let timer = null;
    let soon = null;
    const loadSoon = () => {
        clearTimeout(soon);
        soon = setTimeout(load, CALM);
    };
    const onVisible = () => {
        if (document.visibilityState === "visible") {
            loadSoon();
        }
    };
    const tick = () => {
        if (document.visibilityState === "visible") {
            load();
        }
    };
    onMounted(() => {
        timer = setInterval(tick, MINUTE);
        document.addEventListener("visibilitychange", onVisible);
        bus.subscribe("mail.activity/updated", loadSoon);
    });
    onWillUnmount(() => {
        clearInterval(timer);
        clearTimeout(soon);
        document.removeEventListener("visibilitychange", onVisible);
        bus.unsubscribe("mail.activity/updated", loadSoon);
    });
}
