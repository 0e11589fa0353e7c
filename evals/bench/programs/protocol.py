# ruff: noqa: INP001 - a neighbour of programs, not a module of the harness: peers run it without the rest
"""Reads one JSON action a line, answers one JSON object a line; whatever else is printed goes to stderr."""

import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

Answer = dict[str, Any]
Handler = Callable[..., Answer]
Result = TypeVar("Result")


def serve(handlers: dict[str, Handler]) -> None:
    """Answer until the input ends."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # a library that prints must not break the protocol
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = handlers[request.pop("do")](**request)
        except Exception as error:  # noqa: BLE001 - the parent reports it and stops the bench
            answer = {"error": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def timed(action: Callable[[], Result]) -> tuple[Result, float, float]:
    """Return (result, wall seconds, CPU seconds of this process and its ended children)."""
    wall, cpu = time.perf_counter(), _cpu()
    result = action()
    return result, time.perf_counter() - wall, _cpu() - cpu


def _cpu() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def each_timed(questions: Iterable[str], answer: Callable[[str], list[str]]) -> Answer:
    """Return wall seconds a question, and the passages found for each."""
    seconds: list[float] = []
    found: list[list[str]] = []
    for question in questions:
        started = time.perf_counter()
        found.append(answer(question))
        seconds.append(time.perf_counter() - started)
    return {"seconds": seconds, "found": found}
