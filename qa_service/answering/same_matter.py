"""Whether what was decided is on the matter asked about, or on a neighbour of it.

Some decision is always nearest. Where no gambling policy was decided on, that is another thing's, and whoever
repeats it at a meeting is blamed. So words that tell the matter must stand in the item, or near ones.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from qa_service.answering.compounds import written_otherwise
from qa_service.answering.drafts import NO_RESOLUTION, QUOTE, Draft
from qa_service.answering.refusal import Judgement, quoted
from qa_service.answering.request import Request
from qa_service.answering.weigher import Weigher
from qa_service.answering.weighing import Weighed
from qa_service.domain.answers import SURE, Filters
from qa_service.domain.resolutions import Standing
from qa_service.domain.spans import Span
from qa_service.retrieval.intents import Intent
from qa_service.retrieval.matter_asked import INSTRUMENT, MatterAsked, matter_asked
from qa_service.retrieval.question import Reading
from qa_service.store.documents import find_document, slice_of
from qa_service.store.findings import FoundResolution, resolutions_within
from qa_service.store.lexical_index import STOP_WORDS, query_words, stems
from qa_service.store.passages import StoredPassage, passage_at, passages_between

# Share of the weight of the telling words that an item must hold, as they are or in near words.
_HALF = 0.5
# ... from which on a matter that no paper's kind names is only in doubt: the rest may be lay words for it.
_SOME = 0.2
# Likeness of two words from which on one may stand for the other: "lamps" and "lighting" are .73, "paying"
# and "charge" .58, "parking" and "road" .50.
_NEAR = 0.52
# Likeness of the subject to a sentence of the item, and to its title, from which on other words may say the
# same; and where a strategy, a report or the like is named.
_ALIKE, _ALIKE_NAMED = (0.4, 0.45), (0.5, 0.55)
# Words of a title and decision, from the first, that are looked at for near ones, and their least letters.
_WORDS, _LETTERS = 48, 3
# Letters that words of one root begin with, and characters around a decision in which its item is looked for.
_ROOT, _AROUND = 5, 6000
_UNSURE, _NAMED = 0.1, 4
# What says that something was decided, where structure found no decision.
_DECIDES = re.compile(
    r"\b(?:agree[ds]?|resolve[ds]?|decide[ds]?|decision|approv\w+|adopt(?:s|ed|ing|ion)?|endors\w+|carried|lost|reject\w+|"
    r"refus\w+|defer\w*|refer(?:s|red|ring)|appoint\w*|elect(?:s|ed)|voted?|confirm\w*|noted|granted|accepted|"
    r"recommend\w*|withdr[ae]w\w*)\b",
    re.IGNORECASE,
)
_MIDDLING = SURE - 0.05
# Power of the confidence where the words themselves tell the matter, of which the sentence's chance knows
# nothing: of 98 such resolutions of our own questions, told with .48 on average, .82 were right. Of 13 on
# committees only 2 were, and none of 15 where only a recommendation was found: those are left as they are.
_TOLD_BY_WORDS = 0.7


_DECIDED = frozenset({Intent.RESOLUTION, Intent.RECOMMENDATION})


class Fit(IntEnum):
    """How a decision fits the matter asked about."""

    OTHER = 0
    DOUBTFUL = 1
    SAME = 2


@dataclass(frozen=True, slots=True)
class _Item:
    """What a decision says with its title, what stands under its item, and how like that is to the subject.

    `about` names it; `empty` is said of an item that ends without a decision, `decides` of words that decide.
    """

    said: str
    whole: str
    likeness: float
    about: str
    empty: bool
    decides: bool


def on_same_matter(
    request: Request,
    weigher: Weigher,
    weighed: Weighed,
    drafts: Sequence[Draft],
    judgement: Judgement,
    *,
    strictly: bool = False,
) -> tuple[list[Draft], Judgement]:
    """Return the drafts that fit the matter asked about best and how sure they are, or none and why.

    `strictly`: that an item is like the subject is not enough, its words must tell. All drafts are returned
    where no decision is asked for, or where a question names nothing that tells one matter from another.
    """
    reading = request.reading
    asked = matter_asked(reading) if reading.intent in _DECIDED and drafts else None
    if asked is None:
        return list(drafts), judgement
    items = [_item_of(request, draft, weighed, strictly=strictly) for draft in drafts]
    weights = {word: _weight(word, weighed) for word in asked.words}
    fitting = {item: _fit(asked, weights, item, reading, weigher) for item in dict.fromkeys(items)}
    fits = [fitting[item] for item in items]
    if max(fits) is Fit.OTHER:
        return [], Judgement(_UNSURE, _nearest(asked, items[0]))
    if max(fits) is Fit.DOUBTFUL:
        judgement = Judgement(min(judgement.confidence, _MIDDLING), judgement.reason)
    elif all(draft.template == QUOTE for draft in drafts):
        judgement = Judgement(judgement.confidence**_TOLD_BY_WORDS, judgement.reason)
    return [draft for draft, fit in zip(drafts, fits, strict=True) if fit is max(fits)], judgement


def _weight(word: str, weighed: Weighed) -> float:
    return max((weighed.signals.weights.get(stem, 0.0) for stem in stems(word)), default=0.0)


def _item_of(request: Request, draft: Draft, weighed: Weighed, *, strictly: bool) -> _Item:
    reader, allowed = request.reader, request.allowed
    row = find_document(reader, draft.document_id, allowed)["row"]
    every = resolutions_within(reader, Filters(documents=frozenset({draft.document_id})), allowed)
    found = [each for each in every if any(each.resolution.span.overlaps(span) for span in draft.spans)]
    first = passage_at(reader, row, draft.spans[0].start, allowed)
    passages = _passages_of_item(request, first, draft) if first else []
    said = [f"{each.title} {slice_of(reader, row, each.resolution.span)}" for each in found]
    said = said or [slice_of(reader, row, span) for span in draft.spans]
    said.append(first.header if first else "")
    vectors = [
        each.unit_vectors @ weighed.signals.sense.vector for each in passages if len(each.unit_vectors)
    ]
    return _Item(
        " ".join(said),
        slice_of(reader, row, _stretch(passages, every, draft)) if passages else "",
        0.0 if strictly else max((float(each.max()) for each in vectors), default=0.0),
        found[0].title if found else (first.segment.heading or first.title if first else ""),
        empty=draft.template == NO_RESOLUTION,
        decides=bool(found) or draft.template != QUOTE or _DECIDES.search(" ".join(said)) is not None,
    )


def _passages_of_item(request: Request, first: StoredPassage, draft: Draft) -> list[StoredPassage]:
    """Return the passages of a draft's minute or item around it, whatever headings stand in them."""
    stretch = Span(max(0, draft.spans[0].start - _AROUND), draft.spans[-1].end + _AROUND)
    own = _place_of(first)
    passages = passages_between(request.reader, first.document_row, stretch, request.allowed)
    return [each for each in passages if _place_of(each) == own]


