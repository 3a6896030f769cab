import {Component, useState} from "@odoo/owl";
import {
    BarcodeVideoScanner,
    isBarcodeScannerSupported,
} from "@web/core/barcode/barcode_video_scanner";
import {_t} from "@web/core/l10n/translation";

/** All points, to search, to filter and to jump; and what waits to be sent. */
export class RoundList extends Component {
    static template = "haerun_meter.RoundList";
    static components = {BarcodeVideoScanner};
    static props = {store: Object};

    setup() {
        this.store = useState(this.props.store);
        this.state = useState({
            text: "",
            filter: "all",
            scanning: false,
            hint: "",
            dropping: null,
        });
    }

    get filters() {
        const {store} = this;
        const points = store.shownPoints;
        const count = (wanted) => points.filter(wanted).length;
        return [
            {key: "all", label: _t("All"), count: points.length},
            {key: "open", label: _t("To read"), count: count((p) => store.isOpen(p))},
            {key: "done", label: _t("Done"), count: count((p) => !store.isOpen(p))},
            {key: "odd", label: _t("Odd"), count: count((p) => this.isOdd(p))},
            {key: "queue", label: _t("To send"), count: store.items.length},
        ];
    }

    /** Plans whose cards the auditor gave back, and why. */
    get returned() {
        return this.store.round?.plans.filter((plan) => plan.returned) || [];
    }

    isOdd(point) {
        const item = this.store.itemOf(point);
        return Boolean(
            item?.payload.exception ||
                point.exception ||
                point.state === "held" ||
                point.reading?.flags?.length ||
                this.store.skipped.has(point.id)
        );
    }

    get lines() {
        const {store} = this;
        const {filter, text} = this.state;
        const {skipped} = store;
        const wanted = {
            all: () => true,
            open: (point) => store.isOpen(point),
            done: (point) => !store.isOpen(point),
            odd: (point) => this.isOdd(point),
        }[filter];
        const words = text.trim().toLowerCase();
        return store.shownPoints
            .map((point, index) => ({point, turn: index + 1}))
            .filter(({point}) => wanted(point))
            .filter(
                ({point}) =>
                    !words ||
                    [
                        point.meter_no,
                        point.account_no,
                        point.account_name,
                        `${point.address} ${point.place}`,
                    ].some((field) => field.toLowerCase().includes(words))
            )
            .map(({point, turn}) => ({
                point,
                turn,
                status: store.statusOf(point),
                skipped: skipped.has(point.id),
                exception: this.exceptionOf(point),
                returned: store.isOpen(point) && point.returned,
            }));
    }

    exceptionOf(point) {
        const code = this.store.itemOf(point)?.payload.exception || point.exception;
        return code ? this.store.exceptionOf(code)?.name : "";
    }

    valueOf(point) {
        const item = this.store.itemOf(point);
        return (item ? item.payload.value : point.reading?.value) ?? "";
    }

    setTab(tab) {
        this.store.tab = tab;
        this.state.filter = "all";
    }

    // -------------------------------------------------------------------------
    // Bar code
    // -------------------------------------------------------------------------

    scan() {
        this.state.hint = "";
        if (isBarcodeScannerSupported()) {
            this.state.scanning = true;
        } else {
            this.onScanError();
        }
    }

    onScanError() {
        this.state.scanning = false;
        this.state.hint = _t("The camera cannot be used here: type the meter's number.");
    }

    onScanned(code) {
        const {store} = this;
        const number = code.trim();
        this.state.scanning = false;
        const point = [...store.points, ...store.catchUp].find(
            ({meter_no}) => meter_no === number
        );
        if (point) {
            store.open(point);
        } else {
            this.state.text = number;
            this.state.hint = _t("Meter %s is not on this round.", number);
        }
    }
}
