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
            name = measure["fieldName"]
            case.assertTrue(name == "__count" or model._fields[name].aggregator)
        for group in pivot["rows"] + pivot["columns"]:
            case.assertIn(group["fieldName"], model._fields)
    for source in [*data["pivots"].values(), *data["lists"].values()]:
        model = case.env[source["model"]]
        for matching in source["fieldMatching"].values():
            case.assertTrue(_reached(model, matching["chain"]))
        model.search_count(source["domain"])
        for column in source.get("columns", []):
            name = column["fieldName"] if isinstance(column, dict) else column
            case.assertIn(name, model._fields)
    for chart in _charts(data):
        model = case.env[chart["metaData"]["resModel"]]
        case.assertTrue(model._fields[chart["metaData"]["measure"]].aggregator)
        for matching in chart["fieldMatching"].values():
            case.assertTrue(_reached(model, matching["chain"]))
    for xmlid in data["chartOdooMenusReferences"].values():
        case.assertTrue(case.env.ref(xmlid))


def read_dashboard(case, dashboard, user):
    """Ask for everything a dashboard shows, as ``user``.

    :return: ``{name of the source: rows}``; charts by their titles
    """
    data = json.loads(dashboard.spreadsheet_data)
    found = {}
    for pivot in data["pivots"].values():
        model = case.env[pivot["model"]].with_user(user)
        found[pivot["name"]] = model.formatted_read_group(
            pivot["domain"],
            [group["fieldName"] for group in pivot["rows"] + pivot["columns"]],
            [_spec(model, one["fieldName"]) for one in pivot["measures"]],
        )
    for one in data["lists"].values():
        model = case.env[one["model"]].with_user(user)
        order = ", ".join(
            f"{by['name']} {'asc' if by['asc'] else 'desc'}" for by in one["orderBy"]
        )
        found[one["name"]] = model.search_read(
            one["domain"], one["columns"], order=order
        )
    for chart in _charts(data):
        meta = chart["metaData"]
        model = case.env[meta["resModel"]].with_user(user)
        found[chart["title"]["text"]] = model.formatted_read_group(
            chart["searchParams"]["domain"],
            meta["groupBy"],
            [_spec(model, meta["measure"])],
        )
    return found


def _charts(data):
    return [
        figure["data"]
        for sheet in data["sheets"]
        for figure in sheet["figures"]
        if figure["data"]["type"].startswith("odoo_")
    ]


def _reached(model, chain):
    """Whether a dotted name leads from field to field."""
    names = chain.split(".")
    for name in names[:-1]:
        if name not in model._fields:
            return False
        model = model[name]
    return names[-1] in model._fields


def _spec(model, name):
    return name if name == "__count" else f"{name}:{model._fields[name].aggregator}"
