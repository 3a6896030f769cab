"""The three add-ons in a database of their own, in Odoo processes of their own:
installed without demo data, upgraded, translated, uninstalled.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import psycopg2
import pytest

from . import translations

ADDONS = translations.ADDONS
CONF = translations.ROOT / "odoo.conf"
DATABASE = os.environ["HAERUN_TEST_DATABASE"] + "_lifecycle"
TEMPLATE = os.environ["HAERUN_TEMPLATE"]
FILES = Path(os.environ["HAERUN_DATA"], "filestore")
EXPORT = """
import sys
sys.path.insert(0, ".")
from pathlib import Path
from tests import translations
for addon in translations.ADDONS:
    translations.fresh_terms(env, addon).save(str(Path({folder!r}, addon + ".po")))
"""


def odoo(*arguments, stdin=""):
    """Run Odoo; its log must have no error, whatever its exit code says."""
    launcher = Path(sys.executable).with_name("odoo")
    run = subprocess.run(
        [launcher, *arguments],
        cwd=CONF.parent,
        input=stdin,
        capture_output=True,
        text=True,
    )
    errors = re.findall(r"^.* (?:ERROR|CRITICAL) .*$", run.stderr, re.MULTILINE)
    assert not errors and run.returncode == 0, run.stderr[-6000:]


def batch(*arguments):
    common = ("-c", CONF, "-d", DATABASE, "--no-http", "--stop-after-init")
    odoo("server", *common, "--max-cron-threads=0", *arguments)


def query(statement, database=DATABASE):
    connection = psycopg2.connect(dbname=database)
    connection.autocommit = True
    try:
        with connection.cursor() as cr:
            cr.execute(statement)
            return cr.fetchall() if cr.description else None
    finally:
        connection.close()


def states():
    return dict(
        query("SELECT name, state FROM ir_module_module WHERE name LIKE 'haerun\\_%'")
    )


def drop():
    query(f'DROP DATABASE IF EXISTS "{DATABASE}" WITH (FORCE)', "postgres")
    shutil.rmtree(FILES / DATABASE, ignore_errors=True)


@pytest.fixture(scope="module", autouse=True)
def installed():
    drop()
    query(f'CREATE DATABASE "{DATABASE}" TEMPLATE "{TEMPLATE}"', "postgres")
    if (FILES / TEMPLATE).is_dir():
        shutil.copytree(FILES / TEMPLATE, FILES / DATABASE)
    batch("-i", ",".join(ADDONS))
    yield
    drop()


def test_install():
    assert states() == dict.fromkeys(ADDONS, "installed")


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("terms")
    odoo(
        *("shell", "-c", CONF, "-d", DATABASE, "--no-http"),
        stdin=EXPORT.format(folder=str(folder)),
    )
    return folder


@pytest.mark.parametrize("addon", ADDONS)
def test_translations_are_complete(exported, addon):
    """`bin/haerun translate` adds the missing terms to the file, empty."""
    terms = polib.pofile(str(exported / f"{addon}.po"))
    path = translations.po_path(addon)
    translated = polib.pofile(str(path)) if path.exists() else []
    assert translations.gaps(terms, translated) == []


def test_upgrade():
    before = query("SELECT count(*) FROM ir_model_data WHERE module LIKE 'haerun%'")
    batch("-u", ADDONS[0])
    assert states() == dict.fromkeys(ADDONS, "installed")
    after = query("SELECT count(*) FROM ir_model_data WHERE module LIKE 'haerun%'")
    assert after == before


def test_uninstall():
    odoo("module", "uninstall", "-c", CONF, "-d", DATABASE, ADDONS[0])
    assert states() == dict.fromkeys(ADDONS, "uninstalled")
    left = query(
        """
        SELECT 'table', tablename FROM pg_tables WHERE tablename LIKE 'haerun\\_%'
        UNION ALL
        SELECT 'model', model FROM ir_model WHERE model LIKE 'haerun.%'
        UNION ALL
        SELECT 'xml id', module || '.' || name FROM ir_model_data
        WHERE module LIKE 'haerun\\_%'
        """
    )
    assert left == []
