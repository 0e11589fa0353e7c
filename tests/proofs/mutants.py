"""What is broken on purpose to prove a self-test: a change to the harness, and the test that must go red."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mutant:
    """One break. `before` stands once in `file` and becomes `after`; `test` is a test of that name.

    `protects` says what the harness promises, `broken` what the change does to it.
    """

    protects: str
    broken: str
    file: str
    before: str
    after: str
    test: str


_UNIT = "tests/unit/evals"
MUTANTS = (
    Mutant(
        "An oracle scores all that can be scored",
        "A citation matches gold only where it is more than the whole of it",
        "evals/cases.py",
        "return 2 * one.overlap(other) >= min(len(one), len(other))",
        "return one.overlap(other) > max(len(one), len(other))",
        f"{_UNIT}/test_runs.py::test_an_oracle_scores_all_that_can_be_scored",
    ),
    Mutant(
        "A guesser scores near nought",
        "Any two spans match",
        "evals/cases.py",
        "return 2 * one.overlap(other) >= min(len(one), len(other))",
        "return True",
        f"{_UNIT}/test_runs.py::test_a_guesser_scores_near_nought",
    ),
    Mutant(
        "Always refusing scores exactly the unanswerable share",
        "A refusal of an answerable question leaves the mean",
        "evals/metrics/answers.py",
        "    if not case.answered:\n"
        '        return Score(0.0, "refused", labels=(Label.FALSE_REFUSAL,))\n    wrong = [',
        '    if not case.answered:\n        return inapplicable("refused")\n    wrong = [',
        f"{_UNIT}/test_runs.py::test_always_refusing_scores_exactly_the_unanswerable_share",
    ),
    Mutant(
        "Results do not change with the order of questions",
        "The random draws follow the order of the rows",
        "evals/statistics.py",
        "    topics = sorted(one)\n    first =",
        "    topics = list(one)\n    first =",
        f"{_UNIT}/test_statistics.py::test_the_test_and_the_interval_do_not_depend_on_the_order_of_questions",
    ),
    Mutant(
        "Results do not change with re-chunking",
        "Only a passage cut exactly as gold is relevant",
        "evals/cases.py",
        "if place.document_id == document_id and matches(place.span, span)]",
        "if place.document_id == document_id and place.span == span]",
        f"{_UNIT}/test_verified_defects.py::test_llamaindex_gold_is_not_tied_to_one_chunking",
    ),
    Mutant(
        "Gold whose quote is not in the source is refused at load",
        "A quote that stands nowhere is taken to stand at the beginning",
        "evals/anchoring.py",
        "    if not spans:\n"
        '        raise BadDataset(file, f"{quoted.quote[:60]!r} is not in {where}", line, field)',
        "    spans = spans or [Span(0, 1)]",
        f"{_UNIT}/test_anchoring.py"
        "::test_gold_whose_quote_is_not_in_the_source_is_refused_with_file_line_and_field",
    ),
    Mutant(
        "Gold whose quote stands twice is refused",
        "The first of two places is taken",
        "evals/anchoring.py",
        "    if len(spans) > 1:",
        "    if len(spans) > 99:",
        f"{_UNIT}/test_anchoring.py::test_gold_whose_quote_stands_twice_is_refused",
    ),
    Mutant(
        "Ragas: an apostrophe is no quote mark",
        "Whatever stands between two apostrophes is a quote",
        "evals/metrics/facts.py",
        "_SINGLE_STRAIGHT = re.compile(r\"(?<!\\w)'(\\S(?:[^']|'(?=\\w))*?\\S)'(?!\\w)\")",
        "_SINGLE_STRAIGHT = re.compile(r\"'([^']+)'\")",
        f"{_UNIT}/test_verified_defects.py::test_ragas_an_apostrophe_is_no_quote_mark",
    ),
    Mutant(
        "Ragas: curly quotes are seen",
        "Only straight quote marks are",
        "evals/metrics/facts.py",
        "patterns = (_STRAIGHT, _CURLY, _SINGLE_CURLY, _SINGLE_STRAIGHT)",
        "patterns = (_STRAIGHT, _SINGLE_STRAIGHT)",
        f"{_UNIT}/test_verified_defects.py::test_ragas_curly_quotes_are_seen",
    ),
    Mutant(
        "Ragas: a quote stitched over two passages does not score",
        "Pieces of several places are not looked for",
        "evals/metrics/quotes.py",
        "    if _is_stitched(words, corpus):",
        "    if False:",
        f"{_UNIT}/test_verified_defects.py::test_ragas_a_quote_stitched_over_two_passages_does_not_score",
    ),
    Mutant(
        "Ragas: the source that was cited is checked",
        "Words of any paper pass for words of the cited one",
        "evals/metrics/quotes.py",
        "if stored is not None and folded(stored) == words:",
        "if corpus.containing(words):",
        f"{_UNIT}/test_verified_defects.py"
        "::test_ragas_the_source_that_was_cited_is_checked_and_not_any_source",
    ),
    Mutant(
        "Ragas: a refusal never scores NaN",
        "A refusal scores NaN",
        "evals/metrics/answers.py",
        "    if not case.answered:\n"
        '        return Score(0.0, "refused", labels=(Label.FALSE_REFUSAL,))\n    wrong = [',
        '    if not case.answered:\n        return Score(float("nan"), "refused")\n    wrong = [',
        f"{_UNIT}/test_verified_defects.py::test_ragas_a_refusal_never_scores_nan",
    ),
    Mutant(
        "DeepEval: an answer without citations does not pass by default",
        "It passes",
        "evals/metrics/citations.py",
        'return Score(0.0, "answered without a citation", labels=(Label.UNCITED,))',
        'return Score(1.0, "answered without a citation", labels=(Label.UNCITED,))',
        f"{_UNIT}/test_verified_defects.py"
        "::test_deepeval_an_answer_without_claims_or_citations_does_not_pass_by_default",
    ),
    Mutant(
        "Open RAG Eval: an invented id counts against the answer",
        "Citations of unknown papers are left out",
        "evals/metrics/citations.py",
        "    wrong = [citation for citation in case.cited if not is_correct(case, citation)]\n    labels",
        "    held = [one for one in case.cited if case.corpus.get(one.document.id)]\n"
        "    wrong = [citation for citation in held if not is_correct(case, citation)]\n    labels",
        f"{_UNIT}/test_verified_defects.py::test_open_rag_eval_an_invented_id_counts_against_the_answer",
    ),
    Mutant(
        "Open RAG Eval: a failed call is not a neutral half",
        "A failed call leaves the mean",
        "evals/metrics/citations.py",
        "    if not case.topic.evidence:\n        return inapplicable(_NO_EVIDENCE)\n    covered =",
        "    if not case.topic.evidence or case.error:\n        return inapplicable(_NO_EVIDENCE)\n"
        "    covered =",
        f"{_UNIT}/test_verified_defects.py::test_open_rag_eval_a_failed_call_is_not_a_neutral_half",
    ),
    Mutant(
        "Haystack: recall is not of a single hit",
        "One piece of evidence found is all of it",
        "evals/metrics/ranking.py",
        "return len(found & groups) / len(groups)",
        "return float(bool(found & groups))",
        f"{_UNIT}/test_verified_defects.py::test_haystack_recall_is_not_of_a_single_hit",
    ),
    Mutant(
        "LlamaIndex: the answer standing somewhere is not enough",
        "The gold's own paper is searched for the answer",
        "evals/metrics/answers.py",
        "quotes = [normalised(c.quote) for c in case.cited if cited_span(case, c) is not None]",
        "quotes = evidence",
        f"{_UNIT}/test_verified_defects.py::test_llamaindex_the_answer_standing_somewhere_is_not_enough",
    ),
    Mutant(
        "ir_measures: an unanswerable question is not a nought in the mean",
        "It is",
        "evals/metrics/ranking.py",
        '    if not case.topic.evidence:\n        return inapplicable("no evidence to find")\n'
        "    if case.hits is None:",
        '    if not case.topic.evidence:\n        return Score(0.0, "no evidence to find")\n'
        "    if case.hits is None:",
        f"{_UNIT}/test_verified_defects.py"
        "::test_ir_measures_an_unanswerable_question_is_not_a_nought_in_the_mean",
    ),
    Mutant(
        "ir_measures: ties are ranked as given",
        "Ties are ranked by id",
        "evals/replies.py",
        "sorted(found, key=lambda hit: hit.rank)",
        "sorted(found, key=lambda hit: hit.passage_id)",
        f"{_UNIT}/test_verified_defects.py::test_ir_measures_ties_are_ranked_as_given_and_not_by_id",
    ),
    Mutant(
        "RAI toolkit: one good citation hides no invented number",
        "It hides it",
        "evals/metrics/gates.py",
        "        if invented:",
        "        if len(invented) == len(statement.citations):",
        f"{_UNIT}/test_verified_defects.py::test_rai_toolkit_one_good_citation_hides_no_invented_number",
    ),
    Mutant(
        "Attributed QA: a pointer that does not resolve scores nought",
        "Offsets beyond the text are taken to show the whole text",
        "evals/cases.py",
        "    if span is None or folded(span.of(document.text)) != folded(citation.quote):\n"
        "        return None",
        "    if span is None:\n        return span_of(document, 0, len(document.text))",
        f"{_UNIT}/test_verified_defects.py"
        "::test_attributed_qa_a_pointer_that_does_not_resolve_scores_nought_and_is_not_discarded",
    ),
    Mutant(
        "Citation gate: a quote of one word does not pass",
        "It passes",
        "evals/metrics/gates.py",
        "words_in(citation.quote) >= FEWEST_WORDS",
        "words_in(citation.quote) >= 1",
        f"{_UNIT}/test_verified_defects.py::test_citation_gate_a_quote_of_one_word_does_not_pass",
    ),
    Mutant(
        "CrossSource: a claim of punctuation alone earns nothing",
        "A quote without a word is a true quote",
        "evals/metrics/quotes.py",
        "    if not words_in(words):\n        return Label.TOO_SHORT",
        "    if not words_in(words):\n        return None",
        f"{_UNIT}/test_gates.py::test_a_quote_of_punctuation_alone_is_no_quote",
    ),
    Mutant(
        "Haiku RAG: a question without gold is left out by every measure alike",
        "Recall counts it as all found",
        "evals/metrics/citations.py",
        "    if not case.topic.evidence:\n        return inapplicable(_NO_EVIDENCE)\n    covered =",
        "    if not case.topic.evidence:\n        return Score(1.0, _NO_EVIDENCE)\n    covered =",
        f"{_UNIT}/test_verified_defects.py"
        "::test_haiku_rag_a_question_without_gold_is_left_out_by_every_measure_alike",
    ),
    Mutant(
        "A row that was dropped is noticed",
        "Rows and questions are not held against each other",
        "evals/runs.py",
        "    if unlike:",
        "    if False:",
        f"{_UNIT}/test_runs.py::test_a_row_that_was_dropped_is_noticed",
    ),
    Mutant(
        "A text changed after the run is noticed",
        "Hashes of texts are not looked at",
        "evals/runs.py",
        "    if hashlib.sha256(data).hexdigest() != name:",
        "    if False:",
        f"{_UNIT}/test_runs.py::test_a_text_changed_after_the_run_is_noticed",
    ),
    Mutant(
        "Unlike runs are not compared",
        "They are",
        "evals/compare.py",
        "    if reasons:\n        raise NotComparable(reasons)",
        "    if reasons and False:\n        raise NotComparable(reasons)",
        f"{_UNIT}/test_compare_and_gate.py::test_runs_over_other_papers_are_refused",
    ),
    Mutant(
        "Several measures are tested together (Holm)",
        "Each is tested as if it were alone",
        "evals/statistics.py",
        "min(1.0, p_values[name] * (len(ordered) - rank))",
        "min(1.0, p_values[name])",
        f"{_UNIT}/test_statistics.py::test_holm_worked_by_hand",
    ),
    Mutant(
        "Intervals draw whole papers",
        "They draw questions",
        "evals/statistics.py",
        "total = sums.setdefault(clusters.get(topic, topic), [0.0, 0.0])",
        "total = sums.setdefault(topic, [0.0, 0.0])",
        f"{_UNIT}/test_statistics.py"
        "::test_an_interval_by_paper_is_wider_than_by_question_where_papers_stand_or_fall_together",
    ),
    Mutant(
        "A p is never nought",
        "Hits are divided by flips alone",
        "evals/statistics.py",
        "return (1 + hits) / (1 + flips)",
        "return hits / flips",
        f"{_UNIT}/test_statistics.py::test_no_difference_has_p_one_and_p_is_never_nought",
    ),
    Mutant(
        "One missed gate stops a change",
        "Missed gates are not looked at",
        "evals/gate.py",
        "    failures: list[str] = gate_misses(scores)",
        "    failures: list[str] = []",
        f"{_UNIT}/test_compare_and_gate.py::test_one_missed_gate_fails_whatever_the_figures",
    ),
    Mutant(
        "A proven drop above two points stops a change",
        "Only a drop above 99 points does",
        "evals/gate.py",
        "-drop.gain > LARGEST_DROP",
        "-drop.gain > 0.99",
        f"{_UNIT}/test_compare_and_gate.py::test_a_real_drop_above_two_points_fails",
    ),
    Mutant(
        "A new wrong council stops a change",
        "New cases are not looked for",
        "evals/gate.py",
        "    for name in NO_NEW_CASE:",
        "    for name in ():",
        f"{_UNIT}/test_compare_and_gate.py::test_a_new_wrong_council_fails_and_a_known_one_does_not",
    ),
    Mutant(
        "One changed digit is an altered quote",
        "Quotes are compared without their digits",
        "evals/metrics/quotes.py",
        "if stored is not None and folded(stored) == words:",
        'if stored is not None and re.sub(r"\\d", "", folded(stored)) == re.sub(r"\\d", "", words):',
        f"{_UNIT}/test_gates.py::test_one_changed_digit_is_an_altered_quote",
    ),
    Mutant(
        "The page shown is the page of the words",
        "Pages are not compared",
        "evals/metrics/gates.py",
        "        if shown != stored:\n            return Label.WRONG_PAGE",
        "        if False:\n            return Label.WRONG_PAGE",
        f"{_UNIT}/test_gates.py::test_another_page_another_label_or_none_misses",
    ),
    Mutant(
        "Nothing is cited from outside what was asked for",
        "Scope is not looked at",
        "evals/metrics/gates.py",
        "return (Label.OUT_OF_SCOPE, why) if why else None",
        "return None",
        f"{_UNIT}/test_gates.py::test_nothing_outside_what_was_asked_for",
    ),
    Mutant(
        "Words of the system's own are no template",
        "They are",
        "evals/metrics/gates.py",
        "        if rest:\n            reason",
        "        if False:\n            reason",
        f"{_UNIT}/test_gates.py::test_words_of_the_systems_own_are_no_template",
    ),
    Mutant(
        "Answering the unanswerable is counted",
        "It counts as a refusal",
        "evals/metrics/refusal.py",
        '    if case.answered:\n        return Score(0.0, "answered", labels=(Label.FALSE_ANSWER,))',
        '    if False:\n        return Score(0.0, "answered", labels=(Label.FALSE_ANSWER,))',
        f"{_UNIT}/test_answer_measures.py::test_refusals_are_counted_by_what_should_have_happened",
    ),
    Mutant(
        "Restricted passages never appear in a report made without clearance",
        "Citations are shown whoever reads",
        "evals/report_view.py",
        "    if not clearance.sees(document):\n        return CitationView",
        "    if False:\n        return CitationView",
        f"{_UNIT}/test_reports.py::test_restricted_passages_never_appear_without_clearance",
    ),
    Mutant(
        "The fault of a user's CSV is named by line and column",
        "The column is not named",
        "evals/user_files.py",
        "    return BadDataset(error.file, error.why, error.line, column)",
        "    return error",
        f"{_UNIT}/test_runs.py::test_the_fault_of_a_csv_is_named_by_its_column",
    ),
)
