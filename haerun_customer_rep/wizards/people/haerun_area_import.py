from odoo import fields, models
from odoo.exceptions import UserError

CLASSES = ("engineering", "marketing", "service")


class AreaImport(models.TransientModel):
    """Service areas from a table of streets and keywords (R16).

    An area is known by its code, else by its name under its parent: a row of a known
    area changes it, so that the same file can be corrected and loaded again.
    """

    _name = "haerun.area.import"
    _inherit = "haerun.import.wizard"
    _description = "Import of Service Areas"
    _import_model = "haerun.service.area"

    def _import_prepare(self, rows):
        posts = self._posts_by_name(rows)
        units = self._units_by_name(rows)
        values = [self._row_values(row, posts, units) for row in rows]
        return self._refuse_contradictions(values)

    def _refuse_contradictions(self, values):
        """One area twice with different content: the later row would win unseen."""
        seen = {}
        checked = []
        for vals in values:
            if isinstance(vals, dict):
                key = vals.get("code") or (vals["parent"], vals["name"])
                if seen.setdefault(key, vals) != vals:
                    vals = self.env._(
                        "Area %(area)s stands in the file before with other content: "
                        "put all of it into one row.",
                        area=vals["name"],
                    )
            checked.append(vals)
        return checked

    def _import_identity(self, row):
        return None  # a repeated row says the same again and changes nothing

    def _import_create(self, vals_list):
        """Row by row: the parent of a row may be the row before."""
        areas = self.env[self._import_model]
        for vals in vals_list:
            areas |= self._upsert(dict(vals))
        return areas

    def _row_values(self, row, posts, units):
        """The values of one row, or a sentence why it cannot come in."""
        name = row.get("name", "").strip()
        if not name:
            return self.env._("The row has no name of an area: fill it in.")
        vals = {
            code: text
            for code in ("code", "keywords")
            if (text := row.get(code, "").strip())
        }
        vals["name"] = name
        vals["parent"] = row.get("parent", "").strip()
        if unit := row.get("unit", "").strip():
            if len(units.get(unit, ())) != 1:
                return self.env._(
                    "No single unit is called %(unit)s: correct its name.", unit=unit
                )
            vals["unit_id"] = units[unit].id
        vals["posts"] = []
        for rep_class in CLASSES:
            if not (person := row.get(rep_class, "").strip()):
                continue
            found = posts.get((rep_class, person), ())
            if len(found) != 1:
                return self.env._(
                    "%(count)s valid posts of this class are held by %(person)s: "
                    "correct the name or appoint them first.",
                    count=len(found),
                    person=person,
                )
            vals["posts"].append(found.id)
        return vals

    def _posts_by_name(self, rows):
        names = {
            row.get(rep_class, "").strip() for row in rows for rep_class in CLASSES
        }
        posts = self.env["haerun.representative"].search(
            [("name", "in", list(names - {""})), ("state", "=", "valid")]
        )
        return posts.grouped(lambda post: (post.rep_class, post.name))

    def _units_by_name(self, rows):
        names = {row.get("unit", "").strip() for row in rows} - {""}
        units = self.env["hr.department"].search([("name", "in", list(names))])
        return units.grouped("name")

    def _upsert(self, vals):
        Area = self.env[self._import_model]
        posts = self.env["haerun.representative"].browse(vals.pop("posts"))
        if parent_name := vals.pop("parent"):
            vals["parent_id"] = self._parent(parent_name).id
        domain = [("code", "=", vals["code"])] if vals.get("code") else None
        area = Area.search(domain, limit=1) if domain else Area
        area = area or Area.search(
            [
                ("name", "=", vals["name"]),
                ("parent_id", "=", vals.get("parent_id", False)),
            ],
            limit=1,
        )
        if area:
            area.write(vals)
        else:
            area = Area.create(vals)
        for post in posts:
            line = area.responsible_ids.filtered(
                lambda line, post=post: line.rep_class == post.rep_class
            )
            if line:
                line.representative_id = post
            else:
                area.responsible_ids = [
                    fields.Command.create({"representative_id": post.id})
                ]
        return area

    def _parent(self, text):
        """The parent area by code, full name or name."""
        Area = self.env[self._import_model]
        for field in ("code", "complete_name", "name"):
            found = Area.search([(field, "=", text)], limit=2)
            if len(found) == 1:
                return found
        raise UserError(
            self.env._(
                "No single area is called %(area)s: put its row before this one or "
                "name it by its code.",
                area=text,
            )
        )
