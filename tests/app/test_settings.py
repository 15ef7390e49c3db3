"""Settings: a default for everything, the file over the default, the environment over the file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
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
@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("colour = 1", "colour"),
        ('port = "eight"', "eight"),
        ("port = true", "True"),
        ("port = 70000", "70000"),
        ("port = 80.5", "80.5"),
        ("host = 7", "host"),
        ('data = ["a"]', "data"),
        ("[state]\nx = 1", "state"),
        ("data = ../official", "data"),
        ('data = "C:\\Users"', "data"),
        ("tianditu_key = 5e1f", "tianditu_key"),
        ('public_address "x"', "public_address"),
        ("port = 1\nport = 2", "port"),
        ("allowed_hosts = 7", "allowed_hosts"),
        ('allowed_hosts = ["http://a.cn"]', "http://a.cn"),
        ('allowed_hosts = ["a.cn; script-src *"]', "script-src"),
        ('framed_by = ["a.cn"]', "a.cn"),
        ('framed_by = "http://a.cn/x"', "http://a.cn/x"),
        ("framed_by = [1]", "framed_by"),
    ],
)
def test_a_wrong_setting_is_named_with_its_line(tmp_path: Path, line, named, language):
    file = tmp_path / "atlas.toml"
    file.write_text(f'# ours\nedition_line = "x"\n{line}\n', encoding="utf-8")
    with pytest.raises(AtlasError) as refused:
        settings({}, file=file)
    said = text(refused.value.key, language, **refused.value.facts)
    assert named in said
    assert refused.value.facts["row"] == 3 + line.count("port = 2")
    assert "5e1f" not in said  # a key is nobody's but the owner's


def test_settings_that_are_no_text_are_refused(tmp_path: Path):
    file = tmp_path / "atlas.toml"
    file.write_bytes('# a\nport = 9000\nedition_line = "审图号"\n'.encode("gb18030"))
    with pytest.raises(AtlasError) as refused:
        settings({}, file=file)
    assert (refused.value.key, refused.value.facts["row"]) == ("app.setting_unread", 3)
    file.write_bytes("\ufeffport = 9000".encode())
    assert settings({}, file=file).port == 9000


def test_a_wrong_variable_is_named(tmp_path: Path):
    with pytest.raises(AtlasError) as refused:
        settings({"ATLAS_PORT": "eight"}, file=tmp_path / "none.toml")
    assert refused.value.facts["file"] == "ATLAS_PORT"


def test_lists_are_written_as_lists_or_with_commas(tmp_path: Path):
    file = tmp_path / "atlas.toml"
    file.write_text('allowed_hosts = ["a.cn", "*.b.cn", "10.0.0.8", "[::1]"]\nframed_by = "http://oa:81"\n')
    found = settings({}, file=file)
    assert found.allowed_hosts == ("a.cn", "*.b.cn", "10.0.0.8", "[::1]")
    assert found.framed_by == ("http://oa:81",)
    told = {"ATLAS_ALLOWED_HOSTS": "*", "ATLAS_FRAMED_BY": "https://*.gov.cn, http://oa"}
    found = settings(told, file=file)
    assert (found.allowed_hosts, found.framed_by) == (("*",), ("https://*.gov.cn", "http://oa"))


def test_public_address_is_used_in_links_when_configured():
    assert AppSettings(public_address="http://atlas.local/").address == "http://atlas.local"
    assert AppSettings(port=8600).address == "http://127.0.0.1:8600"


def test_the_example_names_every_setting_and_changes_none():
    written = (ROOT / "atlas.example.toml").read_text(encoding="utf-8")
    assert all(f"# {field.name} = " in written for field in fields(AppSettings))
    assert tomllib.loads(written) == {}


def test_a_page_and_a_command_say_which_line_is_wrong(tmp_path: Path):
    """In a process of its own: the page's modules are imported under the broken file."""
    said = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _UNDER_A_BROKEN_FILE, str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT), "ATLAS_DATA": ""},
    )  # fmt: skip
    sentence = text("app.setting_unread", "zh", file="atlas.toml", row=2, name="port")
    assert said.returncode == 0, said.stderr
    assert json.loads(said.stdout) == {"page": [sentence], "command": 1, "said": sentence}


_UNDER_A_BROKEN_FILE = """
import contextlib, html, io, json, pathlib, sys
from app import settings
settings.ROOT = pathlib.Path(sys.argv[1])
(settings.ROOT / "atlas.toml").write_text("host = '127.0.0.1'\\nport = 80 80\\n", encoding="utf-8")
from streamlit.testing.v1 import AppTest
page = AppTest.from_file("streamlit_app.py", default_timeout=60).run()
told = [one.proto.body for one in page.get("html") if "notice wrong" in one.proto.body]
wrong = [html.unescape(one.split(">")[-2].split("<")[0]) for one in told]
assert not page.exception, page.exception
import cli
errors = io.StringIO()
with contextlib.redirect_stderr(errors):
    code = cli.main(["layers"])
print(json.dumps({"page": wrong, "command": code, "said": errors.getvalue().strip()}))
"""
