"""What the trials of CONTRIBUTING add to a copy of the repository: file by file, as its sections say."""

from __future__ import annotations

LAYER = {
    "layers/catalogue/water_fountains.py": '''"""Public drinking fountains."""

from __future__ import annotations

from layers.columns import ID, NAME, OPERATOR, TOWNSHIP
from layers.layer import Field, Layer

LAYER = Layer(
    id="water_fountains",
    file="shapefiles/water_fountains.shp",
    geometry="point",
    themes=("users",),
    fields=(ID, NAME, TOWNSHIP, Field("taps", "taps", kind="integer", unit="count", low=0), OPERATOR),
    owner="water",
    label="name",
)
''',
    "words/zh/layers/water_fountains.toml": """[water_fountains]
name = "直饮水点"

[water_fountains.fields]
id = "编号"
name = "名称"
township = "所属乡镇"
taps = "龙头数"
operator = "管理单位"
""",
    "words/en/layers/water_fountains.toml": """[water_fountains]
name = "Drinking fountains"

[water_fountains.fields]
id = "Id"
name = "Name"
township = "Township"
taps = "Taps"
operator = "Operator"
""",
    "data/make/features/fountains.py": '''"""Drinking fountains: one in the middle of every township."""

from __future__ import annotations

import geopandas as gpd

from data.make.frames import frame, identifier


def make_water_fountains(townships: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """A fountain of two taps a township of today."""
    today = townships[townships["valid_to"].isna()].sort_values("code")
    rows = [
        {"id": identifier("DF", number), "name": f"{place.name}示意直饮水点", "township": place.code, "taps": 2,
         "geometry": place.geometry.representative_point()}
        for number, place in enumerate(today.itertuples(index=False), start=1)
    ]  # fmt: skip
    return frame("water_fountains", rows)
''',
}
LAYER_AMENDED = {
    "data/make/features/__init__.py": (
        (
            "from data.make.features.limits import",
            "from data.make.features.fountains import make_water_fountains\nfrom data.make.features.limits import",
        ),
        (
            "    return made\n",
            '    made["water_fountains"] = make_water_fountains(made["townships"])\n    return made\n',
        ),
    )
}

METHOD = {
    "analysis/methods/greenery/__init__.py": '''"""How much green space lies in each township."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from analysis.assumption import Assumption
from analysis.finding import Finding, Indicator, sources_of
from analysis.question import Answer, Cancelled, Choice, Progress, Question, answer
from layers.district import District

METHOD = "greenery"
EDITION = 1
NEEDS: tuple[str, ...] = ("townships", "green_spaces")
ASKS: tuple[str, ...] = ()
RECORDS: tuple[str, ...] = ()
RULES: tuple[str, ...] = ()
ASSUMPTIONS: tuple[Assumption, ...] = ()
CHOICES: tuple[Choice, ...] = ()
GREEN = Indicator("greenery_m2", "m2_as_km2", METHOD, "more")
INDICATORS: tuple[Indicator, ...] = (GREEN,)


def ask(
    district: District,
    question: Question,
    *,
    given: Mapping[str, Answer[object]],
    on: date,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Answer[None]:
    """A finding a township: the area of its green spaces, unknown without the layer."""
    frame = district.frames.get("green_spaces")
    areas = None if frame is None else frame.area.groupby(frame["township"]).sum()
    status, day = sources_of(district, NEEDS)
    found = [
        Finding(
            GREEN,
            str(code),
            None if areas is None else float(areas.get(code, 0.0)),
            as_of=day,
            status=status,
            layers=NEEDS,
            needs=() if areas is not None else ("green_spaces",),
        )
        for code in district.townships.index
    ]
    return answer(question, None, findings=found)
''',
    "words/zh/indicators/greenery.toml": """[greenery_m2]
name = "绿地面积"
short = "绿地"
meaning = "各块绿地面积之和。"
""",
    "words/en/indicators/greenery.toml": """[greenery_m2]
name = "Green space"
short = "Green space"
meaning = "The area of all green spaces."
""",
    "docs/methods/greenery.md": "# 绿地\n\n各乡镇绿地面积之和，来自绿地图层。\n",
    "tests/golden/greenery/1.toml": "[greenery_m2]\n990002001 = 40000.0\n990002002 = 10000.0\n",
    "app/greenery/__init__.py": '"""The room of green space on the screen."""\n',
    "app/greenery/store.py": '''"""What the greenery page keeps between runs, keyed by the data's mark."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from analysis.asking import Asked, ask
from analysis.finding import Finding
from app import store


@st.cache_resource(max_entries=2, show_spinner=False)
def findings(mark: str) -> Mapping[str, Finding]:
    """The green space by township code."""
    asked = Asked(on=date.today())
    return {finding.subject: finding for finding in ask("greenery", store.district(mark), asked).findings}
''',
}
METHOD_AMENDED = {"pyproject.toml": (('"app.data", ', '"app.data", "app.greenery", '),)}

PAGE = {
    "app/pages/greenery.py": '''"""绿地: the green space of one township."""

from __future__ import annotations

from app import state, store
from app.greenery import store as kept
from app.parts.figure import figure_of, figures
from app.parts.notice import heading
from app.township.controls import township_choice
from words import text


def show() -> None:
    """Show the page."""
    chosen = state.selection()
    mark = store.current()
    code = township_choice(chosen, names=store.names(mark))
    heading(text("greenery.title", chosen.language))
    figures([figure_of(kept.findings(mark)[code], chosen.language)], language=chosen.language)
''',
    "words/zh/greenery.toml": 'title = "绿地"\n',
    "words/en/greenery.toml": 'title = "Green space"\n',
    "docs/users/greenery.md": "# 绿地\n\n各乡镇的绿地面积。\n",
}
PAGE_AMENDED = {
    "app/navigation.py": (
        ("from app.pages import data, methods", "from app.pages import data, greenery, methods"),
        ('    "data": Room(', '    "greenery": Room(greenery.show),\n    "data": Room('),
    ),
    "docs/users/index.md": (("- **数据**", "- **绿地**：各乡镇的[绿地面积](greenery.md)。\n- **数据**"),),
}

COMMAND = {
    "commands/greenery.py": '''"""Tells the green space of every township."""

from __future__ import annotations

import argparse
from datetime import date

from analysis.asking import Asked, ask
from app.settings import settings
from commands import Answer
from layers.versions.opening import open_district

NAME = "greenery"


def add(branches: argparse._SubParsersAction, shared: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    branches.add_parser(NAME, parents=[shared], help="green space by township")


def run(arguments: argparse.Namespace) -> Answer:
    """The green space by township code, in m²."""
    district = open_district(arguments.data or settings().data)
    told = ask("greenery", district, Asked(on=date.today()))
    found = {finding.subject: finding.value for finding in told.findings}
    return Answer({"version": district.version, "result_id": told.id, "green_m2": found})
''',
}
COMMAND_AMENDED = {
    "README.md": (
        (
            "| `python3 run.py bench`",
            "| `python3 run.py greenery` | 各乡镇绿地面积 | `{version, green_m2}` |\n| `python3 run.py bench`",
        ),
    )
}
