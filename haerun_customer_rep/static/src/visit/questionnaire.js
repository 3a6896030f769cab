import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** What each kind of question is answered by. */
const CHOICE = {satisfaction: "rating", yes_no: "yes_no"};

/** A questionnaire (one2many): one question below the other, big buttons to answer. */
export class QuestionnaireField extends Component {
    static template = "haerun_customer_rep.QuestionnaireField";
    static props = {...standardFieldProps};

    get questions() {
        return this.props.record.data[this.props.name].records;
    }

    /** The field that a choice goes to, false for a question of plain text. */
    chosen(question) {
        return CHOICE[question.data.kind] || false;
    }

    options(question) {
        return question.fields[this.chosen(question)].selection;
    }

    label(question, name) {
        const options = question.fields[name].selection;
        return options.find(([value]) => value === question.data[name])?.[1] || "";
    }

    isBad(question) {
        return ["1", "2"].includes(question.data.rating);
    }

    choose(question, value) {
        const name = this.chosen(question);
        const again = question.data[name] === value;
        return question.update({[name]: again ? false : value});
    }

    write(question, ev) {
        return question.update({text: ev.target.value});
    }

    get hint() {
        return _t("Why, in the customer's words");
    }

    get answer() {
        return _t("Answer");
    }
}

export const questionnaireField = {
    component: QuestionnaireField,
    displayName: _t("Questionnaire"),
    supportedTypes: ["one2many"],
    useSubView: true,
};

registry.category("fields").add("haerun_questionnaire", questionnaireField);
