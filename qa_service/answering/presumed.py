"""A deed that a question presumes must be told: why a plan was approved is not why it was rejected."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from qa_service.answering.directions import changes_in
from qa_service.answering.drafts import Draft, words_of
from qa_service.answering.signals import content_stems
from qa_service.answering.weighing import Weighed, WeighedUnit, text_of
from qa_service.domain.access import Access
from qa_service.retrieval.presumed import Deed, presumed
from qa_service.retrieval.question import Reading
from qa_service.store.database import Connection

# Far wider than what is read in questions: what may tell of the deed is not taken for silent on it.
_AGAINST = r"""reject\w*|refus\w*|declin(?:ed?|ing)|oppos(?:e[ds]?|ing|ition)|object(?:s|ed|ing|ions?|ors?)?|
    dismiss\w*|defeat\w*|negatived|unsuccessful\w*|unwilling|forfeit\w*|forgo\w*|forewent|waiv(?:e[ds]?|ing)|
    (?:turn|vot)\w*\s+(?:[\w’'-]+\s+){0,4}down|thr(?:ew|own?|owing)\s+(?:[\w’'-]+\s+){0,4}out|
    (?:vot\w+|spoke\w*|speak\w*|argu\w+|decid\w+|advis\w+|was|were|be)\s+against|
    (?:motion|amendment|proposal|proposition|vote|recommendation)s?\b[^.]{0,80}\b(?:lost|fell|failed)|
    withdr[ae]w\w*|scrap\w*|abandon\w*|cancel\w*|shelv\w*|not\s+(?:been\s+|be\s+)?carried(?!\s+out)|not\s+to|
    (?:not|n['’]t|no\s+longer|never|without|unable\s+to)\s+(?:[\w’'-]+\s+){0,3}?(?:approv|accept|adopt|agree|
    support|grant|proceed|pursu|progress|continu|favou?r|endors|recommend|permit)\w*"""
_OFF = r"""axe[ds]?|axing|drop(?:s|ped|ping)?|call\w*\s+off|discontinu\w*|ceas\w*|cessation|rescind\w*|
    revok\w*|stop(?:s|ped|ping)?|end(?:ed|ing|s)?|clos(?:e[ds]?|ing(?!\s+date)|ures?)|remov\w*|delet\w*|terminat\w*|
    postpon\w*|defer\w*|suspend\w*|paus\w*|pull\w*\s+out"""
_TOLD_BY = {
    Deed.REJECTED: _AGAINST,
    Deed.DROPPED: rf"{_AGAINST}|{_OFF}",
    Deed.CLOSED: r"""clos(?:e[ds]?|ing(?!\s+date)|ures?)|shut\w*|ceas\w*|cessation|decommission\w*|
        mothball\w*|discontinu\w*|withdr[ae]w\w*|end(?:ed|ing|s)?|wind\w*\s+(?:up|down)|terminat\w*""",
    Deed.SOLD: r"sell\w*|sold|sales?|dispos\w*|transfer\w*|purchas\w*|buyers?|bought|convey\w*|freehold",
    Deed.DELAYED: r"""defer\w*|postpon\w*|delay(?:ed|ing)|delay\s+(?:the|its|it|to)|adjourn\w*|
        reschedul\w*|slip\w*|paus\w*|suspend\w*|
        (?:put|set|held|hold\w*)\s+(?:[\w’'-]+\s+){0,3}(?:off|back|over|up|on\s+hold)|not\s+(?:yet\s+)?ready""",
    Deed.EXTENDED: r"exten\w*|renew\w*|prolong\w*",
    Deed.AWARDED: r"""award\w*|appoint\w*|tender\w*|won|winn\w*|prizes?|
        contract\s+(?:was\s+)?(?:given|let|went)""",
    Deed.CHOSEN: r"""(?:re-?)?elect(?:ed(?!\s+(?:members?|representatives?|councillors?))|s|ing|ions?)?|
        appoint\w*|co-?opt\w*|nominat\w*|chosen|cho[io]\w*""",
    Deed.RESIGNED: r"""resign\w*|st(?:ep\w*|ood|and\w*)\s+down|quit|retir\w*|vacanc\w*|relinquish\w*|
        left\s+(?:the\s+)?(?:council|office|post|role)""",
    Deed.APPROVED: r"""approv\w*|agree\w*|adopt\w*|accept\w*|endors\w*|pass\w*|carried|resolv\w*|support\w*|
        grant\w*|confirm\w*|decid\w*|decision\w*|permitt\w*|consent\w*|in\s+favour|unanimous\w*|given|
        allow\w*""",
    Deed.GIVEN: r"""giv\w+|gave|donat\w*|grant\w*|contribut\w*|pa(?:y|id|ys|ying|yment\w*)|award\w*|provid\w*|
        allocat\w*|spen[dt]\w*|fund\w*|agree\w*|approv\w*|resolv\w*|cost\w*|cheque|chq""",
    Deed.OPENED: r"open\w*|re-?open\w*|launch\w*|unveil\w*|start\w*|began|begun|begins?|commenc\w*|live",
    Deed.BUILT: r"""buil[dt]\w*|construct\w*|complet\w*|erect\w*|finish\w*|install\w*|put\s+up|develop\w*|
        provid\w*|deliver\w*|place[ds]?|works?""",
    Deed.MENDED: r"""mend\w*|repair\w*|fix\w*|replac\w*|resurfac\w*|complet\w*|works?|restor\w*|renew\w*|
        patch\w*|remed\w*|address\w*|carried\s+out""",
    Deed.BANNED: r"""bann?(?:ed|ing|s)?|prohibit\w*|forb\w+|outlaw\w*|
        (?:not|no\s+longer)\s+(?:be\s+)?(?:allow|permit)\w*""",
    Deed.FINED: r"""fine[ds]?|fining|penalt\w*|prosecut\w*|convict\w*|courts?|sue[ds]?|suing|
        legal\s+(?:action|proceedings)""",
    Deed.WON: r"""won|win(?:s|ner\w*|ning)?|award\w*|champion\w*|first\s+(?:prize|place)|success\w*|gain\w*|
        secur\w*|carried""",
    Deed.MULTIPLIED: r"doubl\w*|twice|two-?fold|trebl\w*|tripl\w*|three\s+times|halv\w*|half",
}
# What is agreed may be told in words for anything: only what says the contrary is no answer.
_CONTRARY = {
    Deed.APPROVED: frozenset({Deed.REJECTED, Deed.DELAYED}),
    Deed.GIVEN: frozenset({Deed.REJECTED}),
}
_TOLD = {
    deed: re.compile(rf"\b(?:{words})\b", re.IGNORECASE | re.VERBOSE) for deed, words in _TOLD_BY.items()
}
_NOT_DONE = re.compile(
    r"(?:\bnot|n['’]t|\bnever|\bno|\bnone|\bneither|\bnor|\bwithout|\binstead\s+of|\brather\s+than|\bavoid\w*|"
    r"\bprevent\w*|\b(?:option|right|power)\s+to|\b(?:wish|want|hop|seek)\w*\s+to|\binterest\w*\s+in)\s+(?:[\w’'-]+\s+){0,3}$",
    re.IGNORECASE,
)
# What every record of a decision says of others, and every set of minutes of its meeting.
_OF_COURSE = re.compile(
    r"""\b(?:alternatives?|options?)\s+(?:considered\s+)?(?:and\s+)?rejected\b
    | \bmeeting\b[^.]{0,40}\b(?:closed|ended)\b
    | \b(?:closed|ended)\s+(?:the|this)\s+(?:meeting|session)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_OF_DEEDS = frozenset(
    content_stems(
        """reject refuse turn throw vote down out against lose defeat scrap abandon cancel shelve axe drop
        call off pull close shut sell sold dispose agree decide resolve choose reason ground defer postpone
        delay adjourn extend renew prolong award elect appoint co-opt resign step stand approve adopt accept
        endorse pass carry"""
    )
)
# Sentences before and behind one in which the deed may stand that it gives the reasons for.
_AROUND = 3
# Of a subject's words, how many the passage of a sentence must say: the tip at Margate is no school there.
_LEAST_SHARE = 0.5
# Log-odds that a sentence may stand behind the best of all, which tells of no such deed: one beside which
# it is told, and one that itself tells of it.
_NEAR, _NEAR_ITSELF = 1.5, 2.5
_ABOUT_HALF, _ABOUT_DOUBLE = 0.6, 1.7


def told_as_presumed(
    reading: Reading, weighed: Weighed, unsaid: str | None = None
) -> tuple[Weighed, str | None]:
    """Return what was weighed of those sentences that tell of a presumed deed, and why where there is none.

    Of the reasons those beside which it is told. None is where a sentence that says that it was not done is
    better than all that tell of it. As it was where nothing is presumed, or where `unsaid` says why already.
    """
    taken = presumed(reading.own)
    if unsaid is not None or taken is None or not weighed.units:
        return weighed, unsaid
    subject = frozenset(content_stems(reading.topic)) - _OF_DEEDS
    around = _AROUND if taken.why else 0
    told: list[WeighedUnit] = []
    best = weighed.units[0].score
    for each in weighed.units:
        denied = _denies(each.text, taken.deed)
        if each.score < best - _NEAR_ITSELF or (denied and not told):
            break
        near = around if each.score >= best - _NEAR else 0
        if not denied and (taken.deed in _CONTRARY or _beside(each, near, taken.deed, subject)):
            told.append(each)
    return replace(weighed, units=tuple(told)), None if told else _untold(taken.deed)


def denied_by(
    reader: Connection,
    reading: Reading,
    told: Sequence[Draft],
    held: Sequence[Draft],
    allowed: frozenset[Access],
) -> str:
    """Return why what is to be quoted denies a presumed deed; "" where it does not, or nothing is presumed.

    `held` is what stands for `told`: a decision in the place of a proposal must itself tell of the deed.
    """
    if not held or (taken := presumed(reading.own)) is None:
        return ""
    first = words_of(reader, held[0], allowed)
    replaced = held[0].spans != told[0].spans
    silent = replaced and not bears_out(first, taken.deed)
    return _untold(taken.deed) if silent or _denies(first, taken.deed) else ""


def bears_out(text: str, deed: Deed) -> bool:
    """Return whether a text bears a presumed deed out: tells of it; of an approval, of nothing contrary."""
    return not _denies(text, deed) if deed in _CONTRARY else tells(text, deed)


def tells(text: str, deed: Deed) -> bool:
    """Return whether a text says that a deed was done, and not only that it was not."""
    if deed is Deed.MULTIPLIED and any(_multiplied(*change) for change in changes_in(text)):
        return True
    text = _OF_COURSE.sub(" ", text)
    return any(_NOT_DONE.search(text[: found.start()]) is None for found in _TOLD[deed].finditer(text))


def _multiplied(before: float, after: float) -> bool:
    """Return whether a figure about doubled or trebled, or was about halved."""
    return before > 0 and not _ABOUT_HALF < after / before < _ABOUT_DOUBLE


def _untold(deed: Deed) -> str:
    return f"nothing that was found on this says that {deed.value}"


def _denies(text: str, deed: Deed) -> bool:
    """Return whether a text says that a deed was not done, or the contrary was, and not that it was."""
    if tells(text, deed):
        return False
    if _TOLD[deed].search(_OF_COURSE.sub(" ", text)):
        return True
    return any(tells(text, each) for each in _CONTRARY.get(deed, ()))


def _beside(weighed: WeighedUnit, around: int, deed: Deed, subject: AbstractSet[str]) -> bool:
    """Return whether the deed is told so near to a sentence, or in its heading, and of the subject."""
    passage, at = weighed.passage, weighed.index
    near = passage.units[max(0, at - around) : at + around + 1]
    if tells(weighed.text, deed):
        return not subject or _share(subject, f"{passage.header} {passage.text}") >= _LEAST_SHARE
    texts = [passage.header, *(text_of(passage, each) for each in near)]
    return any(tells(each, deed) and not subject.isdisjoint(content_stems(each)) for each in texts)


def _share(subject: AbstractSet[str], text: str) -> float:
    return len(subject & set(content_stems(text))) / len(subject)
