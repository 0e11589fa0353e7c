"""The words by which somebody undertakes to do a thing, or is told to, and the words that only sound so."""

import re

_DOING = (
    r"(?:report|bring|return|present|provide|send|circulate|write|share|supply|arrange|publish|print|"
    r"submit|"
    r"update|review|consult|check|investigate|find\s+out|look\s+into|follow\s+up|come\s+back|be\s+back|"
    r"let\b|raise|seek|"
    r"prepare|produce|develop|draft|visit|call|call\s+at|tell|inform|notify|contact|meet|speak|convene|"
    r"hold|"
    r"organise|explore|consider|include|clarify|confirm|obtain|extend|answer|respond|reply|pass\s+on|"
    r"forward|"
    r"take\s+(?:back|forward|away|up)|feed\s+back|set\s+up|set\s+out|draw\s+up|work\s+with|liaise|ask|"
    r"ensure|monitor|"
    r"add|distribute|issue|launch|appoint|recruit|complete|finalise|implement|open|clear|repair|install|"
    r"begin|"
    r"start|commence|carry\s+out|undertake|conduct|bring\s+forward|give|join|attend|invite|replace|"
    r"build|lay)"
)
_DONE = (
    r"(?:reported|brought|returned|presented|provided|sent|circulated|written|shared|supplied|arranged|"
    r"published|printed|submitted|updated|reviewed|consulted|checked|investigated|followed\s+up|raised|"
    r"sought|"
    r"prepared|produced|developed|drafted|visited|informed|notified|contacted|held|organised|explored|"
    r"considered|reconsidered|discussed|included|clarified|obtained|answered|distributed|issued|launched|appointed|recruited|"
    r"completed|finalised|implemented|opened|cleared|repaired|installed|carried\s+out|undertaken|conducted|"
    r"offered|rebuilt|laid|replaced|built|ready|in\s+place|rolled\s+out|placed|taken\s+(?:back|forward)|"
    r"added|"
    r"made\s+available|available|asked|invited|looked\s+at\s+again|deferred|established|delivered|"
    r"introduced|"
    r"commissioned|tabled|fed\s+back|adjourned|embedded|piloted)"
)
_ADVERB = r"(?:\s+(?:also|then|now|therefore|in future|each|be able to|shortly|soon))*"

_NAME_OF_OFFICE = (
    r"(?!That\b|RESOLVED\b)[A-Z][\w'’-]+(?:\s+(?:(?:of|for|and|&|in)\s+)?(?:the\s+)?[A-Z][\w'’-]+)*"
)

