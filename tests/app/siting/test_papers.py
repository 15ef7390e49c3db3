"""Saving a check, its papers, and setting it aside."""

from __future__ import annotations

from app.siting import session
from app.siting.papers import papers
from app.state import selection
from tests.app.siting.picked import S1, S2, scene_of


def test_papers_are_named_by_project_and_result(mark, screen):
    for pick, name in ((S1, "酒厂"), (S2, "住宅")):
        scene = scene_of(screen, site=pick)
        papers(scene, selection(), better=None)
        names = [screen.widgets[f"siting_{kind}"].said["file_name"] for kind in ("docx", "pdf", "gpkg", "kml")]
        assert names == [f"{name}-{scene.case.result_id}.{kind}" for kind in ("docx", "pdf", "gpkg", "kml")]
        screen.press("siting_aside")
    assert [given.name for given, _ in session.others()] == ["酒厂", "住宅"]
