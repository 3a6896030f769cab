import {onMounted, onWillStart, onWillUnmount, useState} from "@odoo/owl";
import {useAutoRefresh} from "../live/auto_refresh";
import {useService} from "@web/core/utils/hooks";

const {DateTime} = luxon;
const TICK = 10000;

/**
 * What a wall screen shows: one call a minute; when the server is away the last
 * numbers stay, with the time they are of.
 *
 * @param {String} model with a method `get_wall`
 * @returns {{data: Object, stale: Boolean, now: Object}} reactive
 */
export function useWall(model) {
    const orm = useService("orm");
    const state = useState({data: null, stale: false, now: DateTime.now()});
    let timer = null;
    const load = async (by) => {
        state.data = await by.call(model, "get_wall", []);
        state.stale = false;
        state.now = DateTime.now();
    };
    onWillStart(() => load(orm));
    onMounted(() => {
        timer = setInterval(() => (state.now = DateTime.now()), TICK);
    });
    onWillUnmount(() => clearInterval(timer));
    useAutoRefresh(async () => {
        try {
            await load(orm.silent);
        } catch {
            // the last numbers stay; the next minute tries again
            state.stale = true;
        }
    });
    return state;
}
