"""How a layer looks: colours that mean one thing everywhere, and shapes that tell kinds apart without colour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from layers.layer import Layer

INK = "#1D2B33"
QUIET = "#6B7A83"
PAPER = "#FBFCFC"
WATER = "#2E6DA4"

THEME_COLOURS: Mapping[str, str] = {
    "general": "#5F6B73",
    "irrigation": "#4F8A3C",
    "industry": "#56677A",
    "network": "#2E6DA4",
    "rain": "#14868C",
    "reclaimed": "#7B4BA0",
    "users": "#7A5B45",
    "limits": "#A8453A",
}
RENEWAL = "#C98A17"
HUES: Mapping[str, str] = {**THEME_COLOURS, "renewal": RENEWAL}
VERDICT_COLOURS: Mapping[str, str] = {
    "red": "#B3362B",
    "orange": "#D9822B",
    "yellow": "#C9A90E",
    "green": "#3E8548",
    "grey": "#8A949A",
}
USE_COLOURS: Mapping[str, str] = {
    "process": THEME_COLOURS["industry"],
    "cooling": "#8FA0B3",
    "greening": THEME_COLOURS["irrigation"],
    "road": "#9A8F80",
    "car_wash": THEME_COLOURS["network"],
    "toilet": RENEWAL,
    "scenic_lake": THEME_COLOURS["rain"],
}
SHORTAGE = "#E8C58E"
SHAPES = ("circle", "square", "diamond", "triangle", "pentagon", "star", "cross", "wedge", "hexagon", "drop")
DASHES: tuple[tuple[int, ...], ...] = ((), (7, 4), (2, 4), (10, 4, 2, 4), (4, 2), (1, 3))


@dataclass(frozen=True)
class Style:
    """One symbol: stroke and fill as #RRGGBB, widths and sizes in screen pixels, `fill_share` 0–1, dash in pixels."""

    stroke: str
    fill: str
    weight_px: float = 1.2
    fill_share: float = 0.0
    dash: tuple[int, ...] = ()
    shape: str = "circle"
    size_px: float = 5.0


@dataclass(frozen=True)
class LayerStyle:
    """The look of a layer, and of each choice of its `symbol_by` field."""

    base: Style
    symbols: Mapping[str, Style] = field(default_factory=dict)


@dataclass(frozen=True)
class Look:
    """What a layer's look changes of its theme's: any part left out follows the theme."""

    colour: str | None = None
    shape: str | None = None
    weight_px: float | None = None
    fill_share: float | None = None
    dash: tuple[int, ...] | None = None
    size_px: float | None = None
    one_symbol: bool = False


LOOKS: Mapping[str, Look] = {
    "rivers": Look(colour="#4C8DC4", weight_px=1.8),
    "reservoirs": Look(colour="#2E6DA4", fill_share=0.55, shape="drop"),
    "roads": Look(colour="#9A8F80", weight_px=1.4),
    "villages": Look(colour="#3C474E", size_px=3.0),
    "canals": Look(colour="#3F8F7A", weight_px=1.6, dash=(7, 3)),
    "water_mains": Look(colour="#2E6DA4", weight_px=2.2),
    "reclaimed_mains": Look(colour="#7B4BA0", weight_px=2.2, dash=(8, 3)),
    "wastewater_plants": Look(colour="#7B4BA0", shape="square", size_px=6.5),
    "waterworks": Look(colour="#2E6DA4", shape="square", size_px=6.5),
    "supply_zones": Look(colour="#2E6DA4", fill_share=0.10, dash=(6, 4)),
    "pipeline_zones": Look(colour="#2E6DA4", fill_share=0.12),
    "urban_areas": Look(colour=RENEWAL, fill_share=0.22),
    "green_spaces": Look(colour="#79A65A", fill_share=0.40),
    "scenic_areas": Look(colour="#79A65A", fill_share=0.14, dash=(2, 4)),
    "construction_projects": Look(colour="#8C3B2E", fill_share=0.45, one_symbol=True),
    "projects": Look(colour="#14868C", size_px=5.5),
    "small_water_works": Look(colour="#4F8A3C", size_px=3.8),
    "water_intakes": Look(colour="#2E6DA4", shape="wedge", size_px=5.5),
    "car_wash_sites": Look(colour="#7A5B45", shape="hexagon", size_px=4.5),
    "residential_estates": Look(colour="#7A5B45", shape="square", size_px=4.5),
    "public_institutions": Look(colour="#7A5B45", shape="pentagon", size_px=5.0),
    "network_pipes": Look(weight_px=2.0),
    "network_nodes": Look(size_px=4.5),
}

