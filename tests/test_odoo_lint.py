"""Odoo's own lint tests (its module test_lint), turned on our add-ons alone."""

from contextlib import contextmanager
from unittest import mock

from odoo.modules import Manifest
from odoo.tools import config

from odoo.addons.test_lint.tests import (
    test_dunderinit,
    test_i18n,
    test_index,
    test_jstranslate,
    test_manifests,
    test_naming,
    test_onchange_domains,
    test_orm_import,
    test_override_signatures,
    test_pofile,
    test_pylint,
    test_routes,
    test_test_holes,
)

from .translations import ADDONS


class Ours:
    """Odoo's tests walk over every manifest; let them see only ours."""

    def setUp(self):
        super().setUp()
        manifests = [Manifest.for_addon(name) for name in ADDONS]
        self.replace(Manifest, "all_addon_manifests", return_value=manifests)
        self.replace(test_pofile, "get_modules", return_value=list(ADDONS))
        # the one that goes by this root takes the other manifests beside it
        self.replace(
            type(config),
            "root_path",
            new_callable=mock.PropertyMock,
            return_value=manifests[0].path,
        )

    @contextmanager
    def subTest(self, msg=None, **what):
        """Some have tens of thousands: pytest's report of each took minutes."""
        try:
            yield
        except Exception as error:
            error.add_note(f"in {msg or 'the subtest'}: {what}")
            raise

    def replace(self, target, name, **how):
        patcher = mock.patch.object(target, name, **how)
        patcher.start()
        self.addCleanup(patcher.stop)


class TestManifest(Ours, test_manifests.ManifestLinter):
    pass


class TestInitFiles(Ours, test_dunderinit.TestDunderinit):
    pass


class TestTemplates(Ours, test_i18n.TestI18n):
    pass


class TestJavaScriptTerms(Ours, test_jstranslate.TestJsTranslations):
    pass


class TestNames(Ours, test_naming.TestNaming):
    pass


class TestOnchangeDomains(Ours, test_onchange_domains.TestOnchangeDomains):
    pass


class TestOrmImports(Ours, test_orm_import.TestDunderinit):
    pass


class TestOverrideSignatures(Ours, test_override_signatures.TestLintOverrideSignatures):
    def setUp(self):
        super().setUp()
        # it goes by the registry, in which OCA's add-ons lie too
        known = set(test_override_signatures.MODEL_METHODS_TO_IGNORE)
        known.add(("report.report_xlsx.partner_xlsx", "generate_xlsx_report"))
        known.add(("queue.job.channel", "write"))
        known.add(("queue.job.function", "write"))
        self.replace(test_override_signatures, "MODEL_METHODS_TO_IGNORE", new=known)


class TestPoFiles(Ours, test_pofile.PotLinter):
    pass


class TestIndexes(Ours, test_index.TestIndex):
    def setUp(self):
        super().setUp()
        known = test_index.BTREE_INDEX_IGNORE_FIELDS | self.covered()
        known.add("queue.job.function.channel_id")  # OCA's own
        self.replace(test_index, "BTREE_INDEX_IGNORE_FIELDS", new=known)

    def covered(self):
        """References to any model are asked for with the model, and an index of
        several columns serves its first one: no index of their own is needed.
        """
        found = set()
        for model in self.env.values():
            for field in model._fields.values():
                if not field.store or not model._auto:
                    continue
                if field.type == "many2one_reference":
                    begin = f"%({field.model_field}, {field.name}%"
                elif field.type == "many2one" and model._original_module in ADDONS:
                    begin = f"%({field.name}, %)"
                else:
                    continue
                self.env.cr.execute(
                    "SELECT 1 FROM pg_indexes WHERE tablename = %s"
                    " AND indexdef LIKE %s",
                    [model._table, begin],
                )
                if self.env.cr.rowcount:
                    found.add(str(field))
        return found


class TestPylint(Ours, test_pylint.TestPyLint):
    pass


class TestRoutes(Ours, test_routes.RoutesLinter):
    pass


class TestHoles(Ours, test_test_holes.TestTestHoles):
    pass
