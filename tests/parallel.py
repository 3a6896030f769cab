"""A pytest plugin: the tests of several files run on all cores, one file at a time
on each, the longest first. pytest-odoo gives every worker a copy of the test database
and an HTTP port of its own; here is what else they need to leave each other alone.
"""

import functools
import os
import shutil
from pathlib import Path
from unittest import mock

import pytest

from odoo.tests import common
from odoo.tools import config as odoo_config

HERE = Path(__file__).parent
WORKER = os.environ.get("PYTEST_XDIST_WORKER")


def pytest_xdist_auto_num_workers(config):
    """How many workers: none where there is one file or one core."""
    files = {argument.partition("::")[0] for argument in config.args}
    if len(files) == 1 and Path(files.pop()).is_file():
        return 0
    cores = min(len(os.sched_getaffinity(0)), 3)
    return cores if cores > 1 else 0


@pytest.hookimpl(tryfirst=True, wrapper=True)
def pytest_cmdline_main(config):
    """A log a worker, settled before pytest-odoo hands the options on."""
    if WORKER:
        config.option.odoo_extra = [
            f"{option.removesuffix('.log')}-{WORKER}.log"
            if option.startswith("logfile=")
            else option
            for option in config.option.odoo_extra
        ]
    return (yield)


def pytest_collection_modifyitems(items):
    """What has browsers and processes of its own takes longest and goes first, so
    that at the end nobody waits for the one who is left with it.
    """
    if WORKER:
        items.sort(key=lambda item: rank(item.path))


def rank(path):
    """0 to 2, the longest first."""
    if path.parent == HERE:
        return 0
    return 1 if path.name.startswith(("test_tour_", "test_rights_")) else 2


@pytest.fixture(scope="session", autouse=True)
def own_files(load_registry):
    """pytest-odoo lets all workers use the files of the database that they were
    copied from, and each would clear away what another is still writing.
    """
    if not WORKER:
        yield
        return
    (database,) = odoo_config["db_name"]
    filestore = functools.partial(type(odoo_config).filestore, odoo_config)
    own = filestore(database)
    shutil.rmtree(own, ignore_errors=True)
    shutil.copytree(filestore(database.removesuffix(f"-{WORKER}")), own)
    with mock.patch.object(odoo_config, "filestore", filestore):
        yield
    shutil.rmtree(own)


@pytest.fixture(scope="session", autouse=True)
def patience():
    """Browsers that share the machine may be slow: Odoo's limits, three times."""
    factor = property(lambda browser: 3, lambda browser, value: None)
    with (
        mock.patch.object(
            common.ChromeBrowser, "throttling_factor", factor, create=True
        ),
        mock.patch.object(common, "CHECK_BROWSER_ITERATIONS", 300),
    ):
        yield
