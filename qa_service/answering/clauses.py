"""Which clauses of a decision answer: all of them, or the one that a narrow question asks for."""

import re
from collections.abc import Collection, Sequence

from qa_service.answering.evidence import holds
from qa_service.answering.signals import Signals, content_stems
from qa_service.domain.spans import Span
from qa_service.retrieval.intents import asks_for_all, members_asked
from qa_service.store.database import Connection
from qa_service.store.documents import slice_of
from qa_service.store.findings import FoundResolution
from qa_service.store.lexical_index import stems

# Shares of a subject: below the first the title does not name it; by the second a clause stands out.
NAMED_IN_TITLE = 0.4
_ONE_CLAUSE = 0.3
# ... of what the title does not name, that a clause which stands out must name.
_HALF_OF_REST = 0.5
# ... of what the best clause names, that others of a long decision must name to be quoted with it.
_NEARLY_ALL = 0.8
# Share of what the clause that names most of a subject names of it.
_AS_MUCH = 0.5
_WAS_DONE = re.compile(
    r"""^(?:and\s+|so\s+|but\s+)?(?:was|were|is|are|has|have|had|did|will)\b[^?]*?\b(
    adopt|approv|endors|delegat|defer|reject|award|appoint|authoris|extend|increas|freez|withdraw|rescind)\w*
    (?=\s*(?:\?|$|,|\b(?:by|at|in|on|as|for|after|when|then|with)\b))""",
    re.IGNORECASE | re.VERBOSE,
)


def clauses_asked(
    reader: Connection, found: FoundResolution, topic: Signals, asked: Signals, most: int
) -> list[tuple[Span, ...]]:
    """Return what to quote of a decision: each clause, or the one that a narrow question asks for.

    Where as many are asked for as there are, all are meant. Else a question is narrow by its words ("by
    when"), or by a subject that the title does not name. Of more than `most` clauses those that name the
    subject are quoted, where so few do.
    """
    resolution = found.resolution
    if not resolution.clauses:
        return [(resolution.span,)]
    spans = [clause.span for clause in resolution.clauses]
    if len(spans) == members_asked(asked.text):
        return [(span,) for span in spans]
    texts = [slice_of(reader, found.document_row, span) for span in spans]
    if len(spans) > 1 and (places := _narrowed(texts, found, topic, asked)):
        return [(spans[at],) for at in places]
    if len(spans) > most:
        shares = [share_held(set(content_stems(text)), topic) for text in texts]
        naming = [
            span
            for span, share in zip(spans, shares, strict=True)
            if share >= max(_HALF_OF_REST, _NEARLY_ALL * max(shares))
        ]
        spans = naming if 0 < len(naming) <= most else spans
    return [(span,) for span in spans]


def _narrowed(texts: Sequence[str], found: FoundResolution, topic: Signals, asked: Signals) -> list[int]:
    """Return the clauses, of several, that a narrow question asks for; none where it asks for each."""
    if doing := _that_do(texts, topic, asked.text):
        return doing
    known = f"{found.title} {found.resolution.body} {found.resolution.council}"
    if called := _called_by_name(texts, known, topic):
        return called
    if not asks_for_all(asked.text):
        scores = [_fit(text, asked) for text in texts]
        if max(scores) > 0.0:
            return [scores.index(max(scores))]
    alone = _standing_out(texts, found.title, topic)
    return [] if alone is None else [alone]


def _that_do(texts: Sequence[str], topic: Signals, asked: str) -> list[int]:
    """Return the clauses that do what a question of yes or no asks for, by its verb; none where all do.

    "Was the plan adopted?" is not answered by the clauses that note its appendices. A clause that names the
    subject less than another does not stand for it, whatever its verb.
    """
    done = {stem for verb in _WAS_DONE.findall(asked) for stem in stems(verb)}
    if not done:
        return []
    shares = [share_held(content_stems(text), topic) for text in texts]
    doing = [at for at, text in enumerate(texts) if done.intersection(stems(text))]
    named = max((shares[at] for at in doing), default=0.0) >= _AS_MUCH * max(shares)
    return doing if named and len(doing) < len(texts) else []


def _called_by_name(texts: Sequence[str], known: str, topic: Signals) -> list[int]:
    """Return the clauses that hold more of the names asked about than others do; none where all are alike.

    `known` names what the whole decision is of: a title, the body. What was settled for Upper Ebb is told by
    the clause on Upper Ebb, and not by the one before it on all villages.
    """
    names = {stem for name in topic.names for stem in content_stems(name)} - set(content_stems(known))
    held = [len(names.intersection(content_stems(text))) for text in texts]
    called = [at for at, count in enumerate(held) if count == max(held)]
    whole = max(held) == len(names) if len(names) == 1 else max(held) > 1
    return called if names and whole and len(called) < len(texts) else []


def share_held(stems: Collection[str], signals: Signals) -> float:
    """Return the share of a question's weight that some stems hold."""
    return sum(signals.weights.get(stem, 0.0) for stem in set(stems)) / signals.total


def _standing_out(texts: Sequence[str], title: str, topic: Signals) -> int | None:
    """Return which clause alone names a subject that the title does not name; None where none stands out."""
    named = set(content_stems(title))
    in_title = share_held(named, topic)
    if in_title >= NAMED_IN_TITLE:
        return None
    shares = [share_held(set(content_stems(text)) - named, topic) for text in texts]
    first, second = sorted(shares, reverse=True)[:2]
    stands_out = first - second >= _ONE_CLAUSE and first > _HALF_OF_REST * (1.0 - in_title)
    return shares.index(first) if stands_out else None


def _fit(text: str, signals: Signals) -> float:
    """Return how well a clause answers: its share of the question's weight, and what it must hold."""
    weight = share_held(content_stems(text), signals)
    held = holds(text, signals.types)
    return weight + 0.2 * sum(held.values()) if weight else 0.0
