"""Readings over JSON-2: one a call and fifty a call, against a call that does nothing.

    python tests/benchmarks/bench_submit.py -c odoo.conf -d DB --calls 200

It works in a copy of the database, which it drops, with a server of its own (two
workers). Floor: ``res.users/context_get`` with the same key over the same kind of
connection. Goals: one submit at least 0.7 of it; fifty a call bring at least twenty
times the readings a second.
"""

import http.client
import json
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from uuid import uuid4

from city import build
from common import odoo_env, parse_args, race, scratch_copy

PORT = 8291
METERS = 500


def options(parser):
    parser.add_argument("--calls", type=int, default=200)
    parser.add_argument("--port", type=int, default=PORT)


def sender(env) -> str:
    """A collecting system's key, committed in the copy."""
    user = env["res.users"].create(
        {
            "name": "bench",
            "login": f"bench-{uuid4()}",
            "group_ids": env.ref("haerun_meter.group_remote_system").ids,
        }
    )
    until = datetime.now() + timedelta(days=1)
    keys = env["res.users.apikeys"].with_user(user)
    return keys.sudo()._generate("rpc", "bench", until)


class Client:
    """Calls as a phone or a collector makes them: one connection each."""

    def __init__(self, port, key, database):
        self.port = port
        self.head = {
            "Authorization": f"Bearer {key}",
            "Content-Type": "application/json",
            "X-Odoo-Database": database,
            "Connection": "close",
        }

    def call(self, path, **body):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("POST", f"/json/2/{path}", json.dumps(body), self.head)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        if answer.status != 200:
            raise SystemExit(f"{answer.status}: {text[:500]}")
        return json.loads(text)


def serve(given, database):
    """Start a server on the copy and wait until it answers."""
    odoo = Path(sys.executable).with_name("odoo")
    server = subprocess.Popen(
        [
            str(odoo),
            "server",
            *("-c", given.config, "-d", database, f"--http-port={given.port}"),
            *("--workers=2", "--max-cron-threads=0", "--log-level=warn"),
            *given.odoo,
        ]
    )
    for _try in range(240):
        try:
            health = http.client.HTTPConnection("127.0.0.1", given.port, timeout=5)
            health.request("GET", "/web/health")
            if health.getresponse().status == 200:
                return server
        except OSError:
            time.sleep(0.5)
    server.terminate()
    raise SystemExit("the server does not answer")


def main():
    given = parse_args(__doc__, options)
    with scratch_copy(given, "submit") as copy:
        with odoo_env(given, copy) as env:
            build(env, METERS)
            key = sender(env)
            env.cr.commit()
        server = serve(given, copy)
        try:
            run(Client(given.port, key, copy), given)
        finally:
            server.terminate()
            server.wait(30)


def run(client, given):
    turn = count()
    began = datetime.now(UTC) - timedelta(days=20)

    def reading():
        number = next(turn)
        # each meter in turn, a second later each time: no reading is late
        at = began + timedelta(seconds=number // METERS)
        return {
            "uuid": str(uuid4()),
            "meter_no": f"B{number % METERS + 1:07}",
            "read_at": at.isoformat(),
            "value": 40,
            "source": "remote",
        }

    def ping():
        for _call in range(given.calls):
            client.call("res.users/context_get")
        return given.calls

    def submit(calls, lines):
        for _call in range(calls):
            answer = client.call(
                "haerun.meter.reading/submit",
                readings=[reading() for _line in range(lines)],
            )
            if answer["rejected"]:
                raise SystemExit(answer["rejected"][0])
        return calls * lines

    race(
        "one reading a call",
        ("a call that does nothing", ping),
        ("submit of one", lambda: submit(given.calls, 1)),
        given.rounds,
        goal=0.7,
        unit="calls/s",
    )
    race(
        "fifty readings a call",
        ("submit of one", lambda: submit(given.calls, 1)),
        ("submit of fifty", lambda: submit(max(1, given.calls // 10), 50)),
        given.rounds,
        goal=20,
        unit="readings/s",
    )


if __name__ == "__main__":
    main()
