"""What the benchmarks share: an Odoo environment, and races run in turns.

Absolute figures drift with the machine, so a benchmark never times its subject
alone: :func:`race` runs floor and subject in turns within one process and prints the
medians and their ratio.
"""

import argparse
import gc
import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

os.environ["TZ"] = "UTC"  # as Odoo's server does, before it is imported
time.tzset()


def parse_args(description: str, add_options: Callable | None = None):
    """Parse ``-c odoo.conf -d DB`` and the benchmark's own options.

    Options that are not known here go to Odoo (``--addons-path=…`` and others).

    :param add_options: takes the parser and adds the benchmark's own options
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("-c", "--config", required=True, help="odoo.conf")
    parser.add_argument("-d", "--database", required=True)
    parser.add_argument("--rounds", type=int, default=5)
    if add_options:
        add_options(parser)
    options, for_odoo = parser.parse_known_args()
    options.odoo = for_odoo
    return options


@contextmanager
def odoo_env(options, database: str | None = None) -> Iterator:
    """Open an Odoo environment as superuser; whatever it does is rolled back.

    :param database: another one than the options name, see :func:`scratch_copy`
    """
    import odoo
    from odoo.modules.registry import Registry

    configure(options)
    with Registry(database or options.database).cursor() as cr:
        try:
            yield odoo.api.Environment(cr, odoo.SUPERUSER_ID, {})
        finally:
            cr.rollback()


def configure(options) -> None:
    from odoo.tools import config

    config.parse_config(
        ["-c", options.config, "-d", options.database, "--log-level=warn"]
        + options.odoo
    )


@contextmanager
def scratch_copy(options, suffix: str) -> Iterator[str]:
    """Copy the database, without its files, under a name that is yielded; drop it.

    PostgreSQL copies only a database to which nobody is connected: stop its server.
    """
    from odoo import sql_db

    configure(options)
    name = f"{options.database}_{suffix}"

    def administer(*statements):
        with closing(sql_db.db_connect("postgres").cursor()) as cr:
            cr._cnx.autocommit = True
            for statement in statements:
                cr.execute(statement)

    sql_db.close_db(options.database)
    administer(
        f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)',
        f'CREATE DATABASE "{name}" TEMPLATE "{options.database}"',
    )
    try:
        yield name
    finally:
        sql_db.close_db(name)
        administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def clock(work: Callable[[], int]) -> float:
    """Run `work`, which returns how much it did, and return its rate per second."""
    gc.collect()
    begun = time.perf_counter()
    done = work()
    return done / (time.perf_counter() - begun)


def race(
    title: str,
    floor: tuple[str, Callable[[], int]],
    subject: tuple[str, Callable[[], int]],
    rounds: int = 5,
    goal: float | None = None,
    unit: str = "per s",
) -> float:
    """Run floor and subject in turns and print medians and ratio.

    :param floor: name and work; the work returns how many units it did
    :param goal: the ratio to reach, printed beside the one reached
    :return: median rate of the subject divided by that of the floor
    """
    for _name, work in (floor, subject):
        work()  # warm
    rates = [[], []]
    for _round in range(rounds):
        for measured, (_name, work) in zip(rates, (floor, subject), strict=True):
            measured.append(clock(work))
    medians = [statistics.median(measured) for measured in rates]
    ratio = medians[1] / medians[0]
    print(f"\n{title} ({rounds} rounds in turns, medians)")
    for median, measured, (name, _work) in zip(
        medians, rates, (floor, subject), strict=True
    ):
        spread = f"{min(measured):,.0f} … {max(measured):,.0f}"
        print(f"  {name:<36} {median:>14,.1f} {unit}   ({spread})")
    verdict = ""
    if goal is not None:
        verdict = f"   goal ≥ {goal:g}: {'reached' if ratio >= goal else 'MISSED'}"
    print(f"  {'ratio':<36} {ratio:>14,.2f}{verdict}")
    return ratio
