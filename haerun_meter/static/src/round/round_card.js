import {Component, onMounted, onWillUnmount, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {shrink} from "@haerun_customer_rep/hookup/shrink";

const {DateTime} = luxon;
const LONG_SIDE = 1280;
const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", ".", "0", "back"];

/** The present meter: what is known of it, and the entry of what it says. */
export class RoundCard extends Component {
    static template = "haerun_meter.RoundCard";
    static props = {store: Object};

    setup() {
        this.store = useState(this.props.store);
        this.keys = KEYS;
        this.dial = useRef("dial");
        this.state = useState({
            value: "",
            exception: null,
            remark: "",
            photo: null,
            busy: false,
            sheet: null,
            doubts: [],
            hint: "",
            again: false,
        });
        const onKey = (event) => this.onKey(event);
        onMounted(() => window.addEventListener("keydown", onKey));
        onWillUnmount(() => window.removeEventListener("keydown", onKey));
    }

    get point() {
        return this.store.current;
    }

    get status() {
        return this.store.statusOf(this.point);
    }

    get item() {
        return this.store.itemOf(this.point);
    }

    /** Whether the keypad is shown: not yet read, or to be read anew. */
    get asks() {
        return this.state.again || this.store.isOpen(this.point);
    }

    get exception() {
        return this.state.exception && this.store.exceptionOf(this.state.exception);
    }

    get exceptionName() {
        const code = this.item?.payload.exception || this.point.exception;
        return code && this.store.exceptionOf(code)?.name;
    }

    get shownValue() {
        return this.item ? this.item.payload.value : this.point.reading?.value;
    }

    get turn() {
        const points = this.store.shownPoints;
        return points.findIndex((point) => point.id === this.point.id) + 1;
    }

    get isSkipped() {
        return this.store.skipped.has(this.point.id);
    }

    get knowsPrevious() {
        return this.point.previous !== undefined;
    }

    get previousDay() {
        const at = this.point.previous_at;
        return at ? DateTime.fromSQL(at, {zone: "utc"}).toLocal().toFormat("yyyy-MM-dd") : "";
    }

    get expected() {
        return this.point.expected ? Math.round(this.point.expected) : false;
    }

    get mapUrl() {
        const {latitude, longitude, address} = this.point;
        const place = encodeURIComponent(address);
        if (latitude && longitude) {
            return `https://uri.amap.com/marker?position=${longitude},${latitude}&name=${place}&coordinate=wgs84`;
        }
        return `https://uri.amap.com/search?keyword=${place}`;
    }

    // -------------------------------------------------------------------------
    // Entry
    // -------------------------------------------------------------------------

    press(key) {
        if (this.exception?.without_value) {
            return;
        }
        this.state.hint = "";
        if (key === "back") {
            this.state.value = this.state.value.slice(0, -1);
        } else if (key !== "." || (this.state.value && !this.state.value.includes("."))) {
            if (this.state.value.length < 13) {
                this.state.value += key;
            }
        }
    }

    onKey(event) {
        if (event.target.matches("input, textarea, select") || this.state.sheet) {
            return;
        }
        const key = event.key === "Backspace" ? "back" : event.key;
        if (this.asks && KEYS.includes(key)) {
            this.press(key);
        }
    }

    onDial(event) {
        this.state.hint = "";
        this.state.value = event.target.value.replace(/[^0-9.]/g, "").slice(0, 13);
    }

    choose(code) {
        this.state.exception = this.state.exception === code ? null : code;
        this.state.sheet = null;
        this.state.hint = "";
        if (this.exception?.without_value) {
            this.state.value = "";
        }
    }

    async onPhoto(event) {
        const [file] = event.target.files;
        event.target.value = "";
        if (!file) {
            return;
        }
        this.state.busy = true;
        try {
            this.state.photo = await shrink(file, LONG_SIDE);
            this.state.hint = "";
        } catch {
            this.state.hint = _t("A photo could not be read: take it again.");
        } finally {
            this.state.busy = false;
        }
    }

    // -------------------------------------------------------------------------
    // Saving
    // -------------------------------------------------------------------------

    get number() {
        const {value} = this.state;
        return value === "" ? null : Number(value);
    }

    /** What keeps the entry from being saved, in words, or nothing. */
    missing() {
        const {exception, number} = this;
        if (number === null && !exception) {
            return _t("Enter the dial, or choose the exception that kept you.");
        }
        if (number !== null && Number.isNaN(number)) {
            return _t("This is no number: enter it again.");
        }
        if (number === null && !exception.without_value) {
            return _t("With “%s” the dial can be read: enter it.", exception.name);
        }
        if (exception?.wants_photo && !this.state.photo) {
            return _t("“%s” needs a photo.", exception.name);
        }
        return "";
    }

    next() {
        this.state.hint = this.missing();
        if (this.state.hint || this.state.busy) {
            return;
        }
        const {number} = this;
        const doubts = number === null ? [] : this.store.doubts(this.point, number);
        if (doubts.length) {
            this.state.doubts = doubts;
            this.state.sheet = "doubt";
            return;
        }
        this.save();
    }

    reenter() {
        this.state.value = "";
        this.state.sheet = null;
    }

    async save() {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        const {exception, remark, photo} = this.state;
        await this.store.save(this.point, {value: this.number, exception, remark, photo});
        Object.assign(this.state, {
            value: "",
            exception: null,
            remark: "",
            photo: null,
            busy: false,
            sheet: null,
            doubts: [],
            again: false,
        });
    }

    skip() {
        const {currentId} = this.store;
        this.store.goToNext();
        if (this.store.currentId === currentId) {
            this.store.move(1);
        }
    }

    async giveUp() {
        this.state.sheet = null;
        await this.store.queue.drop(this.item.uuid);
    }
}
