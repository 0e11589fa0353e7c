"""Every error that the harness raises on purpose: each says where, what and what to do.

EvalError
├── BadDataset       gold, or a user's questions, that cannot be used
├── BadRun           a run folder that is not whole
├── BadReply         a reply that breaks the contract of the API: scored as an error, never skipped
├── SystemFailed     the system under test gave no reply: scored as an error, never skipped
├── NotComparable    two runs over different questions or papers
├── NoBaseline       nothing was recorded to compare with
└── BenchFailed      a contender of the bench died or answered out of turn
"""

from collections.abc import Sequence


class EvalError(Exception):
    """Base of all errors of the harness."""


class BadDataset(EvalError):
    """Questions or gold that cannot be used. `line` counts from 1; `field` is the name in the file."""

    def __init__(self, file: str, why: str, line: int | None = None, field: str | None = None) -> None:
        place = ", ".join(
            part
            for part in (file, f"line {line}" if line else "", f"field {field!r}" if field else "")
            if part
        )
        super().__init__(f"{place}: {why}")
        self.file, self.why, self.line, self.field = file, why, line, field


class BadRun(EvalError):
    """A run folder that lacks something or holds something unreadable."""

    def __init__(self, folder: str, why: str) -> None:
        super().__init__(f"{folder}: {why}")
        self.folder, self.why = folder, why


class BadReply(EvalError):
    """A reply in which a field is missing or of the wrong type."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"the reply breaks the contract at {field!r}: {why}")
        self.field, self.why = field, why


class SystemFailed(EvalError):
    """The system under test raised, timed out or answered with a problem instead of a reply."""

    def __init__(self, action: str, why: str) -> None:
        super().__init__(f"{action}: {why}")
        self.action, self.why = action, why


class NotComparable(EvalError):
    """Two runs that differ in more than the system. `reasons` has one line for each difference."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("these runs cannot be compared:\n" + "\n".join(f"- {reason}" for reason in reasons))
        self.reasons = tuple(reasons)


class NoBaseline(EvalError):
    """No baseline is recorded for a set, or it was recorded on other data."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"baseline {name!r}: {why}; record one with 'qa-eval gate --accept'")
        self.name, self.why = name, why


class BenchFailed(EvalError):
    """A contender of the bench could not be started or died."""

    def __init__(self, contender: str, why: str) -> None:
        super().__init__(f"bench contender {contender!r}: {why}")
        self.contender, self.why = contender, why
