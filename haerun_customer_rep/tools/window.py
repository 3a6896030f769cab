"""What a button answers to open another screen."""


def open_form(model: str, res_id: int) -> dict:
    """Return the action that opens the form of one record.

    :param model: technical name of its model
    :param res_id: its database id
    """
    return {
        "type": "ir.actions.act_window",
        "res_model": model,
        "res_id": res_id,
        "views": [(False, "form")],
    }
