import {registry} from "@web/core/registry";

// Staff have no account at Odoo and ask their own people for help
const items = registry.category("user_menuitems");
for (const name of ["odoo_account", "support"]) {
    if (items.contains(name)) {
        items.remove(name);
    }
}
