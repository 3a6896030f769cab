import json
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase


class Json2Case(HttpCase):
    """Calls as other systems make them."""

    def _json2(self, user, model, method, **arguments):
        """Return the response to a call over JSON-2 with a key of ``user``."""
        key = (
            self.env["res.users.apikeys"]
            .with_user(user)
            ._generate("rpc", "test", fields.Datetime.now() + timedelta(days=1))
        )
        return self.url_open(
            f"/json/2/{model}/{method}",
            data=json.dumps(arguments),
            headers={
                "Authorization": f"Bearer {key}",
                "Content-Type": "application/json",
            },
        )
