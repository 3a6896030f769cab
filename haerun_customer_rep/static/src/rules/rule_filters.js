import {_t} from "@web/core/l10n/translation";
import {deserializeDateTime} from "@web/core/l10n/dates";

/** A change of the last so many days is a recent one. */
const LATELY = 30;

export function changedLately({changed_at: changedAt}) {
    return (
        Boolean(changedAt) &&
        deserializeDateTime(changedAt) > luxon.DateTime.now().minus({days: LATELY})
    );
}

export const RULE_FILTERS = [
    {key: "now", label: () => _t("In force"), keeps: ({state}) => state === "now"},
    {
        key: "coming",
        label: () => _t("Not yet in force"),
        keeps: ({state}) => state === "coming",
    },
    {key: "past", label: () => _t("No longer in force"), keeps: ({state}) => state === "past"},
    {
        key: "to_confirm",
        label: () => _t("To confirm"),
        keeps: ({to_confirm: toConfirm}) => toConfirm,
    },
    {key: "lately", label: () => _t("Changed in 30 days"), keeps: changedLately},
    {key: "all", label: () => _t("All"), keeps: () => true},
];

/** Whether each of the words stands somewhere in what a rule says. */
export function matches({name, words, basis, code}, text) {
    const said = `${name} ${words} ${basis} ${code}`.toLowerCase();
    return text
        .toLowerCase()
        .split(/\s+/)
        .every((word) => said.includes(word));
}
