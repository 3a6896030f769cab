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


def verdict(whole: bool, message: str, sticky: bool = False) -> dict:
    """Return the notification of a check: green when all is as it was, else red.

    :param whole: whether it is
    :param message: one sentence, translated
    :param sticky: it stays until it is closed
    """
    return {
        "type": "ir.actions.client",
        "tag": "display_notification",
        "params": {
            "type": "success" if whole else "danger",
            "message": message,
            "sticky": sticky,
        },
    }


def download(file) -> dict:
    """Return the action that hands over a file.

    :param file: one ir.attachment
    """
    return {
        "type": "ir.actions.act_url",
        "url": f"/web/content/{file.id}?download=true",
        "target": "download",
    }
