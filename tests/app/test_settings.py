"""Settings: a default for everything, the file over the default, the environment over the file."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from app.settings import ROOT, AppSettings, settings
from words import LANGUAGES, text
from words.errors import AtlasError


def test_no_configuration_is_needed(tmp_path: Path):
    found = settings({}, file=tmp_path / "atlas.toml")
    assert found == AppSettings()
    assert (found.host, found.port, found.data) == ("127.0.0.1", 8501, ROOT / "data")


def test_environment_wins_over_file_and_file_over_default(tmp_path: Path):
    file = tmp_path / "atlas.toml"
    file.write_text('port = 9000\nhost = "10.0.0.8"\nedition_line = "审图号"\n', encoding="utf-8")
    found = settings({"ATLAS_PORT": "9001"}, file=file)
    assert (found.port, found.host, found.edition_line) == (9001, "10.0.0.8", "审图号")


def test_relative_folders_count_from_the_app(tmp_path: Path):
    found = settings({"ATLAS_DATA": "elsewhere", "ATLAS_STATE": str(tmp_path)}, file=tmp_path / "none.toml")
    assert found.data == ROOT / "elsewhere"
    assert found.state == tmp_path.resolve()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("line", "named"), [("colour = 1", "colour"), ('port = "eight"', "eight")])
def test_a_wrong_setting_is_named(tmp_path: Path, line, named, language):
    file = tmp_path / "atlas.toml"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(AtlasError) as refused:
        settings({}, file=file)
    assert named in text(refused.value.key, language, **refused.value.facts)


def test_public_address_is_used_in_links_when_configured():
    assert AppSettings(public_address="http://atlas.local/").address == "http://atlas.local"
    assert AppSettings(port=8600).address == "http://127.0.0.1:8600"


def test_the_example_names_every_setting_and_changes_none():
    written = (ROOT / "atlas.example.toml").read_text(encoding="utf-8")
    assert all(f"# {field.name} = " in written for field in fields(AppSettings))
    assert tomllib.loads(written) == {}
