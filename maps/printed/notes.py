"""What a printed map says of itself: coordinates, heights, sources and dates, data version, and the mark 示意数据."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from pyproj import CRS

from layers.district import District
from layers.layer import Source
from words import Language, text

_WIDTH = re.compile(r"(\d)-degree Gauss", re.IGNORECASE)


def crs_line(district: District, language: Language) -> str:
    """Coordinate system and, where the data declare it, height datum."""
    said = text("maps.print.crs", language, crs=_crs_name(district.settings.metric_crs, language))
    if not _heights_1985(district):
        return said
    return said + text("maps.print.part", language) + text("maps.print.heights_1985", language)


def _crs_name(crs: CRS, language: Language) -> str:
    geodetic = crs.geodetic_crs
    datum = geodetic.datum.name if geodetic is not None and geodetic.datum is not None else ""
    name = f"{crs.name} (EPSG:{crs.to_epsg()})" if crs.to_epsg() else crs.name
    if datum != "China 2000":
        return text("maps.print.crs_other", language, name=name)
    meridian, zone = _central_meridian(crs), _WIDTH.search(crs.name)
    if meridian is None or zone is None or crs.to_epsg() is None:
        return text("maps.print.crs_cgcs2000", language, name=name)
    facts = {"width": zone[1], "meridian": f"{meridian:g}", "epsg": crs.to_epsg()}
    return text("maps.print.crs_gauss_kruger", language, **facts)


def _central_meridian(crs: CRS) -> float | None:
    operation = crs.coordinate_operation
    params = operation.params if operation is not None else []
    return next((p.value for p in params if p.name == "Longitude of natural origin"), None)


def _heights_1985(district: District) -> bool:
    """Whether `district.toml` (flag `heights_1985`) or the elevation raster's own CRS declares the height datum."""
    elevation = district.rasters.get("elevation")
    if elevation is None:
        return False
    parts = elevation.crs.sub_crs_list
    named = any("1985" in part.name for part in parts if part.is_vertical)
    return named or bool(district.settings.flags.get("heights_1985"))


def source_line(district: District, layers: Iterable[str], *, language: Language) -> str:
    """Every issuer of the layers drawn, each with its newest date, in the order the layers come."""
    days: dict[str, date] = {}
    for source in _sources(district, layers):
        days[source.issuer] = max(days.get(source.issuer, source.as_of), source.as_of)
    if not days:
        return text("maps.print.sources_unknown", language)
    listed = [text("maps.print.source", language, issuer=issuer, day=day.isoformat()) for issuer, day in days.items()]
    return text("maps.print.sources", language, list=text("maps.print.between", language).join(listed))


def version_line(district: District, layers: Iterable[str], *, language: Language) -> str:
    """The data version and the newest date of the layers drawn."""
    said = text("maps.print.version", language, version=district.version)
    days = [source.as_of for source in _sources(district, layers)]
    if not days:
        return said
    return said + text("maps.print.part", language) + text("maps.print.as_of", language, day=max(days).isoformat())


def _sources(district: District, layers: Iterable[str]) -> list[Source]:
    """The sources of the layers whose issuer is known."""
    entries = (district.entries.get(layer) for layer in layers)
    return [entry.source for entry in entries if entry is not None and entry.source.issuer]


def illustrative(district: District, layers: Iterable[str]) -> tuple[str, ...]:
    """Those of the layers whose data are not the real thing."""
    return tuple(layer for layer in layers if district.status(layer) == "illustrative")


def district_name(district: District, language: Language) -> str:
    """The district's name in the language asked for."""
    return district.settings.name if language == "zh" else district.settings.name_en
