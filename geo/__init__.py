"""The ground: geometry, grids and tables, which know no water and no district.

Importing any part of `geo` first switches off every GDAL driver that follows links, runs pipelines or reads other
files named inside a file (virtual datasets, web services), so that no opening of a file can reach further than that
file. The switch works only before pyogrio and rasterio load, hence here.
"""

from __future__ import annotations

import os

# Listed once each: pyogrio's GDAL takes both lists and complains on standard error of a driver it cannot find.
_VECTOR_DRIVERS_OFF = (
    "ADBC AIVector AmigoCloud CSV CSW Carto EEDA ESRIJSON Elasticsearch GDALG GML GPX GeoRSS HTTP JSONFG "
    "KML LIBKML MapML NGW OAPIF ODS OGCAPI OGR_VRT OSM PDF PGDUMP PLSCENES SQLite TopoJSON WFS XLSX"
)
_RASTER_DRIVERS_OFF = "DERIVED ESRIC GTI STACIT STACTA VRT WCS WMS WMTS"

os.environ.setdefault("OGR_SKIP", ",".join(_VECTOR_DRIVERS_OFF.split()))
os.environ.setdefault("GDAL_SKIP", _RASTER_DRIVERS_OFF)
