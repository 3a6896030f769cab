"""Two Odoo processes scan at the same moment, and one of them is killed (R20).

Real processes, commits and time, in a copy of the test database: whatever happens,
every level of every clock is acted on exactly once and told exactly once.
"""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg2
import pytest

from odoo.sql_db import close_db

from .test_lifecycle import CONF, query

SOURCE = os.environ["HAERUN_TEST_DATABASE"]
DATABASE = SOURCE + "_workers"
SHELL = (
    Path(sys.executable).with_name("odoo"),
    *("shell", "-c", CONF, "-d", DATABASE, "--no-http", "--max-cron-threads=0"),
)
REMINDED, EXPIRED = 500, 100
LEVELS_WHEN_EXPIRED = 4  # both reminders, the urging and the supervision notice

FILL = f"""
import sys
sys.path.insert(0, "tests/benchmarks")
import office
# the demo's own clocks and pushes are not looked at here
env.cr.execute("UPDATE haerun_clock SET state = 'cancelled'")
env.cr.execute("UPDATE haerun_push SET sent_at = created_at WHERE sent_at IS NULL")
posts = office.open_office(env, 20)
for code, count, left in (("w", {REMINDED}, 10), ("x", {EXPIRED}, -1)):
    matters = office.matters(env, posts, count)
    for number, matter in enumerate(matters):
        matter.sudo().res_name = f"{{code}}{{number:04d}}"
    env.flush_all()
    office.fill_clocks(env, office.make_limit(env, code), matters, count, left)
env.cr.commit()
"""
# small steps: many commits at which the two may meet
SCAN = """
import os, time
from odoo.addons.haerun_customer_rep.models.time import haerun_clock_scan
from odoo.addons.haerun_customer_rep.models.time import haerun_push_sending
haerun_clock_scan.BATCH, haerun_push_sending.PEOPLE = 10, 2
env["haerun.clock"].search_count([])
env.cr.rollback()
open({ready!r}, "w").close()
while not os.path.exists({go!r}):
    time.sleep(0.005)
env["haerun.clock"]._cron_scan()
env.cr.commit()
"""
OURS = "clock.limit_code IN ('w', 'x')"


class Worker:
    """An Odoo process that scans once, as soon as it is told to."""

    SCRIPT = SCAN

    def __init__(self, folder, name, go):
        self.ready, self.go = folder / f"{name}-ready", go
        self.log = folder / f"{name}.log"
        script = folder / f"{name}.py"
        script.write_text(self.SCRIPT.format(ready=str(self.ready), go=str(go)))
        with script.open() as stdin, self.log.open("w") as log:
            self.process = subprocess.Popen(
                SHELL, cwd=CONF.parent, stdin=stdin, stdout=log, stderr=log
            )

    def await_ready(self):
        wait_for(lambda: self.ready.exists() or self.process.poll() is not None)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        assert self.process.wait(30) == -signal.SIGKILL, "killed too late"

    def finish(self):
        code = self.process.wait(120)
        text = self.log.read_text()
        assert code == 0 and not re.search(r"ERROR|CRITICAL|Traceback", text), text


def wait_for(condition, seconds=120):
    """Wait until the condition holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def count(statement):
    return query(statement, DATABASE)[0][0]


def count_levels():
    return count(
        "SELECT count(*) FROM haerun_clock_event AS event"
        " JOIN haerun_clock AS clock ON clock.id = event.clock_id"
        f" WHERE event.kind = 'escalate' AND {OURS}"
    )


def count_sent():
    return count(
        "SELECT count(*) FROM haerun_push AS push"
        " JOIN haerun_clock AS clock ON clock.id = push.clock_id"
        f" WHERE push.sent_at IS NOT NULL AND {OURS}"
    )


def drop():
    query(f'DROP DATABASE IF EXISTS "{DATABASE}" WITH (FORCE)', "postgres")


def copy():
    """Copy the test database, to which nobody may be connected meanwhile."""
    close_db(SOURCE)
    try:
        query(f'CREATE DATABASE "{DATABASE}" TEMPLATE "{SOURCE}"', "postgres")
    except psycopg2.errors.ObjectInUse:
        return False
    return True


@pytest.fixture
def due():
    """The copy with 600 clocks of 20 people that are due now."""
    drop()
    wait_for(copy)
    filled = subprocess.run(
        SHELL, cwd=CONF.parent, input=FILL, capture_output=True, text=True
    )
    assert filled.returncode == 0 and "Traceback" not in filled.stderr, filled.stderr
    yield
    drop()


@pytest.fixture
def start(due, tmp_path):
    """Start a number of workers at the same moment."""
    workers = []

    def start(number):
        go = tmp_path / f"go{len(workers)}"
        names = [f"worker{len(workers) + index}" for index in range(number)]
        new = [Worker(tmp_path, name, go) for name in names]
        workers.extend(new)
        for worker in new:
            worker.await_ready()
        go.touch()
        return new

    yield start
    for worker in workers:
        if worker.process.poll() is None:
            worker.process.kill()
            worker.process.wait()


def assert_each_once():
    """Every level acted on once, every person told once in one message, all done."""
    assert count_levels() == REMINDED + EXPIRED * LEVELS_WHEN_EXPIRED
    twice = f"""
        SELECT clock.id, event.level_id
          FROM haerun_clock_event AS event
          JOIN haerun_clock AS clock ON clock.id = event.clock_id
         WHERE event.kind = 'escalate' AND {OURS}
         GROUP BY clock.id, event.level_id
        HAVING count(*) > 1
    """
    assert query(twice, DATABASE) == []
    notices = """
        SELECT count(*), count(DISTINCT notice.clock_id)
          FROM haerun_supervision_notice AS notice
          JOIN haerun_clock AS clock ON clock.id = notice.clock_id
         WHERE clock.limit_code = 'x'
    """
    assert query(notices, DATABASE) == [(EXPIRED, EXPIRED)]
    # an expired clock is told to its holder and to the head of his unit
    told = REMINDED + EXPIRED * 2
    assert count_sent() == told
    assert count("SELECT count(*) FROM haerun_push WHERE sent_at IS NULL") == 0
    # by what stands in the inboxes, not by what the outbox believes
    lines = """
        SELECT title[1], notification.res_partner_id
          FROM mail_message AS message
          JOIN mail_notification AS notification
            ON notification.mail_message_id = message.id
         CROSS JOIN regexp_matches(message.body, '>([wx]\\d{4})<', 'g') AS title
    """
    lines = query(lines, DATABASE)
    assert len(lines) == len(set(lines)) == told
    activities = f"""
        SELECT count(*), count(DISTINCT (clock.id, activity.user_id))
          FROM mail_activity AS activity
          JOIN haerun_clock AS clock ON clock.id = activity.haerun_clock_id
         WHERE {OURS}
    """
    assert query(activities, DATABASE) == [(told, told)]
    left = f"""
        SELECT count(*) FROM haerun_clock AS clock
         WHERE {OURS} AND (failure IS NOT NULL OR next_event_at <= now() AT TIME ZONE
               'UTC')
    """
    assert count(left) == 0


def test_two_at_once(start):
    for worker in start(2):
        worker.finish()
    assert_each_once()


@pytest.mark.parametrize("during", [count_levels, count_sent])
def test_one_is_killed(start, during):
    """Killed while it takes clocks, or while it sends: the next run does the rest."""
    victim, survivor = start(2)
    wait_for(lambda: during() >= 40)
    victim.kill()
    survivor.finish()
    (later,) = start(1)
    later.finish()
    assert_each_once()
