"""Text from data is never markup, script or template."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from words.markup import protect, safe, script_json


def test_markup_and_template_signs_become_entities():
    assert safe('<img src=x onerror="a">${b}`{{7*7}}') == (
        "&lt;img src=x onerror=&quot;a&quot;&gt;&#36;&#123;b&#125;&#96;&#123;&#123;7*7&#125;&#125;"
    )


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
