import {RoundQueue, call, isOffline, isSessionExpired} from "./round_queue";
import {RoundDb} from "./round_db";
import {_t} from "@web/core/l10n/translation";
import {markRaw, reactive} from "@odoo/owl";
import {session} from "@web/session";
import {user} from "@web/core/user";

const {DateTime} = luxon;
const STALE = 10 * 60 * 1000;
const DONE = ["read", "held", "unread", "estimated", "queued"];

export function newUuid() {
    if (crypto.randomUUID) {
        return crypto.randomUUID();
    }
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function today() {
    return DateTime.now().setZone("Asia/Shanghai").toISODate();
}

/** The round on this phone: what the server said last, and what waits to be sent. */
export class RoundStore {
    /** Returns the reactive one, which is also what the queue's answers change. */
    constructor() {
        this.round = null;
        this.loadedAt = 0;
        this.loading = false;
        this.items = [];
        this.itemByTask = {};
        this.flying = false;
        this.online = navigator.onLine;
        this.loggedOut = false;
        this.problem = "";
        this.screen = "card";
        this.tab = "points";
        this.currentId = null;
        this.look = null;
        this.place = null;
        const store = reactive(this);
        this.db = markRaw(
            new RoundDb(`haerun-round-${session.db}-${user.userId}`)
        );
        this.queue = markRaw(
            new RoundQueue(this.db, user.userId, {
                changed: (items) => store.setItems(items),
                answered: (item, answer) => store.answered(item, answer),
                met: (error) => store.met(error),
                flying: (whether) => {
                    store.flying = whether;
                },
            })
        );
        return store;
    }

    async start() {
        window.addEventListener("online", () => this.setOnline(true));
        window.addEventListener("offline", () => this.setOnline(false));
        document.addEventListener("visibilitychange", () => {
            const old = Date.now() - this.loadedAt > STALE;
            if (document.visibilityState === "visible" && old) {
                this.refresh();
            }
        });
        try {
            await this.db.open();
        } catch {
            this.problem = _t(
                "This browser keeps nothing: leave the private mode, or nothing can be read here."
            );
            return;
        }
        const kept = await this.db.kept("round");
        if (kept) {
            this.setRound(kept.round);
            this.loadedAt = kept.at;
        }
        await this.queue.start();
        this.goToNext();
        this.watchPlace();
        await this.refresh();
    }

    // -------------------------------------------------------------------------
    // Network
    // -------------------------------------------------------------------------

    setOnline(whether) {
        this.online = whether;
        if (whether) {
            this.refresh();
        }
    }

    met(error) {
        if (!error) {
            this.online = true;
            this.loggedOut = false;
            this.problem = "";
        } else if (isSessionExpired(error)) {
            this.loggedOut = true;
        } else if (isOffline(error)) {
            this.online = false;
        } else {
            this.problem = error.data.message;
        }
    }

    /** Send what waits, then ask for the round anew. */
    async refresh() {
        if (this.loading) {
            return;
        }
        this.loading = true;
        try {
            await this.queue.flush();
            const round = await call("haerun.reading.round", "get_round", []);
            this.met(null);
            this.setRound(round);
            this.loadedAt = Date.now();
            await this.keep();
            if (!this.current) {
                this.goToNext();
            }
        } catch (error) {
            this.met(error);
        } finally {
            this.loading = false;
        }
    }

    keep() {
        const round = JSON.parse(JSON.stringify(this.round));
        return this.db.keep("round", {round, at: this.loadedAt});
    }

    watchPlace() {
        navigator.geolocation?.watchPosition(
            ({coords, timestamp}) => {
                this.place = {
                    latitude: coords.latitude,
                    longitude: coords.longitude,
                    at: timestamp,
                };
            },
            () => {
                this.place = null;
            },
            {enableHighAccuracy: true, maximumAge: 30000}
        );
    }

    setItems(items) {
        this.items = items;
        this.itemByTask = Object.fromEntries(items.map((item) => [item.taskId, item]));
    }

    setRound(round) {
        for (const point of round.catch_up) {
            point.isCatchUp = true;
        }
        this.round = round;
    }

    // -------------------------------------------------------------------------
    // What is shown
    // -------------------------------------------------------------------------

    get points() {
        return this.round?.points || [];
    }

    get catchUp() {
        return this.round?.catch_up || [];
    }

    get shownPoints() {
        return this.tab === "points" ? this.points : this.catchUp;
    }

    get current() {
        return this.pointOf(this.currentId);
    }

    pointOf(id) {
        return [...this.points, ...this.catchUp].find((point) => point.id === id);
    }

    get waiting() {
        return this.items.filter((item) => !item.parked);
    }

    get parked() {
        return this.items.filter((item) => item.parked);
    }

    /** The last thing on the phone about a point that the server has not taken. */
    itemOf(point) {
        return this.itemByTask[point.id];
    }

    /** due, read, held, unread, estimated, or queued, parked; caught for re-reads. */
    statusOf(point) {
        const item = this.itemOf(point);
        if (item) {
            return item.parked ? "parked" : "queued";
        }
        return point.caught ? "caught" : point.state;
    }

    isOpen(point) {
        const status = this.statusOf(point);
        if (point.isCatchUp) {
            return !["queued", "caught", "held", "read"].includes(status);
        }
        return !DONE.includes(status);
    }

    /**
     * Ids of open points whose turn had come when a later one was read (R58); one that
     * is to be read anew was no skip.
     */
    get skipped() {
        const furthest = {};
        for (const [turn, point] of this.points.entries()) {
            if (!this.isOpen(point)) {
                furthest[point.plan_id] = turn;
            }
        }
        return new Set(
            this.points
                .filter(
                    (point, turn) =>
                        this.isOpen(point) &&
                        !point.returned &&
                        turn < furthest[point.plan_id]
                )
                .map((point) => point.id)
        );
    }

    get openCount() {
        return this.points.filter((point) => this.isOpen(point)).length;
    }

    planOf(point) {
        return this.round.plans.find((plan) => plan.id === point.plan_id);
    }

    exceptionOf(code) {
        return this.round.exceptions.find((one) => one.code === code);
    }

    get conductAsked() {
        const {round} = this;
        const waits = this.items.some(
            (item) => item.kind === "conduct" && !item.parked && item.payload.day === today()
        );
        const done = round?.conduct.done && round.today === today();
        return Boolean(this.points.length && round.conduct.items.length && !done && !waits);
    }

    // -------------------------------------------------------------------------
    // What the reader does
    // -------------------------------------------------------------------------

    show(screen) {
        // the list may have been left on the other tab: turn and arrows are the card's
        if (screen === "card" && this.current) {
            this.tab = this.current.isCatchUp ? "catchUp" : "points";
        }
        this.screen = screen;
    }

    open(point) {
        this.currentId = point.id;
        this.tab = point.isCatchUp ? "catchUp" : "points";
        this.screen = "card";
    }

    move(step) {
        const points = this.shownPoints;
        const turn = points.findIndex((point) => point.id === this.currentId);
        const next = points[turn + step];
        if (next) {
            this.currentId = next.id;
        }
    }

    /** The next open point behind the present one, else the first open one. */
    goToNext() {
        const points = this.shownPoints;
        const turn = points.findIndex((point) => point.id === this.currentId);
        const behind = points.slice(turn + 1).find((point) => this.isOpen(point));
        const next = behind || points.find((point) => this.isOpen(point));
        if (next) {
            this.currentId = next.id;
        } else if (!this.current) {
            this.currentId = points[0]?.id || null;
        } else if (this.tab === "points") {
            this.screen = "tally";
        }
    }

    /** What is doubtful about a dial, as questions; the server judges (R62). */
    doubts(point, value) {
        const doubts = [];
        if (value >= 10 ** point.digits) {
            doubts.push(_t("The dial has %s digits: this is more.", point.digits));
        }
        if (point.previous === undefined) {
            return doubts;
        }
        const use = (value - point.previous) * point.multiplier;
        if (use < 0) {
            doubts.push(
                _t("Less than the previous reading %s: has the dial turned over?", point.previous)
            );
        } else if (point.high && use > point.high) {
            doubts.push(_t("%s m³ used: more than usual.", Math.round(use)));
        } else if (point.low && use < point.low) {
            doubts.push(_t("%s m³ used: less than usual.", Math.round(use)));
        }
        return doubts;
    }

    /** Save a reading of `point` on the phone and go on; it is sent by itself. */
    async save(point, {value, exception, remark, photo}) {
        for (const item of this.items.filter((one) => one.taskId === point.id)) {
            if (item.parked) {
                await this.queue.drop(item.uuid);
            }
        }
        const uuid = newUuid();
        const fresh = this.place && Date.now() - this.place.at < 120000;
        await this.queue.add({
            uuid,
            kind: "reading",
            taskId: point.id,
            label: `${point.address} ${point.place}`.trim(),
            payload: {
                uuid,
                meter_no: point.meter_no,
                read_at: new Date().toISOString(),
                value,
                exception: exception || null,
                remark: remark || null,
                photo: photo || null,
                period: point.period || null,
                latitude: fresh ? this.place.latitude : null,
                longitude: fresh ? this.place.longitude : null,
            },
        });
        this.goToNext();
    }

    async answered(item, answer) {
        if (item.kind === "conduct") {
            this.round.conduct.done ||= item.payload.day === this.round.today;
            await this.keep();
            return;
        }
        const {reading, task} = answer;
        const point = this.pointOf(item.taskId);
        if (!point) {
            return;
        }
        point.reading = reading;
        if (task && task.id === point.id) {
            point.state = task.state;
        }
        point.exception = reading.exception;
        if (point.isCatchUp && reading.value !== null) {
            point.caught = reading.state === "accepted";
        }
        await this.keep();
        if (reading.state === "held" || reading.flags.length) {
            this.look = {pointId: point.id, label: item.label, reading};
        }
    }

    async startDay(answers, remark) {
        await this.queue.add({
            uuid: newUuid(),
            kind: "conduct",
            taskId: null,
            label: _t("Checklist of conduct"),
            payload: {day: today(), answers, remark},
        });
    }

    async submit(plan) {
        await this.queue.flush();
        if (this.items.length) {
            return;
        }
        try {
            await call("haerun.reading.plan", "action_submit", [[plan.id]]);
            this.met(null);
        } catch (error) {
            this.met(error);
            return;
        }
        await this.refresh();
    }
}