# Choices whose colour or form means something in itself: reclaimed water is violet, renewal amber, planned is dashed.
CHOICES: Mapping[tuple[str, str], Look] = {
    ("projects", "rain"): Look(colour=THEME_COLOURS["rain"], shape="drop"),
    ("projects", "reclaimed"): Look(colour=THEME_COLOURS["reclaimed"], shape="diamond"),
    ("urban_areas", "built_up"): Look(colour="#7D868C", fill_share=0.22),
    ("urban_areas", "new_district"): Look(colour="#14868C", fill_share=0.18, dash=(7, 4)),
    ("urban_areas", "renewal"): Look(colour=RENEWAL, fill_share=0.30),
    ("pipeline_zones", "none"): Look(fill_share=0.08),
    ("pipeline_zones", "planned"): Look(colour=RENEWAL, fill_share=0.22, dash=(7, 4)),
    ("pipeline_zones", "under_way"): Look(colour=RENEWAL, fill_share=0.38),
    ("pipeline_zones", "done"): Look(fill_share=0.28),
    ("residential_estates", "none"): Look(fill_share=0.16),
    ("residential_estates", "planned"): Look(colour=RENEWAL, fill_share=0.22, dash=(7, 4)),
    ("residential_estates", "under_way"): Look(colour=RENEWAL, fill_share=0.42),
    ("reclaimed_mains", "planned"): Look(dash=(2, 4), weight_px=1.8),
    ("reclaimed_mains", "under_way"): Look(dash=(8, 4), weight_px=2.2),
    ("reclaimed_mains", "built"): Look(dash=(), weight_px=2.6),
    ("roads", "expressway"): Look(colour="#B98A4A", weight_px=3.0, dash=()),
    ("roads", "national"): Look(colour="#B79A6A", weight_px=2.4, dash=()),
    ("roads", "provincial"): Look(weight_px=2.0, dash=()),
    ("roads", "county"): Look(weight_px=1.6, dash=()),
    ("roads", "township"): Look(weight_px=1.1, dash=()),
    ("roads", "street"): Look(weight_px=0.9, dash=(3, 2)),
    ("rivers", "main"): Look(weight_px=3.4, dash=()),
    ("rivers", "tributary"): Look(weight_px=2.2, dash=()),
    ("rivers", "stream"): Look(weight_px=1.2, dash=()),
    ("network_nodes", "plant"): Look(shape="square", size_px=7.0),
    ("network_nodes", "user"): Look(shape="circle"),
    ("network_nodes", "junction"): Look(shape="circle", size_px=1.8),
    **{
        ("network_pipes", dn): Look(weight_px=width, dash=())
        for dn, width in zip(
            ("100", "150", "200", "250", "300", "400", "500", "600", "700", "800"),
            (1.2, 1.6, 2.0, 2.5, 3.0, 3.8, 4.6, 5.4, 6.2, 7.0),
            strict=True,
        )
    },
    **{
        ("protection_zones", kind): Look(colour=colour, fill_share=share, dash=dash)
        for kind, colour, share, dash in (
            ("drinking_source_1", "#1F4E8C", 0.34, ()),
            ("drinking_source_2", "#2E6DA4", 0.24, ()),
            ("drinking_source_quasi", "#5E93C4", 0.16, (6, 4)),
            ("decentralised_source", "#2E6DA4", 0.20, (2, 3)),
            ("ecological_red_line", "#B3362B", 0.14, ()),
            ("permanent_farmland", "#B99A2B", 0.20, ()),
            ("river_management", "#3F8F9A", 0.16, (7, 4)),
            ("flood", "#5B7DB1", 0.22, (2, 4)),
            ("flood_detention", "#5B7DB1", 0.30, ()),
            ("karst_strong", "#6E5A7E", 0.24, ()),
            ("karst", "#9385A3", 0.14, (6, 4)),
            ("spring_protection", "#3F8F9A", 0.26, ()),
            ("geo_hazard_prone", "#B8793A", 0.14, (6, 4)),
            ("geo_hazard_danger", "#9C4A1A", 0.34, ()),
            ("debris_flow_prone", "#9C4A1A", 0.18, (2, 4)),
            ("groundwater_ban", "#7A2E4D", 0.26, ()),
            ("groundwater_limit", "#A0567A", 0.16, (6, 4)),
            ("soil_loss_prevention", "#8C7A3E", 0.16, (6, 4)),
            ("soil_loss_control", "#8C7A3E", 0.26, ()),
            ("headwater", "#3B7F86", 0.18, ()),
            ("water_conservation", "#4F8A3C", 0.14, (6, 4)),
            ("scenic", "#79A65A", 0.16, (2, 4)),
            ("nature_reserve", "#2F6B46", 0.20, ()),
            ("world_heritage", "#6B4E8A", 0.14, (10, 4, 2, 4)),
        )
    },
}


