"""Every sentence exists in both languages, with the same facts, and in the tone of the house."""

from __future__ import annotations

import ast
import re
import string
import tomllib

import pytest
from places import ROOT

from analysis.assumption import Assumption
from analysis.finding import Indicator
from layers.catalogue import CATALOGUE
from layers.layer import STATUSES, THEMES, Layer
from words import LANGUAGES, _flatten, files, has, sentences

FLOORS = ("commands", "app", "reports", "maps", "intake", "analysis", "layers", "geo", "records")


def _facts(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_both_languages_hold_the_same_keys():
    assert set(sentences("zh")) == set(sentences("en"))


def test_both_languages_use_the_same_facts():
    different = [key for key in sentences("zh") if _facts(sentences("zh")[key]) != _facts(sentences("en").get(key, ""))]
    assert not different


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tone_is_calm(language):
    shouting = [key for key, value in sentences(language).items() if re.search("[!!\U0001f300-\U0001faff]", value)]
    assert not shouting


def test_chinese_sentences_are_chinese():
    command, english = re.compile(r"python3 run\.py[ -~]*"), re.compile(r"[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}")
    wordy = {key: value for key, value in sentences("zh").items() if english.search(command.sub("", value))}
    assert not wordy


def test_english_sentences_are_english():
    allowed = {"app.languages.zh"}
    mixed = {k: v for k, v in sentences("en").items() if re.search(r"[\u4e00-\u9fff]", v) and k not in allowed}
    assert not {k for k in mixed if not k.startswith(("app.", "departments."))}, mixed


def _literal_keys() -> dict[str, str]:
    """Keys given literally to `text(...)` or `AtlasError(...)` anywhere in the source, with their place."""
    found: dict[str, str] = {}
    paths = [ROOT / "cli.py", ROOT / "streamlit_app.py"]
    paths += [path for floor in FLOORS for path in (ROOT / floor).rglob("*.py")]
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if called in ("text", "AtlasError") and isinstance(node.args[0].value, str):
                found[node.args[0].value] = f"{path.relative_to(ROOT)}:{node.lineno}"
    return found


def test_every_sentence_asked_for_exists():
    missing = {key: place for key, place in _literal_keys().items() if "." in key and not has(key)}
    assert not missing


@pytest.mark.parametrize("layer", CATALOGUE.values(), ids=CATALOGUE)
def test_layer_has_its_words(layer: Layer):
    keys = [f"layers.{layer.id}.name", f"departments.{layer.owner}"]
    keys += [f"layers.{layer.id}.fields.{field.name}" for field in layer.fields]
    for f in layer.fields:
        start = "departments" if f.roles else f"layers.{layer.id}.choices.{f.name}"
        keys += [f"{start}.{choice}" for choice in f.choices]
    assert not [key for key in keys if not has(key)]


def test_themes_and_statuses_have_their_words():
    keys = [f"themes.{theme}" for theme in THEMES] + [f"statuses.{status}" for status in STATUSES]
    assert not [key for key in keys if not has(key)]


def _methods() -> list[str]:
    return sorted(p.stem for p in (ROOT / "analysis" / "methods").glob("*") if not p.stem.startswith("__"))


@pytest.mark.parametrize("method", _methods())
def test_method_is_whole(method: str):
    import importlib

    module = importlib.import_module(f"analysis.methods.{method}")
    assert all(need in CATALOGUE for need in module.NEEDS)
    assert all(isinstance(item, Assumption) and has(f"assumptions.{item.id}") for item in module.ASSUMPTIONS)
    assert all(isinstance(item, Indicator) and has(f"indicators.{item.id}.name") for item in module.INDICATORS)
    assert (ROOT / "docs" / "methods" / f"{method}.md").exists()


def test_layers_fields_and_choices_begin_with_a_capital_in_english():
    wrong = [
        key
        for key, said in sentences("en").items()
        if key.startswith("layers.") and said[0].islower() and not said.startswith("pH")
    ]
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_key_is_said_once(language):
    said = [
        key
        for path, room in files(language).items()
        for key in _flatten(room, tomllib.loads(path.read_text(encoding="utf-8")))
    ]
    assert len(said) == len(set(said))


def test_both_languages_share_their_sentences_out_alike():
    zh, en = ([path.relative_to(ROOT / "words" / language) for path in files(language)] for language in LANGUAGES)
    assert zh == en
