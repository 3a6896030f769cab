from odoo import http
from odoo.http import request
from odoo.tools import file_open

SCOPE = "/haerun/round"
WORKER = "haerun_meter/static/src/round_worker/service_worker.js"


class ReadingRoundPage(http.Controller):
    """The reader's page: it works in basements, also when it is opened there."""

    @http.route(SCOPE, type="http", auth="user", methods=["GET"])
    def reading_round(self, **_kw):
        """Render the page; what it shows it asks for itself, or has kept."""
        session_info = request.env["ir.http"].session_info()
        response = request.render(
            "haerun_meter.reading_round_page", {"session_info": session_info}
        )
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Frame-Options"] = "DENY"
        return response

    @http.route(
        f"{SCOPE}/service-worker.js", type="http", auth="public", methods=["GET"]
    )
    def reading_round_worker(self):
        """Send the service worker, for this page alone."""
        with file_open(WORKER) as file:
            body = file.read()
        return request.make_response(
            body,
            [
                ("Content-Type", "text/javascript"),
                ("Service-Worker-Allowed", SCOPE),
                ("Cache-Control", "no-cache"),
            ],
        )

    @http.route(
        f"{SCOPE}/manifest.webmanifest", type="http", auth="public", methods=["GET"]
    )
    def reading_round_manifest(self):
        """Describe the page as an app for the phone's home screen."""
        return request.make_json_response(
            {
                "name": "今日抄表",
                "short_name": "抄表",
                "id": SCOPE,
                "scope": SCOPE,
                "start_url": SCOPE,
                "display": "standalone",
                "background_color": "#ffffff",
                "theme_color": "#714B67",
                "icons": [
                    {
                        "src": "/haerun_meter/static/description/icon.png",
                        "sizes": "any",
                        "type": "image/png",
                    }
                ],
            },
            [("Content-Type", "application/manifest+json")],
        )
