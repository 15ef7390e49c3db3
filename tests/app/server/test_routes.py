"""What the server answers before Streamlit is asked, and with which headers."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import replace

import pytest

from app import store
from app.navigation import PAGES
from app.server import document, headers, static
from app.settings import AppSettings
from maps.screen.page import ZOOM_SNAPS, page, script_hashes
from tests.app.server.asked import ask, knock
from words import LANGUAGES, text
from words.errors import AtlasError

WRONG = AtlasError("errors.unknown_township", code="1", district="小县")
SCRIPT = next(name for name in static._files() if name.startswith("/static/js/index."))


def test_the_process_lives_whatever_the_data_do(served, stand):
    stand("failed", WRONG)
    assert (ask(served, "/healthz").status, ask(served, "/healthz").text) == (200, "ok\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_ready_is_said_with_its_sentence(served, stand, language):
    for stood, status in ((("opening",), 503), (("failed", WRONG), 503), (("ready",), 200)):
        stand(*stood)
        told = ask(served, f"/readyz?lang={language}")
        assert told.status == status
        assert ("retry-after" in told.headers) == (status == 503)
        assert json.loads(told.text)["state"] == stood[0]
        if stood[0] == "failed":
            assert text(WRONG.key, language, **WRONG.facts) in json.loads(told.text)["sentence"]


@pytest.mark.parametrize("name", ["", *PAGES])
def test_a_page_says_that_the_data_are_being_opened(served, stand, name):
    stand("opening")
    told = ask(served, f"/{name}?lang=en")
    assert (told.status, told.headers["retry-after"]) == (503, "2")
    assert text("server.opening", "en") in told.text
    assert 'http-equiv="refresh"' in told.text
    assert "<script" not in told.text


@pytest.mark.parametrize("name", ["", *PAGES])
@pytest.mark.parametrize(("asked", "lang"), [("", "zh-CN"), ("?lang=en", "en")])
def test_the_first_html_speaks_its_language_and_runs_files_alone(served, stand, name, asked, lang):
    told = ask(served, f"/{name}{asked}")
    assert told.status == 200
    assert f'<html lang="{lang}">' in told.text
    assert re.findall(r"<script[^>]*>([^<]*)</script>", told.text) == ["", ""]
    assert told.text.index("start.js") < told.text.index('type="module"')
    assert 'src="./' not in told.text
    assert 'href="./' not in told.text


def test_a_page_with_data_that_did_not_open_is_shown_for_it_says_why(served, stand):
    stand("failed", WRONG)
    assert ask(served, "/methods").status == 200


def test_an_unknown_name_is_not_found_in_our_words(served, stand):
    told = ask(served, "/nowhere?lang=en")
    assert told.status == 404
    assert text("server.no_page", "en") in told.text
    assert ask(served, "/_stcore/health").text.startswith("streamlit")


def test_our_script_is_kept_for_good_under_the_name_of_its_content(served):
    told = ask(served, document.start_address())
    assert (told.status, told.headers["cache-control"]) == (200, static.KEPT)
    assert told.body == document.START_SCRIPT.read_bytes()
    assert ask(served, "/map/files/000000000000/start.js").status == 410


@pytest.mark.parametrize("where", ["/", "/healthz", "/nowhere", "/_stcore/health", SCRIPT])
def test_every_answer_is_guarded(served, stand, where):
    told = ask(served, where, accept_encoding="gzip").headers
    assert told["x-content-type-options"] == "nosniff"
    assert told["referrer-policy"] == "same-origin"
    assert "frame-ancestors 'self'" in told["content-security-policy"]
    assert "unsafe-eval" not in told["content-security-policy"]
    assert re.search(r"script-src [^;]*unsafe-inline", told["content-security-policy"]) is None
    assert "server" not in told


def test_a_map_runs_the_scripts_we_wrote_and_no_other(served):
    policy = ask(served, "/component/app.map_view.map_frame/index.html").headers["content-security-policy"]
    assert set(re.findall(r"'sha256-[^']+'", policy)) == set(script_hashes())
    assert "unsafe-inline" not in re.findall(r"script-src [^;]*", policy)[0]
    for snap in ZOOM_SNAPS:
        written = re.findall(r"<script>(.*?)</script>", page('{"name":"x"}', assets="/l", zoom_snap=snap), re.DOTALL)
        assert {headers_hash(one) for one in written} <= set(script_hashes())
        assert len(written) == 3


def headers_hash(script: str) -> str:
    """A script as a policy names it, reckoned by hand."""
    import base64
    import hashlib

    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def test_a_picture_named_by_its_version_is_kept(served):
    told = ask(served, "/component/app.map_view.pictures/relief-0123456789ab.webp")
    assert told.headers["cache-control"] == "private, max-age=31536000, immutable"


def test_other_sites_may_frame_when_the_settings_say_so():
    settings = AppSettings(framed_by=("http://oa.example.cn", "https://*.gov.cn"), tianditu_key="k")
    for policy in (headers.policy_of_page("h", settings), headers.policy_of_frame(settings)):
        assert policy.endswith("frame-ancestors 'self' http://oa.example.cn https://*.gov.cn")
    assert "img-src 'self' data: blob: https://*.tianditu.gov.cn;" in headers.policy_of_frame(settings)
    assert "tianditu" not in headers.policy_of_frame(replace(settings, tianditu_key=None))


def test_old_browsers_are_told_too_who_may_frame(served, monkeypatch):
    assert ask(served, "/healthz").headers["x-frame-options"] == "SAMEORIGIN"
    monkeypatch.setattr(store, "app_settings", lambda: AppSettings(framed_by=("http://oa.example.cn",)))
    assert "x-frame-options" not in ask(served, "/healthz").headers


def test_settings_that_cannot_be_read_leave_the_guard_standing(served, monkeypatch):
    def broken() -> AppSettings:
        raise AtlasError("app.setting_unread", file="atlas.toml", row=1, name="x")

    monkeypatch.setattr(store, "app_settings", broken)
    assert ask(served, "/healthz").headers["x-frame-options"] == "SAMEORIGIN"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:8501"])
def test_a_name_of_others_gets_nothing(served, host):
    told = ask(served, "/healthz", host=host)
    assert told.status == 421
    assert all(text("server.host", language) in told.text for language in LANGUAGES)
    assert knock(served, host=host, origin=f"http://{host}") == "websocket.close"


def test_a_websocket_of_another_page_is_closed(served):
    assert knock(served, origin="http://evil.example") == "websocket.close"
    assert knock(served, origin="http://127.0.0.1:9000") == "websocket.close"


def test_text_travels_compressed_and_streamlit_s_scripts_are_compressed_once(served, stand, monkeypatch):
    told = ask(served, SCRIPT, accept_encoding="br, gzip")
    assert (told.headers["content-encoding"], told.headers["cache-control"]) == ("gzip", static.KEPT)
    assert told.body == static._files()[SCRIPT].read_bytes()
    assert len(told.sent) < len(told.body) / 2
    monkeypatch.setattr(gzip, "compress", None)
    assert ask(served, SCRIPT, accept_encoding="gzip").sent == told.sent
    page_ = ask(served, "/", accept_encoding="gzip")
    assert page_.headers["content-encoding"] == "gzip"
    assert ask(served, "/_stcore/x", accept_encoding="gzip").headers["content-encoding"] == "gzip"


def test_who_understands_no_gzip_or_wants_a_part_gets_streamlit_s_answer(served):
    assert ask(served, SCRIPT).text.startswith("streamlit")
    assert ask(served, SCRIPT, accept_encoding="gzip", range="bytes=0-9").text.startswith("streamlit")
    assert ask(served, "/static/js/none.js", accept_encoding="gzip").text.startswith("streamlit")


def test_streamlit_s_page_changed_is_told_at_once(monkeypatch, tmp_path):
    (tmp_path / "index.html").write_text("<html><script src='./static/x.js'></script></html>")
    document._of_streamlit.cache_clear()
    monkeypatch.setattr(document, "get_static_dir", lambda: str(tmp_path))
    with pytest.raises(RuntimeError, match=r"index\.html"):
        document.page_html("t", "zh")
    document._of_streamlit.cache_clear()
