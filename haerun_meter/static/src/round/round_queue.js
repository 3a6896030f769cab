import {ConnectionLostError, rpc} from "@web/core/network/rpc";
import {user} from "@web/core/user";

const EVERY = 30000;
const PATIENCE = 90000;
const BATCH = 20;
const BATCH_CHARACTERS = 4000000;
const MODEL = "haerun.reading.round";

/** Call a method of the server in the user's language; a network that hangs is none. */
export function call(model, method, args) {
    const request = rpc(
        `/web/dataset/call_kw/${model}/${method}`,
        {model, method, args, kwargs: {context: user.context}},
        {silent: true}
    );
    let timer = null;
    const late = new Promise((_resolve, reject) => {
        timer = setTimeout(() => reject(new ConnectionLostError(method)), PATIENCE);
    });
    return Promise.race([request, late]).finally(() => clearTimeout(timer));
}

export function isSessionExpired(error) {
    return error?.data?.name === "odoo.http.SessionExpiredException";
}

/** No answer of Odoo: no network, or a proxy that answers in its place. */
export function isOffline(error) {
    return !error?.data?.name;
}

/**
 * Readings and checklists on their way to the server: kept on the phone first, sent
 * in order by one flight at a time, and dropped only when the server has said so. What
 * it refuses is parked with its reason, and stays until the reader has dealt with it.
 */
export class RoundQueue {
    /**
     * @param {import("./round_db").RoundDb} db
     * @param {number} userId
     * @param {Object} on `changed(items)`, `answered(item, answer)`, `met(error)`,
     *  `flying(whether)`
     */
    constructor(db, userId, on) {
        this.db = db;
        this.userId = userId;
        this.on = on;
        this.items = [];
        this.flight = null;
    }

    async start() {
        this.items = await this.db.queued();
        this.on.changed(this.items);
        window.addEventListener("online", () => this.flush());
        document.addEventListener("visibilitychange", () => {
            if (document.visibilityState === "visible") {
                this.flush();
            }
        });
        setInterval(() => this.flush(), EVERY);
    }

    get waiting() {
        return this.items.filter((item) => !item.parked);
    }

    async add(item) {
        const queued = {...item, at: Date.now(), parked: null};
        await this.db.putQueued(queued);
        this.items = [...this.items, queued];
        this.on.changed(this.items);
        this.flush();
    }

    async drop(uuid) {
        await this.db.dropQueued(uuid);
        this.items = this.items.filter((item) => item.uuid !== uuid);
        this.on.changed(this.items);
    }

    async park(item, code, error) {
        const parked = {...item, parked: {code, error}};
        await this.db.putQueued(parked);
        this.items = this.items.map((one) => (one.uuid === item.uuid ? parked : one));
        this.on.changed(this.items);
    }

    /** Send what waits; callers meanwhile get the flight that is in the air. */
    flush() {
        this.flight ??= this.alone(() => this.sendAll()).finally(() => {
            this.flight = null;
        });
        return this.flight;
    }

    /** Two tabs of one phone do not send the same at the same time. */
    async alone(work) {
        if (!navigator.locks) {
            return work();
        }
        return navigator.locks.request(
            this.db.name,
            {ifAvailable: true},
            (lock) => lock && work()
        );
    }

    async sendAll() {
        if (!this.waiting.length) {
            return;
        }
        this.on.flying(true);
        try {
            for (let batch = this.batch(); batch.length; batch = this.batch()) {
                await this.sendBatch(batch);
            }
            this.on.met(null);
        } catch (error) {
            this.on.met(error);
        } finally {
            this.on.flying(false);
        }
    }

    /** The next items that go in one call: one checklist, or some readings. */
    batch() {
        const batch = [];
        let size = 0;
        for (const item of this.waiting) {
            size += item.payload.photo?.length || 0;
            const fits = batch.length < BATCH && size < BATCH_CHARACTERS;
            if (batch.length && (!fits || item.kind !== batch[0].kind)) {
                break;
            }
            batch.push(item);
            if (item.kind === "conduct") {
                break;
            }
        }
        return batch;
    }

    async sendBatch(batch) {
        try {
            await this.deliver(batch);
        } catch (error) {
            if (isOffline(error) || isSessionExpired(error) || this.isStranger(error)) {
                throw error;
            }
            if (batch.length > 1) {
                // one of them spoils the call: find it, so that the others arrive
                for (const item of batch) {
                    await this.sendBatch([item]);
                }
            } else {
                await this.park(batch[0], "error", error.data.message);
            }
        }
    }

    /** Refused as a whole: somebody else has logged in on this phone. */
    isStranger(error) {
        return error.data.name === "odoo.exceptions.AccessError";
    }

    async deliver(batch) {
        const [first] = batch;
        if (first.kind === "conduct") {
            const {day, answers, remark} = first.payload;
            await call(MODEL, "start_day", [day, answers, this.userId, remark]);
            await this.on.answered(first, null);
            await this.drop(first.uuid);
            return;
        }
        const payloads = batch.map((item) => item.payload);
        const answers = await call(MODEL, "send", [payloads, this.userId]);
        for (const [number, answer] of answers.entries()) {
            const item = batch[number];
            if (answer.code) {
                await this.park(item, answer.code, answer.error);
            } else {
                await this.on.answered(item, answer);
                await this.drop(item.uuid);
            }
        }
    }
}
