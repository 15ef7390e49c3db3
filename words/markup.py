"""Text that can stand in HTML, in an attribute and in a script string without ever becoming code."""

from __future__ import annotations

import json
import re

from markupsafe import Markup, escape

_ILLEGIBLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")
_TEMPLATE_SIGNS = str.maketrans({"`": "&#96;", "$": "&#36;", "{": "&#123;", "}": "&#125;"})


def safe(text: object) -> Markup:
    """The text with every sign that HTML, a JavaScript template literal or a page template reads as code, as an entity.

    markupsafe's `escape` alone lets `${…}` and backticks run inside Folium's script strings. What is Markup already is
    not escaped again, and plain text joined to it by `+`, `%`, `join` or `format` is.
    """
    return Markup(escape(text).translate(_TEMPLATE_SIGNS))


def legible(text: str) -> str:
    """The text without what no document may hold: control signs but tab and line ends, halves of pairs, non-signs."""
    return _ILLEGIBLE.sub("", text)


def script_json(value: object) -> str:
    """The value as JSON text that cannot close the script element it stands in."""
    return protect(json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False))


def protect(json_text: str) -> str:
    """Ready JSON text with `<`, `>` and `&` and the two line separators written as escapes."""
    for sign, written in (
        ("<", "\\u003c"),
        (">", "\\u003e"),
        ("&", "\\u0026"),
        ("\u2028", "\\u2028"),
        ("\u2029", "\\u2029"),
    ):
        json_text = json_text.replace(sign, written)
    return json_text