def _place_of(passage: StoredPassage) -> tuple[str | None, ...]:
    segment = passage.segment
    numbered = segment.minute or segment.item or segment.item_title
    return segment.part, segment.minute, segment.item, None if numbered else segment.heading


def _stretch(passages: Sequence[StoredPassage], every: Sequence[FoundResolution], draft: Draft) -> Span:
    """Return the item that a draft stands in, or of one with several decisions what stands before this one.

    Under "Matters arising" one thing after another is dealt with, and each ends with its own decision.
    """
    start, end = passages[0].span.start, max(passages[-1].span.end, draft.spans[-1].end)
    decided = [each.resolution.span for each in every if each.resolution.standing is Standing.RESOLVED]
    before = [span.end for span in decided if start < span.end <= draft.spans[0].start]
    behind = any(draft.spans[-1].end <= span.start < end for span in decided)
    return Span(max(before, default=start), draft.spans[-1].end if before or behind else end)


def _fit(
    asked: MatterAsked, weights: Mapping[str, float], item: _Item, reading: Reading, weigher: Weigher
) -> Fit:
    said = _held(asked.words, item.said, reading)
    held = said if item.empty else said | _held(asked.words, item.whole, reading)
    if (asked.places and held.isdisjoint(asked.places)) or not _numbered(asked, item):
        return Fit.OTHER  # the same kind of thing, and elsewhere, or another of its row
    if _plainly(asked, weights, said, held):
        return Fit.DOUBTFUL if _of_another_kind(asked, item) else Fit.SAME
    near = weigher.likest([word for word in asked.words if word not in said], _telling(item.said))
    close = {word for word, likeness in near.items() if likeness >= _NEAR}
    only_near = held.isdisjoint(asked.named or asked.words)
    said, held = said | close, held | close
    if asked.nearest is not None and asked.nearest not in held:
        return Fit.OTHER
    named, every = (_share(words, weights, held) for words in (asked.named, asked.words))
    if min(named, every) < _HALF:
        partly = named >= _HALF and every >= _SOME
        alike = partly or _is_alike(item, reading, weigher, _ALIKE if named >= _HALF else _ALIKE_NAMED)
        return Fit.DOUBTFUL if alike and not item.empty else Fit.OTHER
    # Near words alone leave a doubt: a football pitch is near a skating rink too.
    doubtful = only_near or _share(asked.named, weights, said) < _HALF or _of_another_kind(asked, item)
    return Fit.DOUBTFUL if doubtful else Fit.SAME


