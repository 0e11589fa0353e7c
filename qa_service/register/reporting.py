"""What the words of a later paper say of a promise: done, partly, not, overtaken, or merely mentioned."""

import re

from qa_service.domain.register import Says

_PARTICIPLE = (
    r"(?:sent|circulated|provided|published|completed|finished|presented|submitted|reported|launched|"
    r"opened|"
    r"appointed|recruited|held|made|given|received|visited|written|issued|implemented|delivered|"
    r"installed|cleared|"
    r"emptied|repaired|carried\s+out|undertaken|arranged|offered|shared|set\s+up|established|introduced|"
    r"finalised|"
    r"brought|filled|signed|replaced|built|mended|distributed|concluded|gone)"
)
_SUPERSEDED = re.compile(
    r"\b(?:tak(?:es|en|ing)\s+the\s+place\s+of|replac(?:es|ed)\s+(?:the|by)|superseded|"
    r"moved\s+to\s+(?:the|\w+\s)|"
    r"(?:postponed|deferred|put\s+back)\s+(?:to|until)\b|no\s+longer\s+(?:think|thought|needed|required|"
    r"expected|"
    r"planned)|does\s+not\s+expect\s+to|should\s+now\s+be|will\s+now\s+be|revised\s+(?:target|date))",
    re.IGNORECASE,
)
_NOT_DONE = re.compile(
    r"\b(?:outstanding|overdue|not\s+(?:yet\s+)?(?:been|begun|started|done|complete\w*|reached|received|"
    r"met|to\s+hand)|"
    r"had\s+not\b|has\s+not\b|have\s+not\b|nothing\s+had\s+come|still\s+awaited|no\s+progress|"
    r"had\s+aimed\s+at)\b",
    re.IGNORECASE,
)
_PARTLY = re.compile(
    r"\b(?:partly|partially|in\s+part|some\s+of|dropped\s+out|all\s+but|\w+\s+of\s+(?:the\s+)?(?:two|"
    r"three|four|five|six|"
    r"seven|eight|nine|ten|twelve))\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    rf"""
    \b(?:has|have|had)\s+(?:\w+ly\s+|now\s+|since\s+|already\s+|all\s+)?(?:been\s+)?{_PARTICIPLE}\b
    | \b(?:was|were)\s+(?:\w+ly\s+|all\s+)?(?:{_PARTICIPLE})\s+(?:on|in|to|by|at)\b
    | \b(?:sent|launched|opened|completed|done|published|circulated|issued|signed|received|
      finished)\s+(?:on|in|to)?\s*\d{{1,2}}\s
    | \b(?:done|completed?|finished|closed)\b\s*(?:$|[.,;|])
    | \banswer\s+received\b
    | \bopened\s+on\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
# A report that was to come has come: the body that was to have it had it.
HAD = re.compile(
    r"\b(?:received|considered|heard|noted|discussed)\s+(?:and\s+\w+\s+)?(?:a|an|"
    r"the)\s+(?:[\w'’-]+\s+){0,4}?"
    r"(?:report|presentation|update|briefing|paper|survey|result|outcome)s?\b|"
    r"\b(?:presented|introduced|reported|outlined)\s+(?:a|an|the|his|her|their|"
    r"what)\s+(?:[\w'’-]+\s+){0,5}?"
    r"(?:report|update|survey|result|results|findings|outcome|figures|found)\b",
    re.IGNORECASE,
)
_STATE_HEAD = re.compile(
    r"\b(?:state|status|progress|outcome|position|response|result|"
    r"update)\b(?:\s+of\s+(?:the\s+)?actions?)?",
    re.IGNORECASE,
)
_DONE_HEAD = re.compile(
    r"\b(?:what\s+was\s+to\s+be\s+done|actions?(?:\s+proposed)?|recommendations?|requests?)\b", re.IGNORECASE
)


def says_of(words: str) -> Says | None:
    """Return what words say of something promised; None where they report nothing."""
    for says, form in (
        (Says.SUPERSEDED, _SUPERSEDED),
        (Says.NOT_DONE, _NOT_DONE),
        (Says.PARTLY_DONE, _PARTLY),
        (Says.DONE, _DONE),
    ):
        if form.search(words):
            return says
    return None


def heads_a_log(words: str) -> bool:
    """Return whether words head a log of actions: what was to be done, and what became of it."""
    return bool(_STATE_HEAD.search(words) and _DONE_HEAD.search(words))
