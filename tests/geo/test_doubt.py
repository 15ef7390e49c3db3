"""Questions a file leaves open: who decides, what is asked, and that they come through the reading process."""

import pytest

from geo.doubt import Answers, Choice, Doubt, UndecidedError
from geo.note import Note, Said
from words.errors import AtlasError

UNIT = Doubt("rain.column", (Choice("mm"), Choice("0.1mm")))


def test_an_answer_counts_before_what_the_file_proves():
    assert Answers({"rain.column": "0.1mm"}).choose(UNIT, "mm") == "0.1mm"
    assert Answers({}).choose(UNIT, "mm") == "mm"


def test_what_nobody_decides_is_asked_at_once():
    answers = Answers({"other": "x"})
    assert answers.choose(UNIT) is None
    assert answers.choose(Doubt("site.layer")) is None
    with pytest.raises(UndecidedError) as caught:
        answers.ask()
    assert [doubt.key for doubt in caught.value.doubts] == ["rain.column", "site.layer"]
    assert caught.value.facts == {"count": 2}


def test_nothing_is_asked_where_all_is_decided():
    answers = Answers()
    answers.choose(UNIT, "mm")
    answers.ask()


def test_an_answer_that_is_no_choice_is_refused():
    with pytest.raises(AtlasError) as caught:
        Answers({"rain.column": "inch"}).choose(UNIT, "mm")
    assert caught.value.key == "intake.answer_unknown"
    assert caught.value.facts["choices"] == "mm, 0.1mm"


def test_what_two_readers_said_is_said_together():
    both = Said((Note("a"),), (Note("b"),), {"unit": "mm"}) + Said((Note("c"),), (), {"unit": "cm", "area": 3.0})
    assert both == Said((Note("a"), Note("c")), (Note("b"),), {"unit": "cm", "area": 3.0})
    assert [note.key for note in both.notes] == ["b", "a", "c"]


def test_what_was_decided_can_be_answered_otherwise():
    answers = Answers({})
    answers.choose(UNIT, "mm")
    answers.choose(Doubt("site.layer", (Choice("only"),)), "only")
    answers.choose(Doubt("site.inner", (Choice("hole"), Choice("land"))))
    assert [doubt.key for doubt in answers.made] == ["rain.column"]
