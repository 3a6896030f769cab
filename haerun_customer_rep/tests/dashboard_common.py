"""What a spreadsheet dashboard must hold to."""

import json


def check_dashboard(case, dashboard):
    """Every model, measure, group, filter and menu it asks for is one that there is.

    :param case: the test case
    :param dashboard: a ``spreadsheet.dashboard``
    """
    data = json.loads(dashboard.spreadsheet_data)
    case.assertTrue(data["pivots"])
    for pivot in data["pivots"].values():
        model = case.env[pivot["model"]]
        for measure in pivot["measures"]:
            case.assertTrue(model._fields[measure["fieldName"]].aggregator)
        for group in pivot["rows"] + pivot["columns"]:
            case.assertIn(group["fieldName"], model._fields)
        for matching in pivot["fieldMatching"].values():
            case.assertIn(matching["chain"], model._fields)
        model.search_count(pivot["domain"])
    for xmlid in data["chartOdooMenusReferences"].values():
        case.assertTrue(case.env.ref(xmlid))
