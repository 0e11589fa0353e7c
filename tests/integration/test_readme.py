"""The README's console blocks, run as they stand: a command that drifts from the code goes red.

Two things are not done again here, since `.ci/run` does them on a bare machine: fetching packages, and the
whole test suite inside itself. Of those it is checked that what the README names is there.
"""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tomllib
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.factories import write_minutes

IRS = "What was resolved on the IRS annual report?"
_TRANSCRIPT = re.compile(r"^```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def commands(repository: Path) -> list[str]:
    """Return every command of the README's console blocks, chained ones apart, in order."""
    text = (repository / "README.md").read_text(encoding="utf-8")
    lines = [line for block in _BLOCK.findall(text) for line in block.splitlines() if line.strip()]
    assert all(line.startswith("$ ") for line in lines), "a console block holds commands alone"
    return [step.strip() for line in lines for step in line[2:].split(" && ")]


@pytest.fixture
def place(tmp_path: Path, give_weights: Callable[[Path], None]) -> Iterator[Path]:
    """Yield a folder with an environment whose `qa` and `python` are this checkout's."""
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name, module in (("qa", "-m qa_service.cli"), ("python", "")):
        script = f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {module} "$@"\n'
        (programs / name).write_text(script, encoding="utf-8")
        (programs / name).chmod(0o755)
    for data_dir in (".paperclerk", ".paperclerk/sample"):
        give_weights(tmp_path / data_dir)
    write_minutes(tmp_path / "FOLDER", "library.txt", "the library opening hours")
    yield tmp_path
    shutil.rmtree(tmp_path / ".paperclerk")


def environment(repository: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("QA_")}
    return kept | {"PYTHONPATH": str(repository), "QA_PORT": "0"}


def answer_of(address: str, question: str) -> str:
    data = json.dumps({"question": question}).encode()
    request = urllib.request.Request(  # noqa: S310 - our own service
        f"{address}/v1/answers", data, {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=60) as reply:  # noqa: S310 - our own service
        return str(json.load(reply)["status"])


def serve(command: list[str], place: Path, repository: Path, question: str) -> str:
    """Start the README's server, ask it, stop it as a reader would, and return what it printed before."""
    printed: list[str] = []
    with subprocess.Popen(
        command, cwd=place, env=environment(repository), stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            for line in process.stdout:
                printed.append(line)
                if "is ready on" in line:
                    break
            address = printed[-1].split("ready on ")[1].split("/ ")[0]
            assert answer_of(address, question) == "answered"
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)
    return "".join(printed)


def test_the_readme_has_its_two_commands_and_the_three_of_ones_own_papers(repository: Path) -> None:
    assert [shlex.split(step)[:3] for step in commands(repository)] == [
        ["python3", "-m", "venv"],
        [".venv/bin/pip", "install", "-e"],
        [".venv/bin/qa", "serve", "--sample"],
        [".venv/bin/pip", "install", "-e"],
        [".venv/bin/python", "-m", "pytest"],
        [".venv/bin/qa", "ingest", "FOLDER"],
        [".venv/bin/qa", "ask", "What was resolved on the library opening hours?"],
        [".venv/bin/qa", "serve"],
    ]


def test_what_the_readme_installs_is_there(repository: Path) -> None:
    extras = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "optional-dependencies"
    ]
    wanted = [shlex.split(step)[-1] for step in commands(repository) if "pip install" in step]
    assert wanted == [".", ".[test]"]
    assert any(one.startswith("pytest>") for one in extras["test"])


def test_the_readmes_test_command_is_the_one_that_ci_runs(repository: Path) -> None:
    step = next(step for step in commands(repository) if step.endswith("pytest"))
    ci = (repository / ".ci" / "test").read_text(encoding="utf-8")
    assert step.removeprefix(".venv/bin/") + ' "$@"' in ci.splitlines()


@pytest.mark.slow
def test_the_first_command_brings_up_the_sample_with_a_cited_answer(place: Path, repository: Path) -> None:
    step = next(step for step in commands(repository) if "--sample" in step)
    printed = serve(shlex.split(step), place, repository, IRS)
    transcript = _TRANSCRIPT.findall((repository / "README.md").read_text(encoding="utf-8"))
    assert len(transcript) == 1
    assert transcript[0].startswith(
        f"{IRS}\nRESOLVED: (i) That the Independent Reviewing Service's Annual Report"
    )
    assert transcript[0] in printed


def test_ones_own_papers_go_in_and_are_asked_and_served(place: Path, repository: Path) -> None:
    steps = [shlex.split(step) for step in commands(repository)][-3:]
    for step in steps[:2]:
        done = subprocess.run(
            step, cwd=place, env=environment(repository), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    assert "that the report on the library opening hours be noted" in done.stdout
    serve(steps[2], place, repository, steps[1][-1])
