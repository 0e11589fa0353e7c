"""Standing text that every paper repeats: declarations, equality duty, section 100D, filming, templates."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa_service.documents.paragraphs import Paragraph

_STANDING = re.compile(
    r"(?:All )?Members (?:were mindful|who believe|should be aware of their|are (?:asked|reminded|"
    r"invited|requested) to "
    r"declare)|All Members who believe|(?:The )?Filming|FILMING|This meeting (?:may be|is being|"
    r"will be)[^.]{0,60}(?:recorded|"
    r"broadcast|webcast|filmed)|(?:Please note )?(?:that )?(?:this meeting|"
    r"any public)[^.]{0,50}(?:webcast|recorded)|"
    r"ABOUT THIS (?:AGENDA|MEETING)|On request, this agenda can|The press and public are welcome|"
    r"County Councillors attending as appointed members|\(?During these items the meeting is likely|"
    r"\(?At the time of preparing the agenda there were no exempt|For publication \[Do not include|"
    r"Should (?:m|M)embers require any advice on declarations|Advance notice of questions is not required|"
    r"You can view the individual reports for this meeting|Fire (?:procedure|evacuation)|"
    r"Mobile (?:phones|telephones)|Smoking policy",
)
_NB = re.compile(
    r"NB:?\s.{0,200}\bdelete|This proposal does not link to the Strategic Plan but|See guidance at <?http|"
    r"Insert in full your|why you consider that the project/proposal|"
    r"will give details of the identified impacts|"
    r"\[?(?:Insert|Delete) (?:text|as appropriate|here)|Not all headings are required|^OR$|"
    r"\[Do not include information which is exempt",
    re.IGNORECASE,
)
_CORPORATE = re.compile(
    r"(?:REQUIRED )?CORPORATE AND LEGAL INFORMATION|Links to the (?:Strategic|Corporate) Plan|"
    r"Other Significant Links|"
    r"Section 100 ?D|EQUALIT(?:Y|IES) IMPACT ASSESSMENTS?:?$|Equality Duty$|Background (?:papers|"
    r"documents):?$",
    re.IGNORECASE,
)
_DUTY = re.compile(
    r"(?:The County Council|The Council|KCC) has a duty under Section 149|"
    r"Eliminate (?:unlawful )?discrimination, harass|"
    r"(?:- )?Advance equality of opportunity between|Foster good relations between|"
    r"Due regard in this context|"
    r"The need to remove or minimise|Take steps to meet the needs of persons|Encourage persons sharing",
    re.IGNORECASE,
)
_HUNDRED_D = re.compile(
    r"The following documents discuss facts or matters on which|^Document(?: Location)?$|^Location$|"
    r"important part of it, is based and have been relied upon",
    re.IGNORECASE,
)
_LINKS = re.compile(
    r"(?:Links to previous Member decisions|Direct links to specific legislation|^Title(?: Date)?$|^Date$|"
    r"maintains? strong and sustainable|People in \w+ (?:live safe|enjoy))",
    re.IGNORECASE,
)
_KEY_DECISION = re.compile(
    r"Key decision criteria\.|\) result in savings or expenditure which is significant|"
    r"\) be significant in terms of its effects|the adoption or significant amendment of major strategies|"
    r"significant service developments, significant service reductions",
    re.IGNORECASE,
)
_STATEMENT = re.compile(r"(?:\d\.?\s*)?Equalit(?:y|ies) Impact Assessment:?$", re.IGNORECASE)


def is_standing_text(words: str) -> bool:
    """Return whether words open a text that stands in paper after paper, whatever the business."""
    return _STANDING.match(words) is not None


def is_template_residue(words: str) -> bool:
    """Return whether words are a template's instruction or an alternative that nobody deleted."""
    return _NB.search(words) is not None


def is_key_decision_criterion(words: str) -> bool:
    """Return whether words are a form's own definition of a key decision."""
    return _KEY_DECISION.search(words) is not None


def opens_corporate_block(words: str) -> bool:
    """Return whether words head the corporate and legal information at the end of a report."""
    return _CORPORATE.match(words) is not None


@dataclass(frozen=True, slots=True)
class Standing:
    """What each paragraph of a corporate block is: standing text, or the answer that somebody wrote."""

    paragraph: Paragraph
    standing: bool


def corporate_block(paragraphs: Sequence[Paragraph]) -> Iterator[Standing]:
    """Yield the paragraphs of a corporate block, saying of each whether it is standing text.

    The yes and no beside the strategic plan belong to their labels and stand with them; the statement below
    "Equalities Impact Assessment:" is content, and so is the "None" below the background documents.
    """
    in_papers = False
    for paragraph in paragraphs:
        in_papers = _PAPERS.match(paragraph.text) is not None or (
            in_papers and not _CORPORATE.match(paragraph.text)
        )
        answer = in_papers and paragraph.text.strip("| ") in {"None", "N/A", "Nil"}
        yield Standing(paragraph, _is_corporate(paragraph) and not answer)


def _is_corporate(paragraph: Paragraph) -> bool:
    words = paragraph.text
    return bool(
        _CORPORATE.match(words)
        or _DUTY.search(words)
        or _HUNDRED_D.search(words)
        or _LINKS.search(words)
        or _NB.search(words)
        or _STATEMENT.fullmatch(words)
        or _YES_NO.fullmatch(words)
    )


_PAPERS = re.compile(r"Section 100 ?D|Background (?:papers|documents)", re.IGNORECASE)
_YES_NO = re.compile(r"(?:(?:yes|no|n/a|none|or)\b[\s|]*)+", re.IGNORECASE)
