"""Doing one step of a long job anew when another transaction was faster."""

import logging

from odoo.service.model import (
    MAX_TRIES_ON_CONCURRENCY_FAILURE,
    PG_CONCURRENCY_EXCEPTIONS_TO_RETRY,
)

_logger = logging.getLogger(__name__)

#: raised by PostgreSQL though nothing is wrong: to be tried again, never to be
#: taken for the failure of a record
CONCURRENCY_ERRORS = PG_CONCURRENCY_EXCEPTIONS_TO_RETRY


def retry(cr, step, *args):
    """Return ``step(*args)``, all of it sent to the database.

    For a job that commits after each step: when another transaction was faster, the
    step is rolled back and done on what that one has left, five times at most.
    """
    for tries_left in reversed(range(MAX_TRIES_ON_CONCURRENCY_FAILURE)):
        try:
            result = step(*args)
            cr.flush()
            return result
        except CONCURRENCY_ERRORS as error:
            cr.rollback()
            if not tries_left:
                raise
            _logger.info("%s: the step is done anew", type(error).__name__)
