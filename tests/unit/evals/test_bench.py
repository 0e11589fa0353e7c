import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from evals.bench.contenders import Contender, disk_bytes
from evals.bench.scaling import measure
from evals.bench.table import Table
from evals.bench.timing import in_turns, percentile, ratios, spread
from evals.errors import BenchFailed
from evals.provenance import ROOT

PROGRAM = """
from evals.bench.programs.protocol import serve
def echo(words):
    print("a library prints this")
    return {"said": words}
def fail():
    raise ValueError("out of paper")
def die():
    raise SystemExit(3)
serve({"echo": echo, "fail": fail, "die": die})
"""


@pytest.fixture
def contender(tmp_path: Path) -> Iterator[Contender]:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with Contender("echo", sys.executable, str(program), [], environment) as running:
        yield running


def test_contenders_take_turns_and_none_is_always_first() -> None:
    order: list[str] = []

    def of(name: str) -> float:
        order.append(name)
        return float(len(order))

    found = in_turns({"a": lambda: of("a"), "b": lambda: of("b")}, repeats=5, warm_ups=1)
    assert "".join(order) == "ab" + "ab" + "ba" + "ab" + "ba" + "ab"
    assert found["a"] == [3.0, 6.0, 7.0, 10.0, 11.0]


def test_fewer_than_five_repeats_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 5"):
        in_turns({"a": lambda: 1.0}, repeats=4)
    with pytest.raises(ValueError, match="at least 5"):
        measure([10], Path(), repeats=3)


def test_a_ratio_is_taken_repeat_by_repeat() -> None:
    found = ratios({"a": [2.0, 20.0, 4.0], "b": [1.0, 10.0, 1.0]}, "a", "b")
    assert (found.median, found.low, found.high, found.repeats) == (2.0, 2.0, 4.0, 3)


def test_nothing_measured_has_no_spread() -> None:
    with pytest.raises(ValueError, match="nothing was measured"):
        spread([])


def test_percentiles_are_values_that_occurred() -> None:
    assert percentile([5.0, 1.0, 3.0, 2.0], 0.5) == 3.0
    assert percentile([1.0], 0.95) == 1.0


def test_a_program_answers_and_its_prints_break_nothing(contender: Contender) -> None:
    assert contender.do("echo", words="one") == {"said": "one"}
    assert contender.do("echo", words="two") == {"said": "two"}
    assert contender.peak_mib() > 1


def test_an_error_in_a_program_stops_the_bench(contender: Contender) -> None:
    with pytest.raises(BenchFailed, match="ValueError: out of paper"):
        contender.do("fail")


def test_a_program_that_dies_stops_the_bench(contender: Contender) -> None:
    with pytest.raises(BenchFailed, match="died at 'die', exit 3"):
        contender.do("die")


def test_the_table_names_unit_spread_and_repeats() -> None:
    table = Table()
    table.figures("query, median", "ms", {"ours": [1.0, 2.0, 3.0]}, "warm")
    assert "| query, median: ours | 2 ms | 1 to 3 | 3 | warm |" in table.as_text()
    assert table.as_json()[0]["value"] == {"median": 2.0, "low": 1.0, "high": 3.0, "repeats": 3}


def test_disk_counts_files_in_folders(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "one").write_bytes(b"12345")
    (tmp_path / "deep" / "two").write_bytes(b"123")
    assert disk_bytes(tmp_path) == 8


def test_scaling_measures_both_legs_at_every_size(tmp_path: Path) -> None:
    table = measure([300, 200], tmp_path)
    names = [row.what for row in table.rows]
    assert [name for name in names if name.endswith("median: vectors")] == [
        "200: median: vectors",
        "300: median: vectors",
    ]
    assert all(row.value.median > 0 for row in table.rows)
    assert not list(tmp_path.iterdir())
