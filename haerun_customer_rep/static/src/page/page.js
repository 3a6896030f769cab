import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** The customer draws the signature by finger or mouse. */
export class HaerunPageSign extends Interaction {
    static selector = ".o_haerun_page_sign";
    dynamicContent = {
        ".o_haerun_page_canvas": {
            "t-att-class": () => ({ "d-none": false }),
            "t-on-pointerdown": this.onDown,
            "t-on-pointermove": this.onMove,
            "t-on-pointerup": this.onUp,
            // the finger slides off, or a call comes in: what is drawn counts
            "t-on-pointerleave": this.onUp,
            "t-on-pointercancel": this.onUp,
        },
        ".o_haerun_page_clear": {
            "t-att-class": () => ({ "d-none": false }),
            "t-on-click": this.onClear,
        },
    };

    setup() {
        this.canvas = this.el.querySelector("canvas");
        this.field = this.el.querySelector("[name=signature]");
        this.pen = this.canvas.getContext("2d");
        this.pen.lineWidth = 4;
        this.pen.lineCap = "round";
        const kept = this.field.value;
        this.onClear();
        if (kept.startsWith("data:image/png;")) {
            this.redraw(kept);
        }
    }

    /** A refused form comes back with what was drawn. */
    redraw(kept) {
        const picture = new Image();
        picture.onload = () => {
            this.pen.drawImage(picture, 0, 0);
            this.inked = true;
            this.field.value = kept;
        };
        picture.src = kept;
    }

    place(ev) {
        const box = this.canvas.getBoundingClientRect();
        return [
            ((ev.clientX - box.left) * this.canvas.width) / box.width,
            ((ev.clientY - box.top) * this.canvas.height) / box.height,
        ];
    }

    onDown(ev) {
        if (!ev.isPrimary || ev.button) {
            return; // a second finger, another button
        }
        ev.preventDefault();
        this.drawing = true;
        this.pen.beginPath();
        this.pen.moveTo(...this.place(ev));
    }

    onMove(ev) {
        if (this.drawing && ev.isPrimary) {
            this.pen.lineTo(...this.place(ev));
            this.pen.stroke();
            this.inked = true;
        }
    }

    onUp(ev) {
        if (!this.drawing || !ev.isPrimary) {
            return;
        }
        this.drawing = false;
        // a mere touch is no signature
        if (this.inked) {
            this.field.value = this.canvas.toDataURL("image/png");
        }
    }

    onClear() {
        this.drawing = false;
        this.inked = false;
        this.pen.clearRect(0, 0, this.canvas.width, this.canvas.height);
        this.field.value = "";
    }
}

registry
    .category("public.interactions")
    .add("haerun_customer_rep.page_sign", HaerunPageSign);
