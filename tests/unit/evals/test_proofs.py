"""The proof that self-tests bite is made by a command; here it is held to the code, one line made anew."""

import re

import pytest

from tests.proofs.mutants import MUTANTS, Mutant
from tests.proofs.prove import REPOSITORY, TABLE, copied, proven, ran


def names(mutant: Mutant) -> str:
    return mutant.protects


@pytest.mark.parametrize("mutant", MUTANTS, ids=names)
def test_what_is_broken_stands_in_the_code_and_its_test_exists(mutant: Mutant) -> None:
    assert (REPOSITORY / mutant.file).read_text(encoding="utf-8").count(mutant.before) == 1
    file, _, test = mutant.test.partition("::")
    assert re.search(rf"(?m)^def {test}\(", (REPOSITORY / file).read_text(encoding="utf-8"))


def test_the_table_in_the_repository_proves_every_break() -> None:
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")][1:]
    assert [line.split(" | ")[0].removeprefix("| ") for line in lines] == [each.protects for each in MUTANTS]
    assert all(line.endswith("| yes |") for line in lines)


def test_a_break_turns_its_test_red_and_the_copy_is_mended_after() -> None:
    mutant = next(each for each in MUTANTS if each.file == "evals/metrics/facts.py")
    with copied() as folder:
        assert ran(folder, [mutant.test])[0] == 0
        assert proven(folder, mutant)
        assert ran(folder, [mutant.test])[0] == 0
