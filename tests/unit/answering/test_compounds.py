"""What is written in one word or in two is one thing; words beside each other by chance are not."""

import pytest

from qa_service.answering.compounds import written_otherwise


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("coast guard", "The coastguard may take on volunteers.", {"coast", "guard"}),
        ("coast guard", "Coastguards are paid.", {"coast", "guard"}),
        ("skatepark", "The skate park is closed.", {"skatepark"}),
        ("skateparks", "A skate park is closed.", {"skateparks"}),
        ("skatepark", "Two skate parks are closed.", {"skatepark"}),
        ("daycare", "The day-care centre is closed.", {"daycare"}),
        ("day care", "The daycare centre is closed.", {"day", "care"}),
        ("skatepark", "They skate. The car park is closed.", set()),
        ("coast guard", "The guard of the coast.", set()),
        ("southend", "The south end of the car park.", set()),
        ("south end", "The road to Southend.", set()),
        ("coming", "The co ming.", set()),
    ],
)
def test_a_word_is_found_joined_or_parted(words: str, text: str, found: set[str]) -> None:
    assert written_otherwise(words.split(), [text]) == found
