"""Which later paper reports on which promise: by its log of actions, by reference, by subject and words.

Pure over values. A link needs the same subject, and words that report. Silence is no link.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from qa_service.documents.dates import dates_in
from qa_service.domain.documents import Part
from qa_service.domain.register import Says
from qa_service.domain.spans import Span
from qa_service.register.evidence import (
    BY_LOG,
    BY_PAPER,
    BY_REFERENCE,
    BY_RENEWAL,
    BY_REPORT,
    BY_RESULT,
    BY_SUBJECT,
    BY_TARGET,
    Link,
    Place,
    Promise,
    Stretch,
)
from qa_service.register.reporting import HAD, heads_a_log, says_of
from qa_service.register.targets import days_in, meetings_of_month, names_month, same_target, tells_result
from qa_service.register.words import Rarity, subject_stems

# Least shares of a promise's subject that a later place must be about, and least cosines; set on the sample.
_LOG_SHARE, _NAMED_MINUTE_SHARE, _LOG_COSINE = 0.3, 0.12, 0.5
_REFERENCE_SHARE = 0.3
_REPORT_SHARE, _REPORT_COSINE = 0.45, 0.35
_SUBJECT = ((0.5, 0.5), (0.6, 0.36))
_SUBJECT_TITLED, _SUBJECT_MISSED = (0.35, 0.3), (0.3, 0.3)
_EARLY_DAYS, _LEAST_WORDS = 100, 6
_TITLE_SHARE, _NAMED_SHARE = 0.5, 0.4
_RENEWAL_SHARE, _RENEWAL_COSINE = 0.6, 0.8
_LONGEST_ENTRY, _LOG_HEAD, _LOG_PASSAGES, _GAP = 420, 400, 4, 2
_TO_REPORT = re.compile(
    r"\b(?:report\w*|update|present\w*|paper|outcome|findings|figures|bring|brought|deferred|"
    r"come\s+back|"
    r"return|consider\w*)\b",
    re.IGNORECASE,
)
_DEFERRED = re.compile(r"\b(?:defer\w*|adjourn\w*|decision)\b", re.IGNORECASE)
_DECIDED = re.compile(
    r"\b(?:took\s+(?:the\s+)?decision|decided|agreed|resolved|approved|adopted)\b", re.IGNORECASE
)
_REFERS = re.compile(
    r"\b(?:as\s+(?:\w+\s+){0,3}(?:asked|requested|agreed|resolved)|asked\s+for|requested|(?:request|promise|undertaking)\s+(?:made|given)|deferred\s+from|"
    r"(?:at|from)\s+(?:its|the)\s+(?:last\s+)?meeting)\b",
    re.IGNORECASE,
)
_TITLE_BELOW = re.compile(r"\n(?:[A-Z]{3,}[A-Z ,&/-]{5,}(?=\n|$)|\d{1,2}\.\s+[A-Z])")
_MINUTE = re.compile(r"\bminute\s+(?P<number>\d+\w*)", re.IGNORECASE)
_COMING = frozenset({BY_REPORT, BY_PAPER})
_REPORTING = frozenset({Part.MINUTES, Part.REPORT, Part.APPENDIX, Part.OTHER, Part.WEB_PAGE, Part.SLIDES})


class FollowUps:
    """Finds links among the promises and passages of one council."""

    def __init__(self, promises: Sequence[Promise], stretches: Sequence[Stretch]) -> None:
        self._promises, self._stretches = promises, stretches
        self._subjects = {
            each.row: subject_stems(f"{each.heading} {_undated(each.text)}") for each in promises
        }
        self._own = {each.row: subject_stems(_undated(each.text)) for each in promises}
        self._titles = {each.row: subject_stems(_undated(each.heading)) for each in promises}
        self._stems = [subject_stems(f"{each.item} {each.heading} {each.text}") for each in stretches]
        self._openings = _openings(stretches)
        self._rarity = Rarity(self._stems)
        self._by_body: dict[str, list[Promise]] = {}
        self._by_day: defaultdict[date, list[Promise]] = defaultdict(list)
        for each in promises:
            if each.made_at:
                self._by_day[each.made_at].append(each)

    def links(self) -> Iterator[Link]:
        """Yield every link, those of logs first; a promise and a place are joined once.

        Where a paper refers to the meeting that asked for it, "The Panel considered a report" adds nothing.
        """
        seen: set[tuple[int, int, int]] = set()
        referred: set[tuple[int, date | None]] = set()
        for found in (self._logged(), self._referred(), self._renewed(), self._told()):
            for link in found:
                row, held_on = link.promise.row, link.stretch.held_on
                key = (row, link.stretch.document_row, link.span.start)
                if key in seen or (link.why in _COMING and (row, held_on) in referred):
                    continue
                seen.add(key)
                if link.why == BY_REFERENCE:
                    referred.add((row, held_on))
                yield link

    def _logged(self) -> Iterator[Link]:
        for at, begun in enumerate(self._stretches):
            if not heads_a_log(begun.text[:_LOG_HEAD]):
                continue
            stretch = self._run_on(at)
            for day, span in _entries(stretch, frozenset(self._by_day)):
                text = " ".join(stretch.text[span.start - stretch.start : span.end - stretch.start].split())
                promise = self._entered(day, text, span, stretch)
                if promise is not None:
                    yield Link(promise, stretch, span, text, says_of(text) or Says.PROGRESS, BY_LOG)

    def _run_on(self, at: int) -> Stretch:
        """Return a passage with those right behind it: a table that is cut into passages is one."""
        whole = self._stretches[at]
        for behind in self._stretches[at + 1 : at + 1 + _LOG_PASSAGES]:
            gap = behind.start - whole.start - len(whole.text)
            if behind.document_row != whole.document_row or not 0 <= gap <= _GAP:
                break
            text, places = f"{whole.text}{' ' * gap}{behind.text}", whole.places + behind.places
            whole = replace(whole, text=text, places=places)
        return whole

    def _entered(self, day: date, text: str, span: Span, stretch: Stretch) -> Promise | None:
        """Return the promise that an entry of a log lists: of that day, that minute, that subject."""
        minute = _MINUTE.search(text)
        offered = subject_stems(text)
        within = [place.vector for place in stretch.places if place.span.overlaps(span)]
        scored = []
        for each in self._by_day[day]:
            if (minute and each.minute != minute["number"]) or not _is_later(each, stretch, named=True):
                continue
            near = max(
                (float(each.vector @ vector) for vector in within if each.vector is not None), default=0.0
            )
            alike = self._alike(offered, each)
            if alike >= (_NAMED_MINUTE_SHARE if minute else _LOG_SHARE) or near >= _LOG_COSINE:
                scored.append((alike + near, -each.row, each))
        return max(scored)[2] if scored else None

    def _alike(self, offered: frozenset[str], promise: Promise) -> float:
        either_way = self._rarity.share(offered, self._subjects[promise.row])
        return max(either_way, self._rarity.share(self._own[promise.row], offered))

    def _referred(self) -> Iterator[Link]:
        """Yield the places that name the day of the meeting that asked: "as the Panel asked on 19 May"."""
        for stretch in self._stretches:
            for place in stretch.places if stretch.part in _REPORTING else ():
                if not _REFERS.search(place.text):
                    continue
                named = meetings_of_month(place.text, self._by_day, stretch.held_on)
                for day in sorted(days_in(place.text) | named):
                    promise = self._referred_to(day, stretch, place)
                    if promise is not None:
                        yield Link(
                            promise,
                            stretch,
                            place.span,
                            place.text,
                            says_of(place.text) or Says.DONE,
                            BY_REFERENCE,
                        )

    def _referred_to(self, day: date, stretch: Stretch, place: Place) -> Promise | None:
        """Return the promise of that day on the same subject, first of all one due at this meeting."""
        around = subject_stems(f"{stretch.heading} {place.text}")
        scored = []
        for promise in self._by_day.get(day, ()):
            share = self._rarity.share(self._subjects[promise.row], around)
            if _is_later(promise, stretch) and share >= _REFERENCE_SHARE and _TO_REPORT.search(promise.text):
                due = promise.due is not None and promise.due == stretch.held_on
                scored.append((due, share + _cosine(promise, place), -promise.row, promise))
        return max(scored)[3] if scored else None

    def _held(self) -> Iterator[tuple[Stretch, Promise]]:
        """Yield every promise with the passage that it stands in."""
        by_document: defaultdict[int, list[Promise]] = defaultdict(list)
        for each in self._promises:
            by_document[each.document_row].append(each)
        for stretch in self._stretches:
            for each in by_document[stretch.document_row]:
                if stretch.start <= each.span.start < stretch.start + len(stretch.text):
                    yield stretch, each

    def _promised_to(self, body: str | None) -> list[Promise]:
        """Return the promises that a body made or was told of by name."""
        if body is not None and body not in self._by_body:
            self._by_body[body] = [p for p in self._promises if p.body == body or body in p.text]
        return self._by_body[body] if body is not None else []

    def _told(self) -> Iterator[Link]:
        """Yield, of each promise and paper, the place that reports best; of reports that came, the first."""
        best: dict[tuple[int, int], tuple[float, Link]] = {}
        for stems, stretch in zip(self._stems, self._stretches, strict=True):
            if stretch.part not in _REPORTING or heads_a_log(stretch.text[:_LOG_HEAD]):
                continue
            for promise in self._promised_to(stretch.body):
                if _is_later(promise, stretch) and stems & self._subjects[promise.row]:
                    for score, link in self._reported(promise, stretch):
                        key = (promise.row, stretch.document_row)
                        if key not in best or score > best[key][0]:
                            best[key] = (score, link)
        came: dict[int, date] = {}
        for _, link in sorted(best.values(), key=lambda found: found[1].stretch.held_on or date.max):
            held_on = link.stretch.held_on or date.max
            if link.why not in _COMING or came.setdefault(link.promise.row, held_on) == held_on:
                yield link

    def _reported(self, promise: Promise, stretch: Stretch) -> Iterator[tuple[float, Link]]:
        """Yield (how surely, link) for the places of a passage that report on a promise."""
        titled = self._is_titled_alike(promise, stretch)
        same_item = titled or self._names_title_of(promise, stretch) or _of_one_event(promise, stretch)
        if _TO_REPORT.search(promise.text) and _is_due(promise, stretch):
            if stretch.part is Part.MINUTES:
                yield from self._had(promise, stretch, same_item=same_item)
            else:
                yield from self._tabled(promise, stretch, titled=titled, same_item=same_item)
        yield from self._said(promise, stretch, titled=titled, same_item=same_item)

    def _had(self, promise: Promise, stretch: Stretch, *, same_item: bool) -> Iterator[tuple[float, Link]]:
        """Yield the sentences of minutes by which a meeting had the report that was to come to it."""
        topic = subject_stems(f"{stretch.heading} {stretch.item}")
        for place in stretch.places:
            cosine = _cosine(promise, place)
            if HAD.search(place.text):
                about = self._rarity.share(self._own[promise.row], topic | subject_stems(place.text))
                if same_item or (about >= _REPORT_SHARE and cosine >= _REPORT_COSINE):
                    yield 2 + cosine, _link(promise, stretch, place, Says.DONE, BY_REPORT)
            elif same_item and _is_on_its_day(promise, stretch) and _tells(place):
                settled = bool(_DEFERRED.search(promise.text) and _DECIDED.search(place.text))
                yield 1 + cosine + settled, _link(promise, stretch, place, Says.DONE, BY_REPORT)

    def _tabled(
        self, promise: Promise, stretch: Stretch, *, titled: bool, same_item: bool
    ) -> Iterator[tuple[float, Link]]:
        """Yield the first sentence of a report that came before the meeting that was to have it."""
        if not titled and not (same_item and _is_on_its_day(promise, stretch)):
            return
        for place in stretch.places:
            if (stretch.document_row, place.span) in self._openings:
                yield 1 + _cosine(promise, place), _link(promise, stretch, place, Says.DONE, BY_PAPER)

    def _said(
        self, promise: Promise, stretch: Stretch, *, titled: bool, same_item: bool
    ) -> Iterator[tuple[float, Link]]:
        """Yield the places that tell of a promise what became of it: same subject, target or result."""
        least = [*_SUBJECT, _SUBJECT_TITLED] if titled else [*_SUBJECT]
        for before, place in zip((None, *stretch.places), stretch.places, strict=False):
            cosine = _cosine(promise, place)
            if same_item and tells_result(promise.text, place.text):
                yield 1 + cosine, _link(promise, stretch, place, Says.DONE, BY_RESULT)
            says = says_of(place.text)
            if says is None:
                continue
            missed = says is Says.NOT_DONE and _is_on_its_day(promise, stretch)
            alone = self._rarity.share(self._own[promise.row], subject_stems(place.text))
            enough = [*least, _SUBJECT_MISSED] if missed else least
            if any(alone >= share and cosine >= near for share, near in enough):
                yield 1 + cosine, _link(promise, stretch, place, says, BY_SUBJECT)
            elif _on_target(promise, before, place):
                yield 1 + cosine, _link(promise, stretch, place, says, BY_TARGET)

    def _is_titled_alike(self, promise: Promise, stretch: Stretch) -> bool:
        """Return whether promise and passage stand under the same title, but for dates: a title recurs."""
        title = self._titles[promise.row]
        others = [subject_stems(_undated(each)) for each in (stretch.heading, stretch.item)]
        share = self._rarity.share
        return any(
            title and other and min(share(title, other), share(other, title)) >= _TITLE_SHARE
            for other in others
        )

    def _names_title_of(self, promise: Promise, stretch: Stretch) -> bool:
        """Return whether a promise names most of what the title of a passage is about, two words."""
        for title in (stretch.heading, stretch.item):
            stems = subject_stems(_undated(title))
            if len(stems) > 1 and self._rarity.share(stems, self._subjects[promise.row]) >= _NAMED_SHARE:
                return True
        return False

    def _renewed(self) -> Iterator[Link]:
        """Yield the places where a thing is promised again, with a day, before the first promise was due."""
        for stretch, later in self._held():
            for promise in self._promised_to(stretch.body):
                if (
                    later.due is None
                    or later.vector is None
                    or promise.vector is None
                    or not _is_later(promise, stretch)
                ):
                    continue
                in_time = promise.due is None or (later.made_at is not None and later.made_at <= promise.due)
                alike = self._rarity.share(self._own[promise.row], self._own[later.row])
                if (
                    in_time
                    and alike >= _RENEWAL_SHARE
                    and float(promise.vector @ later.vector) >= _RENEWAL_COSINE
                ):
                    yield Link(promise, stretch, later.span, later.text, Says.SUPERSEDED, BY_RENEWAL)


def _openings(stretches: Sequence[Stretch]) -> frozenset[tuple[int, Span]]:
    """Return the places with which reports begin: the first sentence of each says what it is for."""
    first: dict[tuple[int, str], Span] = {}
    for stretch in stretches:
        if stretch.part is Part.REPORT and stretch.item:
            for place in stretch.places:
                if _tells(place):
                    first.setdefault((stretch.document_row, stretch.item), place.span)
    return frozenset((row, span) for (row, _), span in first.items())


def _on_target(promise: Promise, before: Place | None, place: Place) -> bool:
    """Return whether a place names the figure and the month of a promise, the month perhaps just before."""
    words = place.text if names_month(place.text) or before is None else f"{before.text} {place.text}"
    return same_target(promise.text, words)


def _link(promise: Promise, stretch: Stretch, place: Place, says: Says, why: str) -> Link:
    return Link(promise, stretch, place.span, place.text, says, why)


def _tells(place: Place) -> bool:
    """Return whether a place is a sentence of the record: no title, no marker of a decision."""
    return (
        len(place.text.split()) >= _LEAST_WORDS and place.text.endswith(".") and "RESOLVED" not in place.text
    )


def _undated(text: str) -> str:
    """Return a text without its dates: two papers of one day are not about the same for that."""
    for mention in reversed(dates_in(text)):
        text = f"{text[: mention.span.start]} {text[mention.span.end :]}"
    return text


def _cosine(promise: Promise, place: Place) -> float:
    return float(promise.vector @ place.vector) if promise.vector is not None else 0.0


def _is_later(promise: Promise, stretch: Stretch, *, named: bool = False) -> bool:
    """Return whether a passage belongs to a later meeting of the body that was promised to, or of one named.

    `named`: the passage itself names the meeting that promised, whoever's paper it stands in.
    """
    if promise.made_at is None or (stretch.held_on is not None and stretch.held_on <= promise.made_at):
        return False
    if stretch.held_on is None and stretch.document_row == promise.document_row:
        return False
    return named or (
        stretch.body is not None and (stretch.body == promise.body or stretch.body in promise.text)
    )


def _is_on_its_day(promise: Promise, stretch: Stretch) -> bool:
    return promise.due is not None and promise.due == stretch.held_on


def _is_due(promise: Promise, stretch: Stretch) -> bool:
    """Return whether a meeting is one at which the promise could be kept: not long before it is due."""
    return (
        promise.due is None or stretch.held_on is None or (promise.due - stretch.held_on).days <= _EARLY_DAYS
    )


def _of_one_event(promise: Promise, stretch: Stretch) -> bool:
    """Return whether both are about what happened on one day, which is no meeting's: "the storm of 2 May"."""
    meetings = {promise.made_at, promise.due, stretch.held_on}
    told = f"{stretch.heading} {stretch.item} {stretch.text}"
    return bool((days_in(f"{promise.heading} {promise.text}") & days_in(told)) - meetings)


def _entries(stretch: Stretch, days: frozenset[date]) -> Iterator[tuple[date, Span]]:
    """Yield the entries of a log: each opens a line with the day of a meeting that promised something."""
    starts: list[tuple[int, date]] = []
    for mention in dates_in(stretch.text):
        opens = not stretch.text[
            stretch.text.rfind("\n", 0, mention.span.start) + 1 : mention.span.start
        ].strip(" |*")
        earlier = stretch.held_on is None or (mention.value is not None and mention.value < stretch.held_on)
        if opens and earlier and mention.value in days:
            starts.append((mention.span.start, mention.value))
    ends = [*(start for start, _ in starts), len(stretch.text)][1:]
    for (start, day), end in zip(starts, ends, strict=True):
        words = stretch.text[start : min(end, start + _LONGEST_ENTRY)]
        if title := _TITLE_BELOW.search(words):
            words = words[: title.start()]
        words = words.rstrip()
        yield day, Span(stretch.start + start, stretch.start + start + len(words))