def _is_alike(item: _Item, reading: Reading, weigher: Weigher, least: tuple[float, float]) -> bool:
    """Return whether a sentence of the item or its title is so like the subject that it may mean it."""
    in_sentence, in_title = least
    if item.likeness >= in_sentence or item.likeness == 0.0:
        return item.likeness > 0.0
    return weigher.likest([reading.topic], [item.about]).get(reading.topic, 0.0) >= in_title


def _numbered(asked: MatterAsked, item: _Item) -> bool:
    """Return whether an item holds the number of the paper asked for; True where none is asked for."""
    return asked.number is None or re.search(rf"\b{asked.number}\b", f"{item.said} {item.whole}") is not None


def _plainly(
    asked: MatterAsked, weights: Mapping[str, float], said: Collection[str], held: Collection[str]
) -> bool:
    """Return whether the words themselves tell the matter: then none near them need be looked for."""
    return (
        (asked.nearest is None or asked.nearest in held)
        and _share(asked.named, weights, said) >= _HALF
        and _share(asked.words, weights, held) >= _HALF
    )


def _of_another_kind(asked: MatterAsked, item: _Item) -> bool:
    """Return whether nothing is decided in it, or no strategy or policy where one is asked for."""
    return not item.decides or (asked.instrument and not INSTRUMENT.search(item.said))


def _held(words: Sequence[str], text: str, reading: Reading) -> set[str]:
    """Return the words that a text holds, in any form, joined or parted, or spelt out."""
    there = set(stems(text))
    held = {word for word in words if any(len(stem) > 1 and stem in there for stem in stems(word))}
    held |= {word for word in words if word not in held and _akin(word, text)}
    held |= written_otherwise([word for word in words if word not in held], [text])
    spelt = {short.lower(): long for short, long in reading.expanded}
    return held | {word for word in words if word in spelt and there.issuperset(stems(spelt[word]))}


def _akin(word: str, text: str) -> bool:
    """Return whether a text holds a word that begins as this one does: "timeliness" for "timely"."""
    begins = word[: max(_ROOT, len(word) - 1)]
    return len(word) >= _ROOT and any(
        other.startswith(begins) and not INSTRUMENT.fullmatch(other) for other in query_words(text)
    )


def _telling(text: str) -> list[str]:
    words = [word for word in query_words(text) if word not in STOP_WORDS and word.isalpha()]
    words = [word for word in words if len(word) >= _LETTERS]
    return list(dict.fromkeys(words))[:_WORDS]


def _share(words: Collection[str], weights: Mapping[str, float], held: Collection[str]) -> float:
    total = sum(weights[word] for word in words)
    return sum(weights[word] for word in words if word in held) / total if total else 1.0


def _nearest(asked: MatterAsked, item: _Item) -> str:
    """Say what no decision was found on, and under what the nearest stands."""
    under = f"; the nearest stands under “{' '.join(item.about.split())}”" if item.about.strip() else ""
    return f"no decision on {quoted(list(asked.named or asked.words)[:_NAMED])} was found{under}"
