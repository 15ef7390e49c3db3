"""Patterns that meet a stranger's text cannot be made to try every way: held here for each of them.

Python's `re` goes back when two neighbouring repeats can match the same signs, once for every way to share them. So in
the floors that read, a pattern has no repeat inside a repeat, no two repeats side by side (nor with only optional parts
between) that share a sign, and, where it is searched for, none at its beginning. A repeat that never goes back (`*+`,
`++`, `?+`) or has a small upper bound is free. RE2 would promise the same, but its Python binding takes twenty times
as long for a short cell.
"""

from __future__ import annotations

import ast
import importlib
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from re import _constants as sign
from re import _parser as parser

import pytest
from places import ROOT

READING = sorted(path for folder in ("geo/files", "intake", "layers/reading") for path in (ROOT / folder).rglob("*.py"))
READING.append(ROOT / "geo" / "bounds.py")
FEW = 64  # a bounded repeat of so many tries stays cheap
UNIVERSE = [chr(point) for point in range(128)] + ["\x85", "\xa0", "　", "武", "é", "３", "年", "(", "″"]
_CALLS = {"compile", "match", "search", "fullmatch", "findall", "finditer", "sub", "subn", "split"}


def _patterns(path: Path) -> Iterator[tuple[str, str, int, bool]]:
    """Name or line, text, flags of each pattern in a module, and whether it is searched for."""
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    if not any(
        isinstance(node, ast.Import) and any(name.name == "re" for name in node.names) for node in ast.walk(tree)
    ):
        return
    module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    for name, value in vars(module).items():
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, re.Pattern):
                searched = bool(re.search(rf"\b{name}\.(search|findall|finditer|sub|split)\b", source))
                yield name, _text(one.pattern), one.flags, searched
    for node in ast.walk(tree):
        called = node.func if isinstance(node, ast.Call) else None
        if not isinstance(called, ast.Attribute) or called.attr not in _CALLS - {"compile"}:
            continue
        if isinstance(called.value, ast.Name) and called.value.id == "re":
            first = node.args[0]
            assert isinstance(first, ast.Constant), f"{path.name}:{node.lineno}: no plain pattern"
            yield f"line {node.lineno}", _text(first.value), 0, called.attr not in ("match", "fullmatch")


def _text(pattern: str | bytes) -> str:
    return pattern if isinstance(pattern, str) else pattern.decode("latin-1")


@dataclass(frozen=True)
class Open:
    """The signs of repeats that may reach a place, and those of the parts of fixed length after them."""

    signs: frozenset[str] = frozenset()
    between: frozenset[str] | None = None

    def shared(self, again: frozenset[str]) -> frozenset[str]:
        """What such a repeat and another at this place share, where the parts between do not keep them apart."""
        apart = self.between is not None and not self.between & again
        return frozenset() if apart else self.signs & again

    def after(self, fixed: frozenset[str]) -> Open:
        """Behind a part of fixed length: closed by one that the repeat cannot match."""
        return Open(self.signs, (self.between or frozenset()) | fixed) if self.signs & fixed else Open()

    def joined(self, other: Open) -> Open:
        """What may reach a place by either of two ways."""
        if not (self.signs and other.signs):
            return self if self.signs else other
        known = self.between is not None and other.between is not None
        return Open(self.signs | other.signs, self.between | other.between if known else None)


def faults(pattern: str, *, flags: int = 0, searched: bool = False) -> list[str]:
    """What in a pattern could take more than linear time."""
    items = list(parser.parse(pattern, flags & ~re.UNICODE))
    found: list[str] = []
    _walk(items, Open(), found)
    if searched and not _one_class(items) and (_leading(items) or _runs_over_its_start(items)):
        found.append("is searched for and may run from every place to the end")
    return found


