"""One file that a person wants to read: HTML that needs nothing else, Markdown, or JSON."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from evals.compare import Change, Comparison, compare
from evals.excerpts import Clearance
from evals.measures import BY_NAME
from evals.report_view import QuestionView, SetView, lower_is_better, question_view, set_view, title_of
from evals.results import Summary
from evals.runs import open_run, read_scores
from evals.scoring import cases_of
from evals.targets import Reached

_TEMPLATES = Path(__file__).parent / "templates"
SIGNIFICANT = 0.05


class Form(StrEnum):
    """The forms of a report."""

    HTML = "html"
    MARKDOWN = "md"
    JSON = "json"


def report(folders: Sequence[Path], form: Form, clearance: Clearance) -> str:
    """Return a report of scored runs. Raises BadRun where one was not scored."""
    sets = [set_view(folder, clearance) for folder in folders]
    note = _clearance_note(clearance)
    if form is Form.JSON:
        return json.dumps({"clearance": note, "sets": [_told(one) for one in sets]}, indent=1)
    name = "report.html.jinja" if form is Form.HTML else "report.md.jinja"
    return _environment(form).get_template(name).render(sets=sets, clearance_note=note)


def comparison_page(before: Path, after: Path, clearance: Clearance) -> str:
    """Return the comparison of two runs as HTML, broken and fixed questions first. Raises NotComparable."""
    comparison = compare(before, after)
    sides: list[dict[str, QuestionView]] = []
    for folder in (before, after):
        run, scores = open_run(folder), read_scores(folder)
        views = (question_view(run.name, case, scores[case.qid], clearance) for case in cases_of(run))
        sides.append({view.qid: view for view in views})
    pairs = {
        name: [(sides[0][qid], sides[1][qid]) for qid in qids]
        for name, qids in (("fixed", comparison.fixed), ("broken", comparison.broken))
    }
    template = _environment(Form.HTML).get_template("compare.html.jinja")
    return template.render(comparison=comparison, clearance_note=_clearance_note(clearance), **pairs)


def comparison_text(comparison: Comparison) -> str:
    """Return a comparison as a table in plain text, for a terminal."""
    counts = f"{len(comparison.fixed)} fixed, {len(comparison.broken)} broken, {comparison.same} the same"
    names = f"{'before':>8} {'after':>8} {'diff':>8} {'p':>7} {'Holm':>7} {'seen from':>9} {'n':>5}"
    lines = [f"{comparison.name}: {counts}", *comparison.systems, f"{'measure':28} {names}"]
    for one in comparison.changes:
        detectable = "" if one.detectable is None else f"{one.detectable:.3f}"
        adjusted = "" if one.p_holm is None else f"{one.p_holm:.4f}"
        lines.append(
            f"{one.measure:28} {one.before:8.3f} {one.after:8.3f} {one.difference:+8.3f} {one.p:7.4f} "
            f"{adjusted:>7} {detectable:>9} {one.n:5d}  {reading(one)}"
        )
    return "\n".join(lines)


def reading(change: Change) -> str:
    """Return what a change says in words; a difference that the test cannot tell from chance is called so."""
    if not change.difference:
        return "no change"
    p = change.p if change.p_holm is None else change.p_holm
    if p >= SIGNIFICANT:
        return "cannot be told from chance"
    return "better" if change.gain > 0 else "worse"


def _clearance_note(clearance: Clearance) -> str:
    return f"This report may show papers of these access levels: {', '.join(sorted(clearance.levels))}."


def _environment(form: Form) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=select_autoescape(["html.jinja"]) if form is Form.HTML else False,  # noqa: S701 - Markdown
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    environment.filters |= {
        "title_of": title_of,
        "figure": _figure,
        "interval": _interval,
        "points": _points,
        "json": _indented,
        "reading": reading,
        "missed": _missed,
    }
    return environment


def _missed(gates: Sequence[Summary]) -> int:
    """Return how many gates some question misses."""
    return sum(gate.mean is not None and gate.mean < 1 for gate in gates)


def _indented(value: object) -> str:
    return json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False)


def _points(value: float | None) -> str:
    """Return a share in per cent, one digit; "" for none."""
    return "" if value is None else f"{100 * value:.1f} %"


def _figure(one: Summary) -> str:
    if one.mean is None:
        return "not measured"
    unbounded = one.measure in BY_NAME and BY_NAME[one.measure].unbounded
    return f"{one.mean:.1f}" if unbounded else _points(one.mean)


def _interval(one: Summary | Reached) -> str:
    if one.low is None or one.high is None:
        return "none: too few papers"
    unbounded = isinstance(one, Summary) and one.measure in BY_NAME and BY_NAME[one.measure].unbounded
    if unbounded:
        return f"{one.low:.1f} to {one.high:.1f}"
    return f"{_points(one.low)} to {_points(one.high)}"


def _told(one: SetView) -> dict[str, Any]:
    """Return the view of a set as JSON has it; the figures that are read first say what they measure."""
    plain: dict[str, Any] = _plain(asdict(one))
    for figure in plain["headline"]:
        figure["title"] = title_of(figure["measure"])
        figure["lower_is_better"] = lower_is_better(figure["measure"])
    return plain


def _plain(value: Any) -> Any:  # noqa: ANN401 - JSON is of any type
    """Return a value of tuples and enums as JSON has it."""
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
