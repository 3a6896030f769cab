import base64
import binascii

from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.http import content_disposition, request

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..models.hookup.haerun_hookup_project_page_acts import LARGEST
from .guesses import guesses

HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Frame-Options": "DENY",
}
DESIGN = (
    "unit_name",
    "qualification_no",
    "qualification_grade",
    "qualification_until",
    "contact_name",
    "contact_phone",
)
LIST = "/my/hookups"


class HookupPage(CustomerPortal):
    """The customer's page of a project: by its link, or by login of the customer."""

    # ------------------------------------------------------------ routes
    @http.route("/haerun/hookup/<string:token>", type="http", auth="public")
    def hookup_page(self, token, done=None, **_kw):
        """Show the project that the link opens."""
        project = self._project_of_link(token)
        if not project:
            return self._gone()
        return self._show(project, f"/haerun/hookup/{token}", done)

    @http.route("/haerun/hookup/<string:token>/plan", type="http", auth="public")
    def hookup_page_plan(self, token, **_kw):
        """Send the plan that the customer is asked to sign for."""
        return self._send_plan(self._project_of_link(token))

    @http.route(
        "/haerun/hookup/<string:token>/<string:act>",
        type="http",
        auth="public",
        methods=["POST"],
    )
    def hookup_page_act(self, token, act, **post):
        """Do what the customer asks on the page of the link."""
        project = self._project_of_link(token)
        if not project:
            return self._gone()
        return self._act(project, f"/haerun/hookup/{token}", act, post)

    @http.route(LIST, type="http", auth="user", website=True)
    def my_hookups(self, **_kw):
        """Show the applications of the customer who is logged in."""
        self._speak()
        values = self._prepare_portal_layout_values()
        values.update(projects=self._my_projects(), page_name="hookups")
        return self._private(
            request.render("haerun_customer_rep.portal_my_hookups", values)
        )

    @http.route(LIST + "/<string:number>", type="http", auth="user", website=True)
    def my_hookup(self, number, done=None, **_kw):
        """Show one application of the customer who is logged in."""
        self._speak()
        project = self._my_projects().filtered(lambda p: p.number == number)
        if not project:
            return self._gone()
        return self._show(project, f"{LIST}/{number}", done)

    @http.route(LIST + "/<string:number>/plan", type="http", auth="user", website=True)
    def my_hookup_plan(self, number, **_kw):
        """Send the plan to the customer who is logged in."""
        return self._send_plan(
            self._my_projects().filtered(lambda p: p.number == number)
        )

    @http.route(
        LIST + "/<string:number>/<string:act>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def my_hookup_act(self, number, act, **post):
        """Do what the customer who is logged in asks."""
        self._speak()
        project = self._my_projects().filtered(lambda p: p.number == number)
        if not project:
            return self._gone()
        return self._act(project, f"{LIST}/{number}", act, post)

    @http.route("/haerun/hookup-file/<int:project_id>", type="http", auth="user")
    def hookup_file(self, project_id, **_kw):
        """Send all papers of a project as one file to whoever may read it."""
        project = request.env["haerun.hookup.project"].browse(project_id)
        try:
            project.check_access("read")
            if not project.exists():
                return request.not_found()
            pdf = project._bundle()
        except (AccessError, MissingError):
            return request.not_found()
        return self._send_pdf(pdf, f"项目档案 {project.number}.pdf")

    # ------------------------------------------------------------ portal
    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "hookup_count" in counters:
            values["hookup_count"] = len(self._my_projects())
        return values

    def _my_projects(self):
        # sudo: customers have no right on projects; they are found by whose they are
        projects = request.env["haerun.hookup.project"].sudo()
        return projects.search([("partner_id", "=", request.env.user.partner_id.id)])

    # ----------------------------------------------------------- helpers
    def _speak(self):
        """Customers are spoken to in Chinese where it is installed."""
        if request.env["res.lang"]._get_data(code="zh_CN"):
            request.update_context(lang="zh_CN")

    def _project_of_link(self, token):
        self._speak()
        projects = request.env["haerun.hookup.project"]
        address = request.httprequest.remote_addr
        if guesses.too_many(address):
            return projects
        project = projects._by_page_token(token)
        if not project:
            guesses.note(address)
        return project

    def _private(self, response):
        response.headers.update(HEADERS)
        return response

    def _send_pdf(self, pdf, name):
        return self._private(
            request.make_response(
                pdf,
                [
                    ("Content-Type", "application/pdf"),
                    ("Content-Disposition", content_disposition(name)),
                ],
            )
        )

    def _send_plan(self, project):
        pdf = project and project._page_plan_pdf()
        if not pdf:
            return self._gone()
        return self._send_pdf(pdf, f"供水方案 {project.number}.pdf")

    def _gone(self):
        """Say the same of a wrong link, a stranger's and an ended one."""
        response = request.render("haerun_customer_rep.hookup_page_gone", status=404)
        return self._private(response)

    def _show(self, project, url, done=None, error=None, refused=None, typed=None):
        # an employee with the link looks on, but does nothing in the customer's name
        staff = request.env.user._is_internal()
        values = {
            "project": project,
            "url": url,
            "asks": set() if staff else project._page_asks(),
            "staff": staff,
            "done": bool(done),
            "error": error,
            "refused": refused,
            "typed": typed or {},
            "rating": project._page_rating(),
        }
        response = request.render("haerun_customer_rep.hookup_page", values)
        if error:
            response.status_code = 422
        return self._private(response)

    def _act(self, project, url, act, post):
        error = None
        perform = getattr(self, f"_act_{act}", None)
        if not perform or request.env.user._is_internal():
            return self._gone()
        try:
            with request.env.cr.savepoint():
                perform(project, post)
        except (UserError, ValidationError) as refusal:
            project.env.invalidate_all()
            # a link may be passed on: the page never tells the whole name
            error = str(refusal.args[0]).replace(
                project.applicant_name, project._page_name()
            )
        if error:
            return self._show(
                project, url, error=error, refused=act, typed={**post, "act": act}
            )
        return self._private(request.redirect(f"{url}?done=1", code=303))

    def _files(self, name):
        """Files of a form, read no further than what is taken."""
        files = request.httprequest.files.getlist(name)
        return [
            (file.filename, file.read(LARGEST + 1)) for file in files if file.filename
        ]

    # -------------------------------------------------------------- acts
    def _act_materials(self, project, post):
        material = post.get("material") or ""
        number = int(material) if material.isdecimal() else 0
        project._page_bring(number, self._files("files"))

    def _act_sign(self, project, post):
        drawn = (post.get("signature") or "").partition(",")[2]
        try:
            picture = base64.b64decode(drawn, validate=True)
        except binascii.Error:
            picture = b""
        for _name, content in self._files("photo")[:1]:
            picture = picture or content
        project._page_sign(post.get("signer_name"), picture)

    def _act_design(self, project, post):
        project._check_page_ask("design")
        project._choose_design(
            {name: (post.get(name) or "")[:200] for name in DESIGN}, how="page"
        )

    def _act_finish(self, project, post):
        project._page_finish(post.get("note"), self._files("files"))

    def _act_water(self, project, post):
        project._check_page_ask("water")
        day = post.get("day") or ""
        try:
            project._request_water_on(day, how="page")
        except ValueError as refusal:
            raise UserError(request.env._("Give a day.")) from refusal

    def _act_message(self, project, post):
        project._page_say(post.get("text"))

    def _act_rate(self, project, post):
        project._page_rate(post.get("stars"), post.get("text"))
