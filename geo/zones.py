"""Projected zones over a place: the Gauss–Krüger zones of CGCS2000 and UTM, by their EPSG codes."""

from __future__ import annotations

from pyproj import CRS

Bounds = tuple[float, float, float, float]
LONLAT = CRS.from_epsg(4490)


def in_china(bounds: Bounds) -> bool:
    """Whether the middle of lon/lat bounds lies in the box that the Gauss–Krüger zones of China cover."""
    west, south, east, north = bounds
    return 73.5 <= (west + east) / 2 <= 136.5 and 3.0 <= (south + north) / 2 <= 54.0


def gk3(meridian: int) -> CRS:
    """CGCS2000 3-degree Gauss–Krüger about a meridian (75–135, a multiple of 3), eastings without zone prefix."""
    return CRS.from_epsg(4534 + (meridian - 75) // 3)


def gk3_prefixed(meridian: int) -> CRS:
    """The same zone with its number before the easting (36xxxxxx for 108°E)."""
    return CRS.from_epsg(4488 + meridian // 3)


def gk6(meridian: int) -> CRS:
    """CGCS2000 6-degree Gauss–Krüger about a meridian (75, 81 … 135), eastings without zone prefix."""
    return CRS.from_epsg(4502 + (meridian - 75) // 6)


def gk6_prefixed(meridian: int) -> CRS:
    """The same zone with its number before the easting."""
    return CRS.from_epsg(4491 + (meridian - 75) // 6)


def utm(longitude: float, latitude: float) -> CRS:
    """The WGS 84 UTM zone that holds a point."""
    zone = int((longitude + 180) // 6) % 60 + 1
    return CRS.from_epsg((32600 if latitude >= 0 else 32700) + zone)


def nearest_meridian(longitude: float, *, step: int) -> int:
    """The central meridian of the Chinese zones (75–135) closest to a longitude; `step` is 3 or 6."""
    return min(range(75, 136, step), key=lambda meridian: (abs(meridian - longitude), meridian))


def candidates(reference: Bounds) -> list[CRS]:
    """The systems in which data of a lon/lat box usually arrive, likeliest first.

    Degrees; 3-degree zones with and without prefix; 6-degree zones and UTM on either side of the box; web Mercator.
    Zones beyond the box are included one to each side, since data near a border come in the neighbour's zone.
    """
    west, south, east, north = reference
    middle, latitude = (west + east) / 2, (south + north) / 2
    zones = {utm(longitude, latitude): None for longitude in (middle, west - 0.5, east + 0.5)}
    world = [*zones, CRS.from_epsg(3857)]
    if not in_china(reference):
        return [CRS.from_epsg(4326), *world]
    narrow = [nearest_meridian(middle + shift, step=3) for shift in (0, -3, 3)]
    wide = [nearest_meridian(longitude, step=6) for longitude in (middle, west - 1, east + 1)]
    found = [LONLAT, gk3(narrow[0]), gk3_prefixed(narrow[0])]
    found += [zone(meridian) for meridian in wide for zone in (gk6, gk6_prefixed)]
    found += [zone(meridian) for meridian in narrow for zone in (gk3, gk3_prefixed)]
    return list(dict.fromkeys([*found, *world]))
