"""bin/haerun in a folder of its own: what goes wrong is said in one sentence,
with the way out and a non-zero exit.
"""

import os
import shutil
import socket
import subprocess

import pytest

from .translations import ADDONS, ROOT


@pytest.fixture
def checkout(tmp_path):
    for name in ("bin", *ADDONS):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("odoo.conf", "requirements.txt", "requirements-test.txt"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def haerun(checkout, *arguments, **environment):
    keep = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "HAERUN"))}
    return subprocess.run(
        [checkout / "bin" / "haerun", *arguments],
        env={**keep, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )


def refusal(run):
    """The one sentence that a failed run ends with."""
    assert run.returncode == 1, run.stdout + run.stderr
    last = run.stderr.splitlines()[-1]
    assert last.startswith("haerun: ")
    assert "Traceback" not in run.stderr
    return last


def test_help_names_every_command(checkout):
    text = haerun(checkout, "--help").stdout
    for command in "up stop status logs shell upgrade reset test lint".split():
        assert f"\n  {command} " in text


def test_unknown_command(checkout):
    assert "no command 'fly'" in refusal(haerun(checkout, "fly"))


def test_status_of_a_server_that_does_not_run(checkout):
    run = haerun(checkout, "status")
    assert (run.returncode, run.stdout) == (
        3,
        "Haerun does not run; start it by: bin/haerun up\n",
    )


def test_busy_port(checkout):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        text = refusal(haerun(checkout, "up", HAERUN_PORT=port))
    assert f"port {port} is taken" in text and "HAERUN_PORT=" in text


def test_reset_asks_first(checkout):
    assert "bin/haerun reset --yes" in refusal(haerun(checkout, "reset"))


def test_broken_package(checkout):
    broken = checkout / "odoo.deb"
    broken.write_bytes(b"half a download")
    run = haerun(checkout, "up", HAERUN_ODOO_DEB=str(broken), HAERUN_PORT="1")
    assert "SHA-256 differs" in refusal(run)
    assert broken.exists(), "a file that the user named is not ours to remove"


def test_broken_download_is_thrown_away(checkout):
    cache = checkout / "cache"
    cache.mkdir()
    version = "19.0.0+dfsg-1"
    download = cache / f"odoo-19_{version}_all.deb"
    download.write_bytes(b"half a download")
    run = haerun(checkout, "up", HAERUN_CACHE=str(cache), HAERUN_PORT="1")
    assert "run the same command again" in refusal(run)
    assert not download.exists()


def test_named_odoo_is_not_odoo_19(checkout):
    run = haerun(checkout, "up", HAERUN_ODOO=str(checkout), HAERUN_PORT="1")
    assert "holds no Odoo 19.0" in refusal(run)


def test_unreachable_postgres(checkout):
    package = os.path.dirname(os.path.dirname(__import__("odoo").tools.__file__))
    run = haerun(
        checkout,
        "up",
        HAERUN_ODOO=os.path.dirname(package),
        HAERUN_CACHE=os.environ.get("HAERUN_CACHE") or str(ROOT / ".local" / "cache"),
        HAERUN_PORT="1",
        PGHOST=str(checkout),
    )
    assert "cannot be reached" in refusal(run)
