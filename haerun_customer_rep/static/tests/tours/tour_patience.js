import {registry} from "@web/core/registry";

/* What a tour waits for may take its time: a machine that several browsers share is
 * slow at times, which is no mistake of the page. Odoo gives a step ten seconds. */
const PATIENCE = 60000;

const tours = registry.category("web_tour.tours");
const wait = (tour) => {
    tour.timeout = PATIENCE;
};

tours.getAll().forEach(wait);
tours.addEventListener("UPDATE", ({detail: {operation, value}}) => {
    if (operation === "add") {
        wait(value);
    }
});
