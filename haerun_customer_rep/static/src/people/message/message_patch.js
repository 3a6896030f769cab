import { Message } from "@mail/core/common/message_model";
import { fields } from "@mail/core/common/record";
import { patch } from "@web/core/utils/patch";

/** A message written by a deputy knows the principal (B for A). */
patch(Message.prototype, {
    setup() {
        super.setup(...arguments);
        this.haerun_acting_for_id = fields.One("res.partner");
    },
});
