"""What runs is light: torch stays out of every process that people wait for, and nothing needs a network."""

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from qa_service.bootstrap import cross_encoder_folder
from qa_service.config import Settings
from tests.factories import write_cross_encoder, write_minutes

Run = Callable[..., "subprocess.CompletedProcess[str]"]
BRIDGE = "What did members hear about the bridge at Ebbfold?"
HEAVY = ["torch", "transformers", "sentence_transformers"]

# Found and run by every Python that starts with this folder on its path.
NOT_HEAVY = f"""
import sys
class Refused:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {HEAVY!r}:
            raise RuntimeError(f"{{name}} was imported")
sys.meta_path.insert(0, Refused())
"""
NOT_ONLINE = """
import socket
def refuse(self, address, *rest):
    if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1"):
        raise RuntimeError(f"the network was asked for: {address}")
    return really(self, address, *rest)
really = socket.socket.connect
socket.socket.connect = refuse
def resolve(host, *rest, **more):
    if host not in ("127.0.0.1", "::1", "localhost", None, ""):
        raise RuntimeError(f"a name was asked for: {host}")
    return resolved(host, *rest, **more)
resolved = socket.getaddrinfo
socket.getaddrinfo = resolve
"""


@pytest.fixture(params=[NOT_HEAVY, NOT_ONLINE], ids=["without torch", "without a network"])
def guarded(request: pytest.FixtureRequest, tmp_path: Path, repository: Path) -> dict[str, str]:
    """Return the environment of a process that dies if it does what is refused."""
    return guard(request.param, tmp_path / "guard", repository)


def guard(code: str, folder: Path, repository: Path) -> dict[str, str]:
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(code)
    return {"PYTHONPATH": f"{folder}{os.pathsep}{repository}"}


@contextmanager
def serving(data: Path, environment: dict[str, str], *options: str) -> Iterator[str]:
    """Yield the address of `qa serve`, which is stopped as an operator stops it."""
    command = [sys.executable, "-m", "qa_service.cli", "serve", "--port", "0", "--data-dir", str(data)]
    with subprocess.Popen(
        [*command, *options], env=os.environ | environment, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            ready = next((line for line in process.stdout if "is ready on" in line), "")
            assert ready, process.wait()
            yield ready.split("ready on ")[1].split("/ ")[0]
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)


def fetched(address: str, question: str | None = None) -> dict[str, object]:
    data = json.dumps({"question": question}).encode() if question else None
    request = urllib.request.Request(address, data, {"Content-Type": "application/json"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310 - our own service
        body: dict[str, object] = json.load(response)
    return body


@pytest.mark.parametrize(
    ("package", "guards"),
    [
        ("torch", NOT_HEAVY),
        ("socket", NOT_ONLINE),
        ("torch", NOT_HEAVY + NOT_ONLINE),
        ("socket", NOT_HEAVY + NOT_ONLINE),
    ],
)
def test_the_guards_themselves_bite(tmp_path: Path, repository: Path, package: str, guards: str) -> None:
    environment = guard(guards, tmp_path / "guard", repository)
    code = f"import {package}; {package}.create_connection(('192.0.2.1', 80))"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=os.environ | environment, capture_output=True, check=False)
    assert b"RuntimeError" in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        ["--help"],
        ["ask", "--help"],
        ["config"],
        ["ask", BRIDGE],
        ["search", "bridge"],
        ["status"],
        ["check"],
    ],
    ids=" ".join,
)
def test_what_people_wait_for_is_light_and_offline(
    qa: Run, served: Path, guarded: dict[str, str], command: list[str]
) -> None:
    done = qa(*command, **guarded, QA_DATA_DIR=str(served))
    assert done.returncode == 0, done.stderr


def test_a_service_starts_and_answers_light_and_offline(served: Path, guarded: dict[str, str]) -> None:
    with serving(served, guarded) as address:
        assert fetched(f"{address}/readyz")["status"] == "ready"
        assert fetched(f"{address}/v1/answers", BRIDGE)["status"] == "answered"


def test_the_cross_encoder_that_ships_is_light_and_offline(
    qa: Run, served: Path, guarded: dict[str, str]
) -> None:
    done = qa("ask", BRIDGE, "--explain", "--json", "--data-dir", served, **guarded)
    assert (done.returncode, done.stderr) == (0, "")
    assert '"reranker"' in done.stdout


def test_a_fresh_service_exports_the_cross_encoder_once_light_and_offline(
    served: Path, tmp_path: Path, repository: Path
) -> None:
    data = tmp_path / "data"
    shutil.copytree(served, data, symlinks=True)
    folder = cross_encoder_folder(Settings(data_dir=data))
    folder.unlink()
    (folder.parent / "cross-encoder-of-before").mkdir()  # an earlier adapter's: it goes
    # What exports is a child of the service: both are held to it.
    environment = guard(NOT_HEAVY + NOT_ONLINE, tmp_path / "guard", repository)
    made = []
    for _ in range(2):
        with serving(data, environment) as address:
            assert fetched(f"{address}/v1/answers", BRIDGE)["status"] == "answered"
        made.append((folder / "manifest.json").stat().st_mtime_ns)
    assert made[0] == made[1]
    assert {each.name for each in folder.parent.iterdir()} == {
        each.name for each in (served / "models").iterdir()
    }


def test_a_cross_encoder_of_ones_own_is_read_offline(
    qa: Run, served: Path, tmp_path: Path, repository: Path
) -> None:
    model = write_cross_encoder(tmp_path / "model")
    environment = guard(NOT_ONLINE, tmp_path / "guard", repository)
    done = qa("ask", BRIDGE, "--explain", "--data-dir", served, QA_RERANKER=str(model), **environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert "reranker +" in done.stdout


def test_help_is_quick(qa: Run) -> None:
    qa("--help")  # the first one compiles
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert qa("--help").returncode == 0
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    # CPU time, since a busy machine is no fault of ours; 0.2 s where this was written.
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.5


def test_the_whole_main_job_runs_with_the_network_cut(tmp_path: Path, repository: Path) -> None:
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([unshare, "-rn", "true"], check=False).returncode:
        pytest.skip("this machine does not let us cut the network: no 'unshare -rn'")
    paper = write_minutes(tmp_path / "papers")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QA_")}
    environment |= {"PYTHONPATH": str(repository), "QA_DATA_DIR": str(tmp_path / "data")}
    for arguments in (["ingest", str(paper)], ["ask", BRIDGE], ["check"]):
        command = [unshare, "-rn", sys.executable, "-m", "qa_service.cli", *arguments]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "data" / "models").is_dir()  # exported there, from the package
