const VERSION = 1;

/** A request of IndexedDB as a promise. */
function done(request) {
    return new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
}

/**
 * What the phone keeps: readings that wait (store "queue", by uuid) and the round as
 * last seen (store "kept", by name). One database a user and Odoo database, so that
 * nobody sends or sees what another took on the same phone.
 */
export class RoundDb {
    constructor(name) {
        this.name = name;
        this.db = null;
    }

    async open() {
        const request = indexedDB.open(this.name, VERSION);
        request.onupgradeneeded = () => {
            request.result.createObjectStore("queue", {keyPath: "uuid"});
            request.result.createObjectStore("kept");
        };
        this.db = await done(request);
        // the browser does not throw readings away when the phone runs full
        navigator.storage?.persist?.();
    }

    /** Run `work` on a store; resolves once the disk has it. */
    write(store, work) {
        return new Promise((resolve, reject) => {
            const transaction = this.db.transaction(store, "readwrite", {
                durability: "strict",
            });
            transaction.oncomplete = () => resolve();
            transaction.onerror = () => reject(transaction.error);
            transaction.onabort = () => reject(transaction.error);
            work(transaction.objectStore(store));
        });
    }

    read(store, work) {
        return done(work(this.db.transaction(store).objectStore(store)));
    }

    async queued() {
        const items = await this.read("queue", (store) => store.getAll());
        return items.sort((one, other) => one.at - other.at);
    }

    putQueued(item) {
        return this.write("queue", (store) => store.put(item));
    }

    dropQueued(uuid) {
        return this.write("queue", (store) => store.delete(uuid));
    }

    kept(name) {
        return this.read("kept", (store) => store.get(name));
    }

    keep(name, value) {
        return this.write("kept", (store) => store.put(value, name));
    }
}
