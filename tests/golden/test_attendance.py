"""Who was at the meetings of the seeds, read by hand: where each name stands, state, and role where printed.

Names are given as offsets: the papers' own words stay out of the project.
"""

import pytest

from tests.golden.conftest import Seed

COUNCILLOR = "Councillor"
# start and end of the name in the paper's text, state, role (None: not compared), minute
Person = tuple[int, int, str, str | None, str | None]

WEB_PAGE: list[Person] = [
    (289, 302, "not required", COUNCILLOR, None),
    (334, 348, "present", COUNCILLOR, None),
    (385, 398, "absent", COUNCILLOR, None),
    (421, 435, "not required", COUNCILLOR, None),
    (464, 477, "not required", COUNCILLOR, None),
    (506, 517, "present", COUNCILLOR, None),
    (554, 569, "present", COUNCILLOR, None),
]
# An asterisk list; two without one sent apologies, one is there as a deputy.
PACK_OF_2021: list[Person] = [
    (2809, 2820, "present", "Chairman", None),
    (2834, 2843, "present", COUNCILLOR, None),
    (3136, 3149, "apologies", COUNCILLOR, None),
    (2882, 2892, "present", COUNCILLOR, None),
    (2906, 2920, "present", COUNCILLOR, None),
    (2934, 2949, "present", COUNCILLOR, None),
    (3154, 3168, "apologies", COUNCILLOR, None),
    (2990, 3003, "present", COUNCILLOR, None),
    (3017, 3029, "present", COUNCILLOR, None),
    (3181, 3195, "deputy", None, None),
]
# The same list set in two columns, flattened into a table.
PACK_OF_2023: list[Person] = [
    (4265, 4281, "present", "Chairman", None),
    (4442, 4452, "present", COUNCILLOR, None),
    (4476, 4488, "present", COUNCILLOR, None),
    (4859, 4864, "apologies", COUNCILLOR, None),
    (4547, 4561, "present", COUNCILLOR, None),
    (4869, 4877, "apologies", COUNCILLOR, None),
    (4618, 4630, "present", COUNCILLOR, None),
    (4655, 4671, "present", COUNCILLOR, None),
    (4884, 4893, "deputy", COUNCILLOR, None),
    (4726, 4737, "present", COUNCILLOR, None),
    (4898, 4910, "deputy", COUNCILLOR, None),
]
# A list broken by a page, an appointed member, one apology under a plural label, guests for one item each.
MINUTES: list[Person] = [
    (154, 162, "present", "Vice-Chair", None),
    (177, 186, "present", COUNCILLOR, None),
    (188, 196, "present", COUNCILLOR, None),
    (198, 205, "present", COUNCILLOR, None),
    (207, 214, "present", COUNCILLOR, None),
    (220, 227, "present", COUNCILLOR, None),
    (248, 259, "present", "Appointed Member", None),
    (291, 298, "apologies", COUNCILLOR, None),
    (871, 885, "in attendance", "Cabinet Member", "24"),
    (917, 933, "in attendance", None, "24"),
    (1015, 1029, "in attendance", None, "24"),
    (1120, 1148, "in attendance", None, "24"),
    (1206, 1223, "in attendance", None, "24"),
    (1293, 1305, "in attendance", None, "24"),
    (1379, 1397, "in attendance", None, "24"),
    (3369, 3383, "in attendance", "Cabinet Member", "25"),
    (3415, 3431, "in attendance", None, "25"),
    (3517, 3531, "in attendance", None, "25"),
    (5731, 5745, "in attendance", "Cabinet Member", "26"),
    (5777, 5793, "in attendance", None, "26"),
    (5879, 5893, "in attendance", None, "26"),
]


@pytest.mark.parametrize(
    ("number", "people"),
    [("000", WEB_PAGE), ("001", PACK_OF_2021), ("002", PACK_OF_2023), ("003", MINUTES), ("004", [])],
)
def test_everybody_is_read_and_nobody_else(seed: Seed, number: str, people: list[Person]) -> None:
    found = [
        (one.span.start, one.span.end, one.state.value, one.role, one.minute)
        for one in seed(number).attendance
    ]
    roles = {person[0]: person[3] for person in people}
    compared = [
        (start, end, state, role if roles.get(start) else None, minute)
        for start, end, state, role, minute in found
    ]
    assert compared == people


@pytest.mark.parametrize(("number", "start", "party"), [("000", 289, "LIBDEM"), ("000", 334, "Ind")])
def test_the_party_is_kept_as_printed(seed: Seed, number: str, start: int, party: str) -> None:
    (one,) = [one for one in seed(number).attendance if one.span.start == start]
    assert one.party == party
