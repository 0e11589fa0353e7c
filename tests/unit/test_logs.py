import json
import logging

import pytest

from qa_service.logs import ConsoleFormatter, JsonFormatter, configure


def record(**extra: object) -> logging.LogRecord:
    made = logging.LogRecord("qa", logging.INFO, "f.py", 1, "published %s", ("it",), None)
    vars(made).update(extra)
    return made


def test_a_json_line_is_one_object_with_the_events_own_fields() -> None:
    line = JsonFormatter().format(record(generation=3, folder="café"))
    entry = json.loads(line)
    assert entry["event"] == "published it"
    assert (entry["level"], entry["logger"], entry["generation"], entry["folder"]) == (
        "info",
        "qa",
        3,
        "café",
    )
    assert "\n" not in line


def test_a_console_line_reads_as_a_sentence_with_fields() -> None:
    assert ConsoleFormatter().format(record(generation=3)) == "info: published it generation=3"


@pytest.mark.parametrize("formatter", [JsonFormatter(), ConsoleFormatter()])
def test_the_cause_of_an_error_is_in_the_log(formatter: logging.Formatter) -> None:
    failed = record()
    error = ValueError("the cause")
    failed.exc_info = (ValueError, error, None)
    assert "the cause" in formatter.format(failed)


def test_only_the_level_asked_for_and_above_is_written(capfd: pytest.CaptureFixture[str]) -> None:
    before = logging.getLogger().handlers[:], logging.getLogger().level
    try:
        configure("WARNING", "json")
        logging.getLogger("qa_service").info("quiet")
        logging.getLogger("qa_service").warning("loud")
    finally:
        logging.basicConfig(handlers=before[0], level=before[1], force=True)
    out, err = capfd.readouterr()
    assert out == ""
    assert [json.loads(line)["event"] for line in err.splitlines()] == ["loud"]