def _walk(items: list[tuple], before: Open, found: list[str]) -> Open:
    """Add the faults of a sequence; `before` may reach its beginning. Returns what may reach its end."""
    reach = before
    for kind, content in items:
        if kind in (sign.MAX_REPEAT, sign.MIN_REPEAT):
            low, high, inner = content[0], content[1], list(content[2])
            many = high > FEW
            if many and reach.shared(_signs(inner)):
                found.append(f"two repeats share {sorted(reach.shared(_signs(inner)))[:5]}")
            if many and _repeats(inner):
                found.append("a repeat inside a repeat")
            end = _walk(inner, reach if not many else Open(), found)
            end = Open(_signs(inner)) if many else end
            reach = end.joined(reach) if low == 0 else end
        elif kind == sign.POSSESSIVE_REPEAT:
            _walk(list(content[2]), Open(), found)
            reach = reach if content[0] == 0 else reach.after(_signs(list(content[2])))
        elif kind == sign.SUBPATTERN:
            reach = _walk(list(content[3]), reach, found)
        elif kind == sign.BRANCH:
            ends = [_walk(list(way), reach, found) for way in content[1]]
            reach = reduce(Open.joined, ends)
        elif kind not in (sign.AT, sign.ASSERT, sign.ASSERT_NOT):
            reach = reach.after(_signs([(kind, content)]))
    return reach


def _one_class(items: list[tuple]) -> bool:
    """Whether a pattern is nothing but a run of signs: it succeeds wherever it begins."""
    return len(items) == 1 and items[0][0] == sign.MAX_REPEAT and len(items[0][1][2]) == 1


def _runs_over_its_start(items: list[tuple]) -> bool:
    """Whether a repeat may run over signs that the pattern begins with, so that each of them begins a long run."""
    if items and items[0][0] in (sign.AT, sign.ASSERT, sign.ASSERT_NOT):
        return False
    if _nullable(items[1:]):  # it succeeds wherever it begins, and the next search begins behind it
        return False
    start, kinds = _first(items), (sign.MAX_REPEAT, sign.MIN_REPEAT, sign.POSSESSIVE_REPEAT)
    return any(kind in kinds and content[1] > FEW and start & _signs(list(content[2])) for kind, content in items[1:])


def _leading(items: list[tuple]) -> bool:
    """Whether a sequence may begin with a repeat that nothing holds to a place."""
    for kind, content in items:
        if kind in (sign.MAX_REPEAT, sign.MIN_REPEAT, sign.POSSESSIVE_REPEAT):
            if content[1] > FEW or _leading(list(content[2])):
                return True
            if content[0] > 0:
                return False
        elif kind == sign.SUBPATTERN:
            if _leading(list(content[3])):
                return True
            if not _nullable(list(content[3])):
                return False
        elif kind == sign.BRANCH:
            return any(_leading(list(way)) for way in content[1])
        else:
            return False
    return False


def _repeats(items: list[tuple]) -> bool:
    return any(
        (kind in (sign.MAX_REPEAT, sign.MIN_REPEAT) and (content[1] > FEW or _repeats(list(content[2]))))
        or (kind == sign.SUBPATTERN and _repeats(list(content[3])))
        or (kind == sign.BRANCH and any(_repeats(list(way)) for way in content[1]))
        for kind, content in items
    )


def _nullable(items: list[tuple]) -> bool:
    return all(
        (
            kind in (sign.MAX_REPEAT, sign.MIN_REPEAT, sign.POSSESSIVE_REPEAT)
            and (not content[0] or _nullable(content[2]))
        )
        or (kind == sign.SUBPATTERN and _nullable(list(content[3])))
        or (kind == sign.BRANCH and any(_nullable(list(way)) for way in content[1]))
        or kind in (sign.AT, sign.ASSERT, sign.ASSERT_NOT)
        for kind, content in items
    )


def _first(items: list[tuple]) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for item in items:
        found |= _signs([item])
        if not _nullable([item]):
            break
    return found


