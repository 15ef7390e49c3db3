"""Land-cover classes of a district whose raster uses codes of its own."""

from layers.layer import Field, Layer

SURFACES = (
    "paddy",
    "dry_cropland",
    "orchard",
    "forest",
    "shrub_grass",
    "water",
    "urban",
    "rural_built",
    "road_hard",
    "bare_rock",
)

LAYER = Layer(
    id="landcover_legend",
    file="tables/landcover_legend.csv",
    geometry="table",
    once=("value",),
    themes=("general",),
    owner="planning",
    label="name",
    fields=(
        Field("value", "value", "integer", required=True, key=True, low=0, high=65535, aliases=("code", "值", "代码")),
        Field("name", "name", required=True, aliases=("label", "LABEL3", "名称", "类别")),
        Field("surface", "surface", "choice", choices=SURFACES, aliases=("下垫面",)),
    ),
)
