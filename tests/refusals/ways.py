"""How a row of the tables is given: a dirty input and, where its refusal says what to do, what that comes to.

Both are functions of a folder that run the reader itself; the second is given the same folder after the first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import geopandas as gpd
from siting_ground import METRIC, make_ground, square

from geo.files import vector
from geo.files.vector import write_geopackage, write_shapefile
from intake.site.reading import read_pasted, read_site
from tests.geo.files.shape_files import zipped_shapefile

Give = Callable[[Path], object]
DISTRICT = make_ground().district
CORNERS = list(square().exterior.coords)[:4]
TEXT = "\n".join(f"{x}, {y}" for x, y in CORNERS)
RING = ", ".join(f"{x} {y}" for x, y in [*CORNERS, CORNERS[0]])
TABLE = "点号,x,y\n" + "\n".join(f"J{at},{x},{y}" for at, (x, y) in enumerate(CORNERS, 1))


class Row(NamedTuple):
    """An input that is refused, and the one that its refusal asks for."""

    refused: Give
    followed: Give | None = None


def site(content: bytes | str, name: str = "a.txt", **answers: str) -> Give:
    """A file handed in as a site, with answers to questions of `site`."""
    raw = content.encode() if isinstance(content, str) else content
    given = {f"site.{key}": value for key, value in answers.items()}

    def give(folder: Path) -> object:
        (folder / name).write_bytes(raw)
        return read_site(folder / name, DISTRICT, answers=given)

    return give


def paste(content: str, **answers: str) -> Give:
    """A text pasted as a site."""
    return lambda _: read_pasted(content, DISTRICT, answers={f"site.{key}": value for key, value in answers.items()})


def plot(**columns: object) -> gpd.GeoDataFrame:
    """The plot of all good inputs: a square of 100 m."""
    return gpd.GeoDataFrame(columns or {"name": ["甲"]}, geometry=[square()], crs=METRIC)


def packed(folder: Path, frame: gpd.GeoDataFrame | None = None) -> Path:
    """A zipped shapefile of the plot."""
    (folder / "in").mkdir(exist_ok=True)
    write_shapefile(plot() if frame is None else frame, folder / "in" / "plot.shp")
    return zipped_shapefile(folder / "plot.zip", folder / "in" / "plot.shp")


def dxf(*entities: str) -> str:
    """A drawing of entities."""
    return "0\nSECTION\n2\nENTITIES\n" + "".join(f"0\n{one}\n" for one in entities) + "0\nENDSEC\n0\nEOF\n"


def polyline(layer: str = "红线") -> str:
    """The plot as a closed polyline."""
    return f"LWPOLYLINE\n8\n{layer}\n90\n4\n70\n1\n" + "\n".join(f"10\n{x}\n20\n{y}" for x, y in CORNERS)


def kml(places: str = "107.85,29.36 107.851,29.36 107.851,29.361 107.85,29.36", head: str = "") -> str:
    """A polygon in KML."""
    ring = f"<outerBoundaryIs><LinearRing><coordinates>{places}</coordinates></LinearRing></outerBoundaryIs>"
    body = f"<Document><Placemark><name>甲</name><Polygon>{ring}</Polygon></Placemark></Document>"
    return f'<?xml version="1.0" encoding="UTF-8"?>{head}<kml xmlns="http://www.opengis.net/kml/2.2">{body}</kml>'


GEOJSON = (
    '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "甲"}, "geometry": '
    '{"type": "Polygon", "coordinates": [[[107.85, 29.36], [107.851, 29.36], [107.851, 29.361], [107.85, 29.36]]]}}]}'
)


def _workbook(folder: Path) -> object:
    import pandas as pd

    rows = [{"点号": f"J{at}", "x": x, "y": y} for at, (x, y) in enumerate(CORNERS, 1)]
    pd.DataFrame(rows).to_excel(folder / "good.xlsx", index=False)
    return read_site(folder / "good.xlsx", DISTRICT)


def geopackage(folder: Path, layers: Mapping[str, gpd.GeoDataFrame] | None = None) -> Path:
    """The plot in a GeoPackage."""
    write_geopackage(dict(layers or {"plot": plot()}), folder / "plot.gpkg")
    return folder / "plot.gpkg"


# What refusals name as a way out, to the site given in that way; the words are those of both languages.
FORMATS: Mapping[str, Give] = {
    "Shapefile": lambda folder: read_site(packed(folder), DISTRICT),
    "shapefile": lambda folder: read_site(packed(folder), DISTRICT),
    "GeoPackage": lambda folder: read_site(geopackage(folder), DISTRICT),
    "GeoJSON": site(GEOJSON, "good.geojson"),
    "KML": site(kml(), "good.kml"),
    "DXF": site(dxf(polyline()), "good.dxf"),
    "XLSX": _workbook,
    "xlsx": _workbook,
    "Excel": _workbook,
    "CSV": site(TABLE, "good.csv"),
    "贴坐标": paste(TEXT),
    "“Paste”": paste(TEXT),
    "多段线": site(dxf(polyline()), "good.dxf"),
    "polyline": site(dxf(polyline()), "good.dxf"),
    "界址点坐标": paste(TABLE),
    "coordinates of the corners": paste(TABLE),
}


def read(path: Path, **options: object) -> object:
    """A file of shapes read as layers are."""
    return vector.read(path, **options)  # type: ignore[arg-type]
