"""The map of the reclaimed-water page: plants and users by suitability, and the pipes of the plan."""

from __future__ import annotations

from analysis.methods.reclaimed import PLANT_LAYERS
from app import state, store
from app.map_view import Click, show_map
from app.parts.lacking import lacking, owners
from app.parts.notice import notice
from app.reclaimed import view
from app.reclaimed.scene import Scene
from maps.screen.reclaimed import PIPES
from words import text


def network_view(scene: Scene) -> None:
    """The map; a clicked pipe becomes the one looked at."""
    network = scene.network
    id_ = None if network is None else network.network_id
    show_map(
        view.page_map(scene.mark, scene.ground_key, id_, scene.language, _solved=network),
        key="reclaimed_map",
        view_key="reclaimed",
        label=text("reclaimed.page.map_label", scene.language),
        on_click=_clicked,
        focus=None if scene.pipe is None else (PIPES, scene.pipe),
    )


def _clicked(click: Click) -> None:
    if click["type"] == "atlas:open" and click.get("layer") == PIPES:
        state.change(pipe=str(click["key"]))


def missing_notice(scene: Scene) -> None:
    """Say which layers the answer lacks and who owes them, and which plants are left out."""
    language, district = scene.language, store.district(scene.mark)
    if scene.job is None:
        needed = [layer for layer in ("wastewater_plants", "elevation") if not district.has(layer)]
        notice(lacking(needed, language) if needed else text("reclaimed.page.nothing_to_plan", language), "missing")
    absent = [layer for layer in PLANT_LAYERS[1:] if not district.has(layer)]
    if absent and district.has("wastewater_plants"):
        notice(text("reclaimed.page.without", language, lacking=lacking(absent, language)), "missing")
    if scene.ground.unknown_plants:
        count = scene.ground.unknown_plants
        owner = owners(("wastewater_plants",), language)
        notice(text("reclaimed.page.unknown_plants", language, count=count, owner=owner), "missing")