@lru_cache(maxsize=256)
def style_of(layer: Layer) -> LayerStyle:
    """The look of a layer, from its home theme, geometry and symbol field; `LOOKS` and `CHOICES` may change parts."""
    look = LOOKS.get(layer.id, Look())
    base = _base(layer, look)
    chosen = layer.field(layer.symbol_by).choices if layer.symbol_by and not look.one_symbol else ()
    return LayerStyle(base, {code: _symbol(base, layer, n, code) for n, code in enumerate(chosen)})


def _base(layer: Layer, look: Look) -> Style:
    colour = THEME_COLOURS[layer.themes[0]]
    weight, fill_share = {"polygon": (1.4, 0.18), "line": (1.8, 0.0), "point": (1.0, 0.95)}.get(layer.geometry, (1, 0))
    plain = Style(stroke=colour, fill=colour, weight_px=weight, fill_share=fill_share)
    changed = _changed(plain, look)
    return replace(changed, stroke=PAPER) if layer.geometry == "point" else changed


def _symbol(base: Style, layer: Layer, n: int, code: str) -> Style:
    """The look of the n-th choice: points differ in shape, lines in dash and width, areas in depth and dash."""
    if layer.geometry == "point":
        shape = SHAPES[(SHAPES.index(base.shape) + n) % len(SHAPES)]
        return replace(_changed(replace(base, shape=shape), CHOICES.get((layer.id, code), Look())), stroke=PAPER)
    if layer.geometry == "line":
        weight = max(base.weight_px + 0.8 - 0.5 * n, 0.9)
        own = replace(base, dash=DASHES[n % len(DASHES)] if n else base.dash, weight_px=weight)
    else:
        share = max(base.fill_share + 0.22 - 0.13 * n, 0.08)
        own = replace(base, fill_share=share, dash=DASHES[n % len(DASHES)])
    return _changed(own, CHOICES.get((layer.id, code), Look()))


def _changed(style: Style, look: Look) -> Style:
    return replace(
        style,
        stroke=look.colour or style.stroke,
        fill=look.colour or style.fill,
        weight_px=style.weight_px if look.weight_px is None else look.weight_px,
        fill_share=style.fill_share if look.fill_share is None else look.fill_share,
        dash=style.dash if look.dash is None else look.dash,
        shape=look.shape or style.shape,
        size_px=style.size_px if look.size_px is None else look.size_px,
    )


def ramp(colour: str, classes: int) -> tuple[str, ...]:
    """A sequential ramp of one hue, light to dark: ordered in grey print and for colour-blind readers."""
    darkest = 0.35
    shares = [0.14 + (1.0 - 0.14) * n / max(classes - 1, 1) for n in range(classes)]
    return tuple(_mix(_mix(colour, "#000000", darkest * max(share - 0.6, 0)), PAPER, 1 - share) for share in shares)


def _mix(first: str, second: str, second_share: float) -> str:
    pairs = zip(_rgb(first), _rgb(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * second_share):02X}" for a, b in pairs)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
