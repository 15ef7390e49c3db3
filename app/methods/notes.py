"""The notes on methods under `docs/methods`: one for each method, in Chinese, with an English twin `<method>.en.md`."""

from __future__ import annotations

from app.settings import ROOT
from words import Language

FOLDER = ROOT / "docs" / "methods"


def methods() -> list[str]:
    """The methods that have a note, in order."""
    return sorted(path.stem for path in FOLDER.glob("*.md") if "." not in path.stem)


def note(method: str, language: Language) -> tuple[str, Language]:
    """The note's text and the language it is in; the Chinese one where there is no twin."""
    twin = FOLDER / f"{method}.en.md"
    if language == "en" and twin.is_file():
        return twin.read_text(encoding="utf-8"), "en"
    return (FOLDER / f"{method}.md").read_text(encoding="utf-8"), "zh"


def title(method: str, language: Language) -> str:
    """The note's first heading."""
    first = note(method, language)[0].partition("\n")[0]
    return first.lstrip("# ").strip() or method