# In a decision: an instruction, or a thing that is to come.
INSTRUCTION = re.compile(
    rf"""
    \bbe{_ADVERB}\s+(?:asked|requested|invited|instructed|tasked|urged)\s+(?:to|that|again)\b
    | \b(?:asks?|requests?|invites?|instructs?)\s+(?:that\s+)?(?:the|a|an|each|Cllr|Councillor|
        officers|[A-Z])[\w ,'’&-]{{0,90}}?\b(?:to|for)\b
    | \bbe\s+deferred\b(?!\s+(?:from|in\s+accordance))
    | \b(?:further|progress|update|another|detailed|full|outturn|annual|yearly|written)\s+(?:report|update|
        briefing|paper|answer)s?\s+(?:(?:to\s+)?be\s+(?:made|brought|given|
        presented|submitted|provided|circulated|prepared)|(?:to\s+)?come|to)\b
    | \b(?:be|is|are)\s+(?:reported|brought|presented|submitted|returned|circulated|sent|provided|shared|
        added|consulted|considered|written)\s+(?:back|to|at|as|for|on|in|by)\b
    | \bthat\s+(?:the\s+)?[\w ,'’&-]{{2,60}}?\s+(?:would|will|shall|should)\s+be\s+{_DONE}
    | \bwould\s+be\s+{_DONE}\b
    | \b(?:write|writes)\s+to\s+(?:the|[A-Z])
    | \bwith\s+a\s+request\s+(?:for|that)\b
    | \bwith\s+the\s+addition\s+of\b
    | \bsubject\s+to\s+the\s+addition\s+of\s+a\b
    """,
    re.VERBOSE,
)
# "the Director of Place seek a partner": an office, and the bare verb of a resolution.
TOLD = re.compile(
    rf"(?P<owner>(?:\b(?:the|each|every|The|Each)\s+)?{_NAME_OF_OFFICE})(?<!['’]s)\s+"
    rf"(?:be\s+(?:asked|requested|invited|instructed|tasked)\s+to|{_DOING})\b"
)
# "referred to the Executive Member for Children": an office that is handed a thing.
HANDED = re.compile(
    rf"\b(?:referred\s+to|asks?|requests?|invites?|instructs?)\s+(?P<owner>(?:the|"
    rf"each)\s+{_NAME_OF_OFFICE})"
)
# Who can keep a promise: a person, an office, a body. A paper or a policy "would bring" and promises nothing.
_WHO = (
    r"(?:[Hh]e|[Ss]he|[Tt]hey|[Oo]fficers?|[Ss]taff|(?:Mr|Mrs|Ms|Miss|Dr|Cllr|Councillor)\s+[A-Z][\w'’-]+|"
    r"(?:Director|Head|Officer|Manager|Chair|Chairman|Chairwoman|Leader|Member|Solicitor|Clerk|Lead|Treasurer)"
    r"(?:\s+(?:of|for)\s+[\w' &-]{2,40}?)?|(?:[Tt]he\s+)(?:team|service|department|authority|trust|company|"
    r"council|County\s+Council|Council|Service|Team|Partnership|Trust))"
)
# What is done for members to see: told of without a day it is a promise all the same.
_TOLD_OF = (
    r"(?:reported|brought|presented|provided|sent|circulated|shared|supplied|arranged|published|printed|"
    r"submitted|followed\s+up|looked\s+into|investigated|considered|consulted|offered|launched|recruited|"
    r"appointed|placed|taken\s+(?:back|forward)|added|asked|invited|looked\s+at\s+again|fed\s+back|written|"
    r"produced|rebuilt|laid|updated|tabled)(?!\s+(?:as|by\s+the\s+Government)\b)"
)
_TELLING = r"(?:tell|report|write|let|inform|send|circulate|provide|share|update|come\s+back)"
# In the text of minutes: somebody said that they would.
UNDERTAKEN = re.compile(
    rf"""
    \b(?:undertook|promised|pledged|volunteered)\s+(?:to\b|that\b|each\b|them\b|members\b|him\b|her\b|the\b)
    | (?<!being\s)(?<!be\s)\b(?:offered|committed)\s+to\s+(?:\w+ly\s+)?{_DOING}\b
    | \bagreed\s+to\s+(?:\w+ly\s+)?{_DOING}\b
    | \b{_WHO}\s+would{_ADVERB}\s+(?!include\b|build\b){_DOING}\b
    | \band\s+(?:would|that\s+(?:he|she|they)\s+would){_ADVERB}\s+{_TELLING}\b
    | \b(?:would|will){_ADVERB}\s+be\s+{_TOLD_OF}\b
    | \bwould\s+(?:come|go)\s+back\b
    | \bwould{_ADVERB}\s+be\s+(?:making|writing|bringing|sending|publishing|launching|reporting|meeting|
      seeking)\b
    | \b(?:was|were)\s+deferred\s+(?:to|until)\b
    | \b(?:was|is)\s+(?:planning|intending)\s+to\s+{_DOING}
    | \b(?:he|she|they)\s+(?:meant|intended|planned)\s+to\s+{_DOING}\b
    | \bhad\s+been\s+asked\s+(?:for|to)\b
    """,
    re.VERBOSE,
)
# In the text of minutes: what would happen, where a day to come follows.
DATED = re.compile(
    rf"""
    \bwould{_ADVERB}\s+(?:be\s+{_DONE}|{_DOING}|come|go|follow|take\s+up|move|resume)\b
    | \b(?:was|were|is|are)\s+(?:also\s+)?(?:due|scheduled|planned|set)\s+to\s+\w+
    | \b(?:was|were|is|are)\s+expected\s+to\s+be\s+{_DONE}\b
    | \b(?:meant|intended|planned)\s+to\s+{_DOING}\b
    | \bwill{_ADVERB}\s+(?:be\s+(?:{_DONE}|undertaking|carrying|holding|launching)|{_DOING})\b
    """,
    re.VERBOSE,
)
# In a report: what is planned, where a day to come follows.
PLANNED = re.compile(
    rf"""
    \bwill{_ADVERB}\s+(?:be\s+(?:{_DONE}|undertaking|carrying\s+out|holding|launching)|go\s+to|{_DOING})\b
    | \b(?:is|are)\s+(?:due|scheduled|planned|set|expected|intended)\s+to\s+(?:be\s+{_DONE}|{_DOING})\b
    | \b(?:is|are)\s+to\s+(?:be\s+{_DONE}|{_DOING})\b
    | \bshould\s+now\s+be\s+{_DONE}\b
    | \b[Tt]he\s+(?:plan|intention|aim)\s+is\s+(?:for\b|to\b|that\b)
    | \b(?:we|officers)\s+(?:plan|intend|aim|propose)\s+to\s+{_DOING}
    """,
    re.VERBOSE,
)
# "The work programme was agreed, with the addition of a report on ... ."
ADDED = re.compile(
    r"\b(?:agreed|approved|noted)\b.{0,40}\bwith\s+the\s+addition\s+of\s+an?\s+(?:report|item|update)\b"
)
ACTION_LINE = re.compile(
    r"(?:ACTIONS?|Actions?)\s*(?:\d+\s*)?[:\u2013-]\s*(?=\S)|(?:ACTION|Action) (?=[A-Z]\w+ to )"
)
# What only sounds like a promise.
NOT_PROMISED = re.compile(
    r"""
    \b(?:asked|queried|questioned|enquired|wondered|inquired)\s+(?:\w+\s+)?(?:whether|if|when|what|how|why|who)\b
    | \b(?:if|unless|whether|should\s+the|were\s+to|in\s+the\s+event)\b
    | \b(?:hop(?:ed|es|ing)|suggest(?:ed|s)|felt|thought|believed|argued|wished|feared|worried|preferred|
        considered|could|might|(?-i:may)|likely|possib\w+|potential\w*|unlikely|ideally|welcomed|
        expected(?!\s+to\s+be\s+(?:published|completed|finalised|launched|opened|ready|presented|reported)))\b
    | \b(?:would|will)\s+(?:be\s+)?(?:needed|required|useful|helpful|difficult|affected|welcome|unlikely)\b
    | \b(?:wanted|wants)\s+to\s+know\b
    | \b(?:would|will)\s+(?:continue|like|always|usually|normally|depend|include)\b | \b[Nn]ormally\b
    | \b(?:Government|Ministers?|Secretary\s+of\s+State|Department|DLUHC|MHCLG|DfE|HMRC|Parliament|Ofsted)\b
        [^.]{0,60}\b(?:would|will|must)\b
    | \bI\s+(?:will|am|shall)\b | \bthey\s+will\s+be\s+invited\b | \b(?:forecast|indicated)\s+that\b
    | \brumours?\b | \bsavings\b[^.]{0,40}\bwould\b
    | \b(?:nothing|nobody|none|no\s+\w+(?:\s+\w+){0,2})\s+(?:would|will)\b
    | \bhaving\s+heard\b | \bbring\s+in\s+\u00a3
    | \bnext\s+meeting\b[^.]{0,60}\b(?:be\s+held|take\s+place|be\s+on)\b
    | \?
    """,
    re.VERBOSE | re.IGNORECASE,
)
# In decisions nothing is merely hoped: only what closes or refuses is no promise.
NOT_TOLD = re.compile(
    r"\b(?:press\s+and\s+public|excluded\s+from\s+the\s+meeting|no\s+action|that\s+no\b|delegated?\s+authority|"
    r"(?:Cabinet|Council|Executive)\s+be\s+(?:asked|requested|invited))\b",
    re.IGNORECASE,
)
_NAME = r"(?:[A-Z][\w'’-]+(?:\s+(?:of|for|and|the|&|in)\s+(?=[A-Z])|\s+(?=[A-Z]))?)+"
_SPOKE = (
    r"(?:said|replied|reported|stated|confirmed|explained|advised|mentioned|added|answered|noted|undertook|"
    r"promised|agreed|offered|pledged|committed|volunteered|was|is|has|had|indicated|told|announced|"
    r"would|will)"
)
SPEAKER = re.compile(
    rf"(?:^(?:[\d.]+\s+|[-\u2022*]\s*|\(\w+\)\s*)?|[.;:]\s+|\b[Qq]uestion\s+from\s+{_NAME},?\s+|\bthat\s+)"
    rf"(?P<owner>(?:[Tt]he\s+)?{_NAME_OF_OFFICE}|(?:[Tt]he\s+)?{_NAME}|each\s+\w+)\s+{_SPOKE}\b"
)
ASKED = re.compile(
    rf"\b(?P<owner>(?:[Ee]ach|[Ee]very)\s+\w+|(?:[Tt]he\s+)?{_NAME_OF_OFFICE})\s+(?:had|has|have|was|were)\s+"
    r"(?:been\s+)?asked\s+(?:for|to)\b"
)
NOBODY = re.compile(
    r"^(?:The\s+)?(?:Members?|Panel|Committee|It|In|On|At|There|This|That|These|Work|What|Whatever|Whoever|Which|"
    r"When|All|Both|Some|Any|Each|Every|Report|Plan|A|An)$"
)
