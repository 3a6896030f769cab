import {IntakeFound} from "@haerun_service_ticket/intake/intake_found";
import {deserializeDateTime, formatDateTime} from "@web/core/l10n/dates";
import {patch} from "@web/core/utils/patch";
import {useHotkey} from "@web/core/hotkeys/hotkey_hook";

/** What answers the caller at once: outages of his address, articles of his words. */
patch(IntakeFound.prototype, {
    setup() {
        super.setup();
        useHotkey("alt+o", () => this.answerOutage(this.data.outages[0]), {
            bypassEditableProtection: true,
            isAvailable: () => this.data.outages.length > 0,
        });
    },

    get data() {
        const data = this.props.record.data[this.props.name];
        return {
            ...super.data,
            outages: data?.outages || [],
            articles: data?.articles || [],
        };
    },

    get onTheSpot() {
        return this.props.record.data.on_the_spot;
    },

    moment(text) {
        const at = text && deserializeDateTime(text);
        return at ? formatDateTime(at, {format: "MM-dd HH:mm"}) : "";
    },

    /** Told and closed by one key, and the next call. */
    async answerOutage(outage) {
        await this.act({outage_id: outage.id}, "action_answer_outage");
    },

    /** Its answer is put into what the customer is told. */
    async answerArticle(article) {
        await this.props.record.update({
            article_id: {id: article.id, display_name: article.name},
        });
    },

    async act(values, name) {
        const {record} = this.props;
        await record.update(values);
        if (await record.save()) {
            await this.action.doActionButton({
                type: "object",
                name,
                resModel: record.resModel,
                resId: record.resId,
                resIds: [record.resId],
                context: record.context,
            });
        }
    },
});
