"""The first HTML of every page: Streamlit's own, read once, with the page's title and language written into it."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from pathlib import Path

from streamlit.file_util import get_static_dir

from app.server.static import START
from maps.look.style import INK, PAPER, WATER
from words import LANG, Language, text
from words.markup import safe

FILES = Path(__file__).parent.parent / "web"
START_SCRIPT = FILES / "start.js"
_TAG = re.compile(r"<(?:script|link)\b[^>]*>")
_ADDRESS = re.compile(r'(?:src|href)="\./([^"]+)"')


@lru_cache(maxsize=1)
def _of_streamlit() -> tuple[str, str]:
    """Address of Streamlit's script, and the tags of all else that its page loads, seen from the root.

    RuntimeError when its page is not as we know it: a new version, to be looked at before it is used.
    """
    told = (Path(get_static_dir()) / "index.html").read_text(encoding="utf-8")
    tags = [tag for tag in _TAG.findall(told) if START in f"/{''.join(_ADDRESS.findall(tag))}"]
    scripts = [tag for tag in tags if tag.startswith("<script")]
    styles = [tag for tag in tags if 'rel="stylesheet"' in tag]
    if len(scripts) != 1 or not styles or '<div id="root"></div>' not in told:
        raise RuntimeError("Streamlit's index.html is not as app/server/document.py knows it")
    return _ADDRESS.findall(scripts[0])[0], "".join(tag.replace('="./', '="/') for tag in tags if tag != scripts[0])


@lru_cache(maxsize=1)
def start_address() -> str:
    """Where our own first script lies; its name changes with its content."""
    return f"/map/files/{hashlib.sha256(START_SCRIPT.read_bytes()).hexdigest()[:12]}/{START_SCRIPT.name}"


def page_html(title: str, language: Language) -> str:
    """The page as a browser first gets it."""
    script, tags = _of_streamlit()
    return (
        f'<!DOCTYPE html><html lang="{LANG[language]}"><head><meta charset="UTF-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="shortcut icon" href="/favicon.png"><title>{safe(title)}</title>'
        f'<script src="{start_address()}"></script>'
        f'<script type="module" crossorigin src="/{script}"></script>{tags}</head>'
        f'<body><noscript>{safe(text("server.no_script", language))}</noscript><div id="root"></div></body></html>'
    )


def plain_html(sentence: str, language: Language, *, again_s: int | None = None) -> str:
    """A page of one sentence that needs no script; with `again_s` it loads itself again after so many seconds."""
    again = f'<meta http-equiv="refresh" content="{again_s}">' if again_s else ""
    home = "" if again else f'<p><a href="/">{safe(text("server.back", language))}</a></p>'
    return (
        f'<!DOCTYPE html><html lang="{LANG[language]}"><head><meta charset="UTF-8">{again}'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="shortcut icon" href="/favicon.png"><title>{safe(text("app.title", language))}</title>'
        f"<style>body{{font:1.05rem/1.7 sans-serif;color:{INK};background:{PAPER};max-width:40rem;margin:18vh auto;"
        f"padding:0 1.2rem}}a{{color:{WATER}}}</style></head>"
        f'<body><main><h1 style="font-size:1.3rem">{safe(text("app.title", language))}</h1>'
        f'<p role="status">{safe(sentence)}</p>{home}</main></body></html>'
    )
