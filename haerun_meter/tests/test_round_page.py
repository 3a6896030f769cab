from odoo.tests import HttpCase, tagged

from .round_common import RoundCommon

PAGE = "/haerun/round"


@tagged("-at_install", "post_install")
class TestRoundPage(RoundCommon, HttpCase):
    def test_page(self):
        """R58: the page is the reader's; who is not logged in is asked to."""
        answer = self.url_open(PAGE, allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
        self.assertIn("/web/login", answer.headers["Location"])
        self.assertIn("round", answer.headers["Location"])
        self.authenticate(self.user_reader.login, self.user_reader.login)
        answer = self.url_open(PAGE)
        self.assertEqual(answer.status_code, 200)
        self.assertIn("haerun_meter.assets_round", answer.text)
        self.assertIn(f'"uid": {self.user_reader.id}', answer.text)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")

    def test_service_worker(self):
        """R58: the worker may serve the page, and a new one is seen at once."""
        answer = self.url_open(f"{PAGE}/service-worker.js")
        self.assertEqual(answer.status_code, 200)
        self.assertIn("text/javascript", answer.headers["Content-Type"])
        self.assertEqual(answer.headers["Service-Worker-Allowed"], PAGE)
        self.assertEqual(answer.headers["Cache-Control"], "no-cache")
        self.assertIn("haerun-round", answer.text)

    def test_manifest(self):
        """R58: the page can lie on the phone's home screen."""
        manifest = self.url_open(f"{PAGE}/manifest.webmanifest").json()
        self.assertEqual((manifest["scope"], manifest["start_url"]), (PAGE, PAGE))
