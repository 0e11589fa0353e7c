"""Reads matters: subjects that came before meetings more than once."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from qa_service.domain.access import Access
from qa_service.domain.register import RegisterQuery, Verdicts
from qa_service.domain.spans import Span
from qa_service.errors import NotFound
from qa_service.store.added_links import place_of
from qa_service.store.database import Connection, Row
from qa_service.store.documents import among, day, iso
from qa_service.store.register_lists import ADDED, REJECTED


@dataclass(frozen=True, slots=True)
class MatterLine:
    """A matter as lists show it: `meetings` is how many days it came up on."""

    id: str
    council: str | None
    title: str
    first_on: date | None
    last_on: date | None
    meetings: int


@dataclass(frozen=True, slots=True)
class MatterStep:
    """What one meeting did about a matter, and where that stands.

    `commitment` is the key of the promise that it makes or reports on, None where it is neither. `verdict` is
    what a person said of the link, "" where nobody did; `extracted` is what the step was taken for before.
    """

    document_id: str
    span: Span
    body: str | None
    held_on: date | None
    what: str
    heading: str | None
    commitment: str | None = None
    verdict: str = ""
    extracted: str | None = None


def matter_lines(
    reader: Connection, query: RegisterQuery, allowed: frozenset[Access], skip: int, most: int
) -> tuple[list[MatterLine], int]:
    """Return a page of matters, the one that came up last first, and how many there are.

    A body, a period and words narrow to matters with a step of that body, in that period, with that word in
    the title.
    """
    where, values = _where(query, allowed)
    rows = reader.query(
        f"""SELECT matter.id, matter.council, matter.title, matter.first_on, matter.last_on,
                   count(DISTINCT coalesce(step.held_on, '')) AS meetings
            FROM matter JOIN matter_step AS step ON step.matter_row = matter.row
            JOIN visible_document AS d ON d.row = step.document_row
            WHERE {where} GROUP BY matter.row
            ORDER BY matter.last_on DESC NULLS LAST, matter.title, matter.id""",  # noqa: S608 - constants
        values,
    )
    lines = [
        MatterLine(**{**row, "first_on": day(row["first_on"]), "last_on": day(row["last_on"])})
        for row in rows[skip : skip + most]
    ]
    return lines, len(rows)


def matter_steps(
    reader: Connection, id_: str, allowed: frozenset[Access], verdicts: Verdicts
) -> tuple[MatterLine, list[MatterStep]]:
    """Return a matter and its steps as people left them, oldest first, undated last. Raises NotFound.

    A step whose every link was rejected stays, and says so.
    """
    steps = reader.query(
        f"""SELECT matter.row, matter.council, matter.title, matter.first_on, matter.last_on,
                   step.ordinal, step.start, step."end", step.body, step.held_on, step.what, step.heading,
                   d.id AS document_id
            FROM matter JOIN matter_step AS step ON step.matter_row = matter.row
            JOIN visible_document AS d ON d.row = step.document_row
            WHERE matter.id = :id AND matter.access IN {among(allowed)} AND d.access IN {among(allowed)}
            ORDER BY step.ordinal""",  # noqa: S608 - an enumeration
        {"id": id_},
    )
    if not steps:
        raise NotFound("matter", id_)
    first = steps[0]
    line = MatterLine(
        id_,
        first["council"],
        first["title"],
        day(first["first_on"]),
        day(first["last_on"]),
        len({step["held_on"] for step in steps}),
    )
    linked = _linked(reader, first["row"], allowed)
    extracted = [_step(step, linked.get(step["ordinal"], ()), verdicts) for step in steps]
    return line, _with_added(reader, extracted, allowed, verdicts)


def _step(row: Row, linked: Sequence[tuple[str, str | None]], verdicts: Verdicts) -> MatterStep:
    """Return a step; of several links the one that still stands speaks for it."""
    span = Span(row["start"], row["end"])
    step = MatterStep(row["document_id"], span, row["body"], day(row["held_on"]), row["what"], row["heading"])
    if not linked:
        return step
    said = [(key, *verdicts.of(key, evidence)) if evidence else (key, "", None) for key, evidence in linked]
    key, verdict, says = next((each for each in said if each[1] != REJECTED), said[0])
    judged = replace(step, commitment=key, verdict=verdict)
    return replace(judged, what=f"reported {says}", extracted=step.what) if says else judged


def _linked(
    reader: Connection, matter_row: int, allowed: frozenset[Access]
) -> dict[int, list[tuple[str, str | None]]]:
    """Return (key of a commitment, key of the place that reports on it, None for the promise) by step."""
    found: dict[int, list[tuple[str, str | None]]] = {}
    for row in reader.query(
        f"""SELECT step.ordinal, made.key AS commitment, NULL AS evidence
            FROM matter_step AS step JOIN commitment AS made
              ON made.document_row = step.document_row AND made.start = step.start
            WHERE step.matter_row = :row AND step.what = 'promised'
            UNION SELECT step.ordinal, made.key, told.key
            FROM matter_step AS step JOIN follow_up AS told
              ON told.document_row = step.document_row AND told.start = step.start
            JOIN commitment AS made ON made.row = told.commitment_row
            JOIN visible_document AS d ON d.row = made.document_row
            WHERE step.matter_row = :row AND step.what LIKE 'reported %' AND d.access IN {among(allowed)}""",  # noqa: S608
        {"row": matter_row},
    ):
        found.setdefault(row["ordinal"], []).append((row["commitment"], row["evidence"]))
    return found


def _with_added(
    reader: Connection, steps: list[MatterStep], allowed: frozenset[Access], verdicts: Verdicts
) -> list[MatterStep]:
    """Return the steps with those that people linked to the promises of this matter."""
    known = {(step.document_id, step.span.start) for step in steps}
    added = []
    for key in dict.fromkeys(step.commitment for step in steps if step.commitment):
        for link in verdicts.added.get(key, ()):
            place = place_of(reader, link, allowed)
            if place is None or (place[0]["id"], place[1].start) in known:
                continue
            paper, span = place
            known.add((paper["id"], span.start))
            verdict, says = verdicts.of(key, link.evidence)
            added.append(
                MatterStep(
                    paper["id"],
                    span,
                    paper["body"],
                    link.reported_on,
                    f"reported {says or link.says}",
                    None,
                    key,
                    verdict or ADDED,
                    f"reported {link.says}" if says else None,
                )
            )
    return sorted([*steps, *added], key=lambda step: step.held_on or date.max) if added else steps


def _where(query: RegisterQuery, allowed: frozenset[Access]) -> tuple[str, Row]:
    parts = [f"matter.access IN {among(allowed)} AND d.access IN {among(allowed)}"]
    values: Row = {}
    if query.councils:
        parts.append("matter.council IN (SELECT value FROM json_each(:councils))")
        values["councils"] = json.dumps(sorted(query.councils))
    within = ["other.matter_row = matter.row"]
    if query.bodies:
        within.append("other.body IN (SELECT value FROM json_each(:bodies))")
        values["bodies"] = json.dumps(sorted(query.bodies))
    for name, sign, limit in (("held_from", ">=", query.held_from), ("held_to", "<=", query.held_to)):
        if limit:
            within.append(f"other.held_on {sign} :{name}")
            values[name] = iso(limit)
    if len(within) > 1:
        parts.append(f"EXISTS (SELECT 1 FROM matter_step AS other WHERE {' AND '.join(within)})")  # noqa: S608
    for number, word in enumerate(query.text.split()[:10]):
        parts.append(f"instr(lower(matter.title), :word{number}) > 0")
        values[f"word{number}"] = word.casefold()
    return " AND ".join(parts), values
