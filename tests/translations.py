"""The add-ons' translatable terms against what their zh_CN.po says of them."""

import io
from pathlib import Path

import polib

from odoo.modules import Manifest
from odoo.tools.translate import trans_export

ROOT = Path(__file__).parent.parent
ADDONS = ("haerun_customer_rep", "haerun_meter", "haerun_service_ticket")
ODOO_ADDONS = ("base", "mail", "resource", "hr", "web")
LANG = "zh_CN"


def po_path(addon):
    return ROOT / addon / "i18n" / f"{LANG}.po"


def fresh_terms(env, addon):
    """The add-on's terms as Odoo exports them now: a ``polib.POFile``.

    The database must hold the add-on without its demo data, or the terms of the
    demo data would be counted in.
    """
    buffer = io.BytesIO()
    trans_export(None, [addon], buffer, "po", env)
    return polib.pofile(buffer.getvalue().decode())


def gaps(terms, po):
    """What keeps ``po`` from being complete: a list of one line a term."""
    known = {entry.msgid: entry for entry in po if not entry.obsolete}
    found = []
    for term in terms:
        entry = known.get(term.msgid)
        if entry is None:
            found.append(f"missing: {term.msgid}")
        elif entry.fuzzy:
            found.append(f"fuzzy: {term.msgid}")
        elif not entry.msgstr.strip():
            found.append(f"empty: {term.msgid}")
    return found


def odoo_terms():
    """What Odoo itself says for a term (that a mixin brings, say): a dict."""
    known = {}
    for addon in reversed(ODOO_ADDONS):
        path = Path(Manifest.for_addon(addon).path, "i18n", f"{LANG}.po")
        known.update((entry.msgid, entry.msgstr) for entry in polib.pofile(str(path)))
    return known


def refresh(env, addon):
    """Write the add-on's .pot and zh_CN.po anew; translations are kept, terms
    that are gone are dropped, new ones are added empty, or as Odoo has them.
    Returns the new gaps.
    """
    path = po_path(addon)
    terms = fresh_terms(env, addon)
    if not terms:
        return []
    path.parent.mkdir(exist_ok=True)
    for name in ("POT-Creation-Date", "PO-Revision-Date"):
        terms.metadata.pop(name, None)  # would make every refresh a change
    terms.save(str(path.with_name(f"{addon}.pot")))
    old, odoos = {}, odoo_terms()
    if path.exists():
        old = {entry.msgid: entry for entry in polib.pofile(str(path))}
    terms.metadata["Language"] = LANG
    for term in terms:
        if term.msgid in old:
            term.msgstr = old[term.msgid].msgstr
            term.flags = old[term.msgid].flags
        term.msgstr = term.msgstr or odoos.get(term.msgid, "")
    terms.save(str(path))
    return gaps(terms, terms)
