"""The shape of the code: small modules, small functions, words of the field, everything public explained."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGES = ("embeddings", "qa_service", "evals")
MOST_LINES, MOST_FUNCTION_LINES = 400, 40
BANNED = {"utils", "util", "helpers", "helper", "common", "manager", "processor", "base", "misc"}
# Where a process or a thread ends and whatever went wrong must still be said.
EDGES = {
    "qa_service/app.py",
    "qa_service/cli/__init__.py",
    "qa_service/documents/sandbox_child.py",
    "qa_service/documents/page_picture_child.py",
    "evals/bench/programs/protocol.py",
    "evals/systems.py",
}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules(repository: Path) -> Iterator[tuple[str, str]]:
    for package in PACKAGES:
        for path in sorted((repository / package).rglob("*.py")):
            yield str(path.relative_to(repository)), path.read_text(encoding="utf-8")


def functions(tree: ast.AST) -> Iterator[Function]:
    yield from (node for node in ast.walk(tree) if isinstance(node, Function))


def length(function: Function) -> int:
    """Return the lines of a function without its docstring."""
    assert function.end_lineno is not None
    first = function.body[0]
    is_docstring = ast.get_docstring(function) is not None
    docstring = (first.end_lineno or 0) - first.lineno + 1 if is_docstring else 0
    return function.end_lineno - function.lineno + 1 - docstring


def public(body: list[ast.stmt], prefix: str = "") -> Iterator[tuple[str, ast.ClassDef | Function]]:
    """Yield what is public in a module or a class, with its name; what a function holds is its own."""
    for node in body:
        if isinstance(node, ast.ClassDef | Function) and not node.name.startswith("_"):
            yield prefix + node.name, node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body, f"{prefix}{node.name}.")


def test_no_module_is_longer_than_one_can_hold_in_mind(repository: Path) -> None:
    long = {name: len(text.splitlines()) for name, text in modules(repository)}
    assert {name: lines for name, lines in long.items() if lines > MOST_LINES} == {}


def test_no_function_is_longer_than_a_screen(repository: Path) -> None:
    long = {
        f"{name}:{function.name}": length(function)
        for name, text in modules(repository)
        for function in functions(ast.parse(text))
        if length(function) > MOST_FUNCTION_LINES
    }
    assert long == {}


def test_no_module_is_named_for_holding_odds_and_ends(repository: Path) -> None:
    assert [name for name, _ in modules(repository) if set(Path(name).with_suffix("").parts) & BANNED] == []


def test_everything_public_says_in_its_first_line_what_it_is(repository: Path) -> None:
    silent = []
    for name, text in modules(repository):
        tree = ast.parse(text)
        found = [("", ast.get_docstring(tree))]
        found += [(label, ast.get_docstring(node)) for label, node in public(tree.body)]
        silent += [f"{name}:{label}" for label, docstring in found if not _is_sentence(docstring)]
    assert silent == []


def _is_sentence(docstring: str | None) -> bool:
    first = (docstring or "").partition("\n")[0].strip()
    return first.endswith((".", "?", "!", ":"))


def test_only_the_edges_catch_whatever_comes(repository: Path) -> None:
    catching = {
        name
        for name, text in modules(repository)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id == "Exception"))
    }
    assert catching - EDGES == set()


def test_nobody_but_a_program_prints(repository: Path) -> None:
    printing = {
        name
        for name, text in modules(repository)
        if "/programs/" not in name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    }
    assert printing == set()


@pytest.mark.parametrize("word", ["TODO", "FIXME", "XXX", "raise NotImplementedError"])
def test_nothing_is_left_to_be_done(repository: Path, word: str) -> None:
    assert [name for name, text in modules(repository) if word in text] == []