def _signs(items: list[tuple]) -> frozenset[str]:
    """All signs of the universe that any part of a sequence may match."""
    found: set[str] = set()
    for kind, content in items:
        if kind in (sign.MAX_REPEAT, sign.MIN_REPEAT, sign.POSSESSIVE_REPEAT):
            found |= _signs(list(content[2]))
        elif kind == sign.SUBPATTERN:
            found |= _signs(list(content[3]))
        elif kind == sign.BRANCH:
            found = found.union(*(_signs(list(way)) for way in content[1]))
        elif kind not in (sign.AT, sign.ASSERT, sign.ASSERT_NOT):
            found |= {one for one in UNIVERSE if _fits(kind, content, one)}
    return frozenset(found)


def _fits(kind: object, content: object, one: str) -> bool:
    if kind == sign.LITERAL:
        return one.lower() == chr(content).lower()
    if kind == sign.NOT_LITERAL:
        return one != chr(content)
    if kind == sign.ANY:
        return one != "\n"
    if kind == sign.IN:
        negated = content[0][0] == sign.NEGATE
        return negated != any(_member(*part, one) for part in content if part[0] != sign.NEGATE)
    raise AssertionError(f"unknown part of a pattern: {kind}")


def _member(kind: object, content: object, one: str) -> bool:
    if kind == sign.LITERAL:
        return one.lower() == chr(content).lower()
    if kind == sign.RANGE:
        return content[0] <= ord(one) <= content[1]
    known = {
        sign.CATEGORY_DIGIT: one.isdigit(),
        sign.CATEGORY_NOT_DIGIT: not one.isdigit(),
        sign.CATEGORY_SPACE: one.isspace(),
        sign.CATEGORY_NOT_SPACE: not one.isspace(),
        sign.CATEGORY_WORD: one.isalnum() or one == "_",
        sign.CATEGORY_NOT_WORD: not (one.isalnum() or one == "_"),
    }
    return known[content]


ALL = [(path, *found) for path in READING for found in _patterns(path)]


@pytest.mark.parametrize(
    ("path", "name", "pattern", "flags", "searched"), ALL, ids=[f"{row[0].stem}-{row[1]}" for row in ALL]
)
def test_no_pattern_that_reads_can_go_back_and_forth(path, name, pattern, flags, searched):
    assert not faults(pattern, flags=flags, searched=searched), f"{path.name} {name}: {pattern}"


@pytest.mark.parametrize(
    ("pattern", "searched"),
    [
        (r"\A\s*(999\s*\r?\n[^\n]*\n\s*)*0\s*\r?\n\s*SECTION", False),
        (r"(\w+)?\s*([-+]?\d+)\s*(x)?\s*y", False),
        (r"a\s*\s*b", False),
        (r"[,\d]*\.?\d+", False),
        (r"(a+)+b", False),
        (r"\s*\d", True),
        (r".+?[(]x", True),
        (r"[(].*?[)]", True),
        (r'"[^"\\]*+(?:\\.[^"\\]*+)*+"', True),
        (r"\A\s*0?\s*\n\s*x", False),
        (r"^.+?[(][^)]+[)]$", False),
    ],
)
def test_patterns_that_froze_or_could_freeze_a_page_are_found(pattern, searched):
    assert faults(pattern, searched=searched)


def test_no_pattern_takes_long_for_long_runs():
    """A hundred thousand like signs, whole or broken off by another, in at most two seconds."""
    runs = [one * 100_000 + end for one in " 1a,.-(年\n" for end in ("", "!")] + ["1," * 50_000 + "x", "0\n" * 50_000]
    for path, name, pattern, flags, searched in ALL:
        compiled = re.compile(pattern, flags)
        for run in runs:
            start = time.perf_counter()
            (compiled.search if searched else compiled.match)(run)
            assert time.perf_counter() - start < 2, f"{path.name} {name} {pattern} {run[:3]!r}"
