import {_t} from "@web/core/l10n/translation";

const MINUTES = {hour: 60, day: 1440};

/** How long, in the largest unit that fits: "25 min", "2 h", "3 d". */
export function spanWords(minutes) {
    if (minutes < MINUTES.hour) {
        return _t("%s min", Math.max(1, Math.round(minutes)));
    }
    if (minutes < MINUTES.day) {
        return _t("%s h", Math.floor(minutes / MINUTES.hour));
    }
    return _t("%s d", Math.floor(minutes / MINUTES.day));
}

function dayWords(dueAt, now) {
    const time = dueAt.toFormat("HH:mm");
    const days = dueAt.startOf("day").diff(now.startOf("day"), "days").days;
    if (days < 1) {
        return _t("today %s", time);
    }
    if (days < 2) {
        return _t("tomorrow %s", time);
    }
    return dueAt.toFormat(dueAt.year === now.year ? "MM-dd HH:mm" : "yyyy-MM-dd HH:mm");
}

/**
 * A deadline in words: "overdue 2 h", "today 17:00", "3 working days left".
 *
 * @param {luxon.DateTime|false} dueAt
 * @param {Object} [options]
 * @param {string} [options.state] the matter's due_state; paused says so
 * @param {number} [options.daysLeft] working days after today until the deadline
 * @returns {string}
 */
export function dueWords(dueAt, {state, daysLeft} = {}) {
    if (state === "paused") {
        return _t("paused");
    }
    if (!dueAt) {
        return "";
    }
    const now = luxon.DateTime.local();
    if (dueAt < now) {
        return _t("overdue %s", spanWords(now.diff(dueAt, "minutes").minutes));
    }
    if (daysLeft > 1) {
        return _t("%s working days left", daysLeft);
    }
    return dayWords(dueAt, now);
}

/** The colour of a deadline that comes without its own due_state. */
export function dueState(dueAt) {
    if (!dueAt) {
        return "none";
    }
    return dueAt < luxon.DateTime.local() ? "red" : "green";
}

/** "for 张伟": whose matter a deputy works on. */
export function forWords(name) {
    return name ? _t("for %s", name) : "";
}

/** When a substitution ends, short; midnight belongs to the day before. */
export function untilWords(until) {
    const last = until.minus({minutes: 1});
    return _t("until %s", last.toFormat("MM-dd HH:mm"));
}
