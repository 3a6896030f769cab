"""A pytest plugin: what Odoo's runner or pytest would let pass quietly fails here.

* A skipped test has proved nothing: it fails, with the reason it gave.
* A test during which something logged an error fails, with that error.
"""

import logging

import pytest


class Errors(logging.Handler):
    """Keeps what is logged at ERROR or above, wherever it is logged."""

    def __init__(self):
        super().__init__(logging.ERROR)
        self.found = []

    def emit(self, record):
        text = self.format(record)
        self.found.append(f"{record.name}: {text}")

    def take(self):
        found, self.found = self.found, []
        return found


errors = Errors()


def pytest_sessionstart():
    logging.getLogger().addHandler(errors)


def fail(report, text):
    report.outcome = "failed"
    report.longrepr = text


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
        fail(report, f"{item.nodeid} was skipped, which counts as failed: {reason}")
    if report.when == "teardown" and (found := errors.take()) and report.passed:
        fail(report, "\n".join([f"{item.nodeid} left errors in the log:", *found]))
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    report = yield
    if report.skipped:
        fail(report, f"{collector.nodeid} was skipped, which counts as failed")
    return report
