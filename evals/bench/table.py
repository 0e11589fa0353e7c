"""The table that a bench prints: figures with their spread, and ratios of contenders in the same repeats."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from evals.bench.timing import Spread, ratios, spread
from evals.jsonl import JsonObject


@dataclass(frozen=True, slots=True)
class Row:
    """One line: a figure of one contender, or a ratio of two."""

    what: str
    unit: str
    value: Spread
    note: str = ""


@dataclass(slots=True)
class Table:
    """The rows in the order measured."""

    rows: list[Row] = field(default_factory=list)

    def figures(self, what: str, unit: str, found: Mapping[str, Sequence[float]], note: str = "") -> None:
        """Add one row a contender."""
        for name, values in found.items():
            self.rows.append(Row(f"{what}: {name}", unit, spread(values), note))

    def ratio(
        self, what: str, found: Mapping[str, Sequence[float]], of: str, to: str, note: str = ""
    ) -> None:
        """Add the ratio of two contenders, repeat by repeat."""
        self.rows.append(Row(f"{what}: {of} / {to}", "ratio", ratios(found, of, to), note))

    def one(self, what: str, unit: str, value: float, note: str = "") -> None:
        """Add a figure measured once."""
        self.rows.append(Row(what, unit, spread([value]), note))

    def as_json(self) -> list[JsonObject]:
        """Return the rows as JSON."""
        return [asdict(row) for row in self.rows]

    def as_text(self) -> str:
        """Return the rows as a Markdown table."""
        lines = ["| what | median | lowest to highest | repeats | note |", "| --- | --- | --- | --- | --- |"]
        for row in self.rows:
            value = row.value
            extremes = f"{value.low:.4g} to {value.high:.4g}" if value.repeats > 1 else ""
            lines.append(
                f"| {row.what} | {value.median:.4g} {row.unit} | {extremes} | {value.repeats} | {row.note} |"
            )
        return "\n".join(lines) + "\n"
