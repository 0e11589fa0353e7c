"""The JSON of an explanation: which stage decided a reply, and what each stage had before it."""

from typing import Self

from qa_service.api.bodies import CitationBody, PassageBody, ReplyBody
from qa_service.api.question_bodies import Body, FiltersBody
from qa_service.domain.explanations import (
    Explanation,
    FoundPassage,
    Route,
    SearchMade,
    Stage,
    WeighedSentence,
)

# Where to look when a reply that this stage decided is wrong.
MENDED_BY = {
    Stage.NOT_HELD: "ingest papers of that council, or leave its name out of the question",
    Stage.PRIVATE: "the question reads as one for a private person's identity: ask without it",
    Stage.NO_SUBJECT: "ask with a subject, a committee or a date: several meetings are held",
    Stage.SCOPE_EMPTIED: "take away a limit read from the question, or ingest papers of that meeting",
    Stage.NOTHING_RETRIEVED: "ingest papers: no passage is held",
    Stage.NOT_NAMED: "check how the papers spell the name, and whether the limits shut its papers out",
    Stage.TOLD_ELSEWHERE: "see whether the council, committee or date was read rightly, or take it away",
    Stage.NO_MEETING: "check the date of the meeting, or ingest its papers",
    Stage.RANKED_TOO_LOW: "if the right sentence is listed, see which feature holds it back; if its passage "
    "is not, ask in the papers' words, or see how the paper was read",
    Stage.CALIBRATION: "the best sentence was doubted: see its score, and how near the next ones come",
    Stage.NO_CLAUSE: "passages were found and no route drew a statement from them: see the routes tried",
    Stage.ANSWERED: "if the answer is wrong, see the route tried last, and the sentences it chose from",
}


class AttemptBody(Body):
    """A route that was tried, and how many statements it drafted."""

    route: Route
    drafts: int


class FoundBody(PassageBody):
    """A candidate passage with what each leg of the search says of it; `score` ranks."""

    header: str
    cosine: float
    bm25: float
    score: float

    @classmethod
    def of(cls, n: int, found: FoundPassage) -> Self:  # type: ignore[override]
        """Return the body of the n-th candidate."""
        return cls.of_passage(
            n,
            found.passage_id,
            found.citation,
            header=found.header,
            cosine=round(found.cosine, 4),
            bm25=round(found.bm25, 4),
            score=round(found.score, 4),
        )


class FeatureBody(Body):
    """One number that a sentence was weighed by, and what it added to the score."""

    name: str
    value: float
    added: float


class SentenceBody(CitationBody):
    """A sentence, clause or row, weighed: its score in log-odds and the features, most telling first."""

    score: float
    features: list[FeatureBody]

    @classmethod
    def of(cls, n: int, weighed: WeighedSentence) -> Self:  # type: ignore[override]
        """Return the body of the n-th sentence."""
        features = [
            FeatureBody(name=each.name, value=round(each.value, 4), added=round(each.added, 4))
            for each in weighed.features
        ]
        place = dict(CitationBody.of(n, weighed.citation))
        return cls(**place, score=round(weighed.score, 4), features=features)


class SearchMadeBody(Body):
    """One search: its words and limits, the candidates as ranked, and the best sentences in them."""

    words: str
    filters: FiltersBody
    candidates: list[FoundBody]
    sentences: list[SentenceBody]

    @classmethod
    def of(cls, made: SearchMade) -> Self:
        """Return the body."""
        return cls(
            words=made.words,
            filters=FiltersBody.of(made.filters),
            candidates=[FoundBody.of(n, each) for n, each in enumerate(made.passages, start=1)],
            sentences=[SentenceBody.of(n, each) for n, each in enumerate(made.sentences, start=1)],
        )


class ExplainBody(Body):
    """Which stage decided, where to look if it decided wrongly, and what it had before it."""

    stage: Stage
    mended_by: str
    route: Route | None
    needed: float
    tried: list[AttemptBody]
    searches: list[SearchMadeBody]

    @classmethod
    def of(cls, explanation: Explanation) -> Self:
        """Return the body. `route` is the one that answered, None for a refusal."""
        tried, stage = explanation.tried, explanation.stage
        return cls(
            stage=stage,
            mended_by=MENDED_BY[stage],
            route=tried[-1].route if tried and stage is Stage.ANSWERED else None,
            needed=round(explanation.needed, 4),
            tried=[AttemptBody(route=each.route, drafts=each.drafts) for each in tried],
            searches=[SearchMadeBody.of(each) for each in explanation.searches],
        )


class ExplainedReplyBody(ReplyBody):
    """A reply with its explanation, for a request with `explain`."""

    explain: ExplainBody
