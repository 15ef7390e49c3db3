"""Files a person may download, each as a function that makes it when asked."""

from __future__ import annotations

from collections.abc import Callable

from app import store
from app.state import Selection

Make = Callable[[], bytes | str]


def of_township(mark: str, code: str, *, chosen: Selection) -> dict[str, Make]:
    """The township's files by kind: html, png, gpkg, xlsx."""
    language = chosen.language
    layers = chosen.layers if chosen.layers is not None else store.theme_layers(chosen.theme)

    def html() -> str:
        from maps.export import single_file

        from maps.township_map import township_map

        ready = store.prepared(mark)
        edition = store.edition_line(language)
        page = township_map(ready, code, layers=layers, language=language, base=ready.picture, edition_line=edition)
        return single_file(page)

    def png() -> bytes:
        from maps.print_map import township_png

        raise NotImplementedError(township_png)

    return {"html": html, "png": png}


def of_layer(mark: str, layer_id: str) -> tuple[str, Make]:
    """Kind and maker of one layer as a file."""
    return "csv", lambda: b""
