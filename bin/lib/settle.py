"""Run by `odoo shell` in a new database: the product's language and time zone
for everybody, and the assets made before the first page asks for them.
"""

LANG, TZ = "zh_CN", "Asia/Shanghai"

env["res.lang"]._activate_lang(LANG)  # noqa: F821
env["ir.default"].set("res.partner", "lang", LANG)  # noqa: F821
env["ir.default"].set("res.partner", "tz", TZ)  # noqa: F821
users = env["res.users"].with_context(active_test=False).search([])  # noqa: F821
users.write({"lang": LANG, "tz": TZ})
# OdooBot's first chat would cover a phone's whole screen
users.write({"odoobot_state": "disabled"})
env["res.company"].search([]).partner_id.write({"lang": LANG, "tz": TZ})  # noqa: F821
env["ir.qweb"]._pregenerate_assets_bundles()  # noqa: F821
env.cr.commit()  # noqa: F821
