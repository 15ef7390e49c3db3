"""The district's picture, made when a person asks for it."""

from __future__ import annotations

from analysis.finding import townships_then
from app import store
from app.parts.files import file_button
from words import Language, text


def picture_download(mark: str, indicator: str, *, language: Language) -> None:
    """The district coloured by an indicator, in the classes and colour of the map on the screen, as PNG."""
    indicated = text(f"indicators.{indicator}.name", language)
    name = f"{store.district_name(mark, language)}-{indicated}-{store.district(mark).version}.png"
    label = text("overview.download", language)
    file_button(label, lambda: picture(mark, indicator, language), name=name, key="download_district")


def picture(mark: str, indicator: str, language: Language) -> bytes:
    """The sheet of the district coloured by an indicator."""
    from maps.look.classes import HUES, breaks_for
    from maps.printed.picture import district_png

    known, district = store.findings(mark), store.district(mark)
    values = {code: known[indicator, code].value for code in store.names(mark)}
    one, name = store.about(mark, indicator), text(f"indicators.{indicator}.name", language)
    then = townships_then(one, language)
    return district_png(
        district,
        values,
        indicator_name=text("app.named", language, name=name, said=then) if then else name,
        unit=one.indicator.unit,
        language=language,
        breaks=breaks_for(indicator, values.values()),
        theme=HUES.get(indicator, "network"),
        layers=(*one.layers, *(layer for layer in one.needs if layer in district.broken)),
        edition_line=store.edition_line(language),
    )
