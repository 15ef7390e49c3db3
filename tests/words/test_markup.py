"""Text from data is never markup, script or template."""

from __future__ import annotations

import html
import json

from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from words.markup import protect, safe, script_json


def test_markup_and_template_signs_become_entities():
    assert safe('<img src=x onerror="a">${b}`{{7*7}}') == (
        "&lt;img src=x onerror=&#34;a&#34;&gt;&#36;&#123;b&#125;&#96;&#123;&#123;7*7&#125;&#125;"
    )


def test_what_was_made_safe_is_not_escaped_twice_and_makes_safe_what_joins_it():
    once = safe("<b>${a}</b> 'x'")
    assert safe(once) == once == "&lt;b&gt;&#36;&#123;a&#125;&lt;/b&gt; &#39;x&#39;"
    assert once + "<i>" == f"{once}&lt;i&gt;"
    assert Markup("<p>{}</p>").format("<i>") == "<p>&lt;i&gt;</p>"


@given(st.text())
@settings(deadline=None, max_examples=60)
def test_no_sign_of_code_is_left_and_the_text_reads_the_same(said):
    assert not set(safe(said)) & set("<>'\"`${}")
    assert html.unescape(safe(said)) == html.unescape(html.escape(said))


def test_numbers_are_written_as_text():
    assert safe(12.5) == "12.5"


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=8))
@settings(deadline=None, max_examples=60)
def test_protected_json_says_the_same_and_cannot_close_a_script(value):
    written = script_json(value)
    assert json.loads(written) == value
    assert not set("<>&\u2028\u2029") & set(written)


def test_ready_json_is_protected_without_being_parsed():
    assert protect('["</script>"]') == '["\\u003c/script\\u003e"]'
