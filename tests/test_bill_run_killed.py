"""A process that rates or issues bills is killed in the middle (R60).

Real processes, commits and time, in a copy of the test database: whatever happens,
every reading is billed once, none is left out, and what was billed is issued once.
"""

import subprocess

import pytest

from .test_two_workers import CONF, DATABASE, SHELL, Worker, copy, drop, query, wait_for

ACCOUNTS = 60
FILL = f"""
from datetime import timedelta
from odoo import fields
reader = env.ref("haerun_customer_rep.representative_caimei")
unit = reader.unit_id
area = env["haerun.service.area"].create({{"name": "试", "unit_id": unit.id}})
book = env["haerun.meter.book"].create({{
    "code": "KILL", "name": "试", "reader_id": reader.id,
    "cycle_id": env.ref("haerun_meter.cycle_month").id, "read_day": 1}})
env["haerun.reading.rule"].search([]).severity = "1"
component = env["haerun.tariff.component"].create({{"name": "水费", "code": "kill"}})
tariff = env["haerun.tariff"].create({{
    "name": "试", "code": "kill",
    "version_ids": [(0, 0, {{"date_from": "2015-01-01", "tier_ids": [(0, 0, {{
        "position": 1, "price_ids": [(0, 0, {{
            "component_id": component.id, "price": 2.5}})]}})]}})]}})
today = env.company._haerun_today()
began = today - timedelta(days=30)
accounts = env["haerun.water.account"].create([
    {{"name": "试", "address": "试", "area_id": area.id, "tariff_id": tariff.id}}
    for _number in range({ACCOUNTS})])
for number, account in enumerate(accounts):
    point = env["haerun.service.point"].create({{
        "account_id": account.id, "name": "试", "book_id": book.id}})
    meter = env["haerun.meter"].create({{"number": f"KILL{{number}}"}})
    point._fit(meter, began, 0)
period = today.year * 100 + today.month
plan = env["haerun.reading.plan"]._make(period, book)
env["haerun.meter.reading"]._take_rows([
    {{"uuid": f"kill-{{number}}", "meter_no": f"KILL{{number}}", "source": "manual",
      "read_at": fields.Datetime.now(), "value": number + 1}}
    for number in range({ACCOUNTS})])
plan.write({{"state": "audited"}})
run = env["haerun.bill.run"].create(
    {{"unit_id": unit.id, "period": period, "book_ids": [(6, 0, book.ids)]}})
run.action_rate()
env["queue.job"].search([]).unlink()
env.cr.commit()
"""
#: small chunks, a commit each: as background jobs do, one after the other
WORK = """
import os, time
from odoo.addons.haerun_meter.models.bill import haerun_bill_run_chunks as chunks
chunks.CHUNK = 2
run = env["haerun.bill.run"].search([], order="id desc", limit=1)
run.state
env.cr.rollback()
open({ready!r}, "w").close()
while not os.path.exists({go!r}):
    time.sleep(0.005)
while run.state in ("rating", "issuing"):
    run._take_chunk(run.phase, run.position)
    env.cr.commit()
    time.sleep(0.02)
"""
TURN = """
run = env["haerun.bill.run"].search([], order="id desc", limit=1)
run.action_approve()
run.action_issue()
env["queue.job"].search([]).unlink()
env.cr.commit()
"""


class BillWorker(Worker):
    """An Odoo process that goes on with the run."""

    SCRIPT = WORK


def shell(script):
    done = subprocess.run(
        SHELL, cwd=CONF.parent, input=script, capture_output=True, text=True
    )
    assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr


@pytest.fixture
def ready():
    """A copy with a run of 60 accounts that is about to be rated."""
    drop()
    wait_for(copy)
    shell(FILL)
    yield
    drop()


def count(state):
    return query(
        "SELECT count(*) FROM haerun_water_bill AS bill"
        " JOIN haerun_bill_run AS run ON run.id = bill.run_id"
        f" WHERE run.id = (SELECT max(id) FROM haerun_bill_run) AND {state}",
        DATABASE,
    )[0][0]


def begin(folder, name):
    go = folder / f"{name}-go"
    worker = BillWorker(folder, name, go)
    worker.await_ready()
    go.touch()
    return worker


def kill_in_the_middle(folder, name, condition):
    """Kill a process after some of its chunks, let another one do the rest."""
    victim = begin(folder, f"{name}-victim")
    wait_for(lambda: count(condition) >= ACCOUNTS // 4)
    victim.kill()
    assert count(condition) < ACCOUNTS, "killed too late"
    begin(folder, f"{name}-survivor").finish()


def test_killed(ready, tmp_path):
    """R60: killed while it rates, and while it issues."""
    kill_in_the_middle(tmp_path, "rating", "bill.state = 'rated'")
    assert count("bill.state = 'rated'") == ACCOUNTS
    twice = """
        SELECT reading_id FROM haerun_bill_reading WHERE NOT released
         GROUP BY reading_id HAVING count(*) > 1"""
    assert query(twice, DATABASE) == []
    billed = """
        SELECT count(DISTINCT billed.reading_id), sum(billed.volume)
          FROM haerun_bill_reading AS billed
          JOIN haerun_meter_reading AS reading ON reading.id = billed.reading_id
         WHERE reading.uuid LIKE 'kill-%'"""
    volume = ACCOUNTS * (ACCOUNTS + 1) // 2
    assert query(billed, DATABASE) == [(ACCOUNTS, volume)]
    shell(TURN)
    kill_in_the_middle(tmp_path, "issuing", "bill.state = 'issued'")
    figures = """
        SELECT state, bill_count, done_count, volume, amount FROM haerun_bill_run
         ORDER BY id DESC LIMIT 1"""
    [(state, bills, done, total, amount)] = query(figures, DATABASE)
    assert (state, bills, done) == ("issued", ACCOUNTS, ACCOUNTS)
    assert (total, float(amount)) == (volume, volume * 2.5)
    assert count("bill.state = 'issued' AND bill.residual = bill.amount") == ACCOUNTS
