"""自查材料: what a site's check says, as the content of a paper; Word and PDF are made from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from shapely.geometry.base import BaseGeometry

from analysis.methods.siting import ASSUMPTIONS, NEEDS
from analysis.methods.siting.answer.alternatives import Alternative
from analysis.methods.siting.answer.documents import centre_of
from analysis.methods.siting.answer.record import two_lines
from analysis.methods.siting.water.advice import Supply
from analysis.proposal import LAYER, Proposal
from analysis.rules.thresholds import spoken
from layers.district import District
from layers.problem_words import layer_name
from maps.look.evidence import VERDICT_HUES
from maps.printed.picture import site_png
from reports.origins import lacking_word, origin
from reports.paper.content import Block, Heading, Line, Paper, Picture, Table, said, table
from reports.siting.case import SitingCase
from reports.siting.checks import VERDICTS, check_table
from reports.siting.form import form_blocks
from words import Language, text
from words.units import label, number, quantity

SUPPLIED_BY = {  # the layers each way of supply is sought in
    "mains": ("water_mains", "waterworks"),
    "plant": ("wastewater_plants",),
    "reclaimed": ("reclaimed_mains",),
}
_CHOICES = ("sector", "nature", "source", "discharge")
_AMOUNTS = (
    ("earthworks", "earthworks_m3", "m3"),
    ("rain_storage", "rain_storage_m3", "m3"),
    ("reclaimed", "reclaimed_m3_per_year", "m3_per_year"),
    ("rain", "rain_m3_per_year", "m3_per_year"),
    ("people", "people", "people"),
    ("investment", "investment_yuan", "yuan_as_wan_yuan"),
)


def siting_paper(case: SitingCase, *, language: Language = "zh", edition_line: str | None = None) -> Paper:
    """The whole paper of one site; AtlasError from drawing the map."""
    verdicts = case.verdicts
    first, second = two_lines(verdicts, language)
    counts = Counter(result.verdict for result in verdicts.results)
    lead = [
        Line(first, strong=True, colour=VERDICT_HUES[verdicts.worst]),
        Line(second),
        Line(text("siting.line_day", language, day=case.on)),
        Line(text("siting.paper.summary", language, **{verdict: counts[verdict] for verdict in VERDICTS})),
        Line(text("siting.paper.never_failed", language)),
    ]
    if verdicts.illustrative:
        lead.append(Line(text("siting.paper.illustrative", language), strong=True))
    key = "footer" if case.day else "footer_undated"
    facts = {"result": case.result_id, "version": case.district.version, "day": case.day}
    return Paper(
        title=text("siting.paper.title", language),
        subject=said(case.name(language)),
        lead=tuple(lead),
        header=text("siting.paper.header", language),
        footer=text(f"siting.paper.{key}", language, **facts),
        page_of=text("siting.paper.page_of", language, page="{page}", pages="{pages}"),
        blocks=tuple(_blocks(case, language, edition_line)),
        language=language,
    )


def _blocks(case: SitingCase, language: Language, edition_line: str | None) -> Iterator[Block]:
    yield _part("project", language)
    yield _project(case, language)
    if case.notes:
        notes = text("siting.paper.between", language).join(
            text(note.key, language, **note.facts).rstrip(".。") for note in case.notes
        )
        yield Line(said(text("siting.paper.read_line", language, notes=notes)))
    yield _part("map", language)
    title = text("siting.paper.map_title", language, name=said(case.name(language))[:24])
    png = site_png(
        case.district, case.verdicts.site.geometry, title=title, evidence=case.evidence(), language=language,
        edition_line=edition_line,
    )  # fmt: skip
    yield Picture(png, text("siting.paper.map_caption", language))
    yield _part("checks", language)
    yield check_table(case.verdicts.results, language)
    yield _part("water", language)
    yield from _water(case, language)
    yield _part("form", language)
    yield from form_blocks(case, language)
    yield _part("alternatives", language)
    yield alternative_table(case, language) if case.alternatives else Line(text("siting.paper.no_better", language))
    if case.better is not None:
        yield Line(text("siting.paper.better_id", language, result=case.better.id))
    yield _part("assumptions", language)
    yield assumption_table(case, language)
    yield _part("sources", language)
    yield _sources(case.district, language)


def _part(key: str, language: Language) -> Heading:
    return Heading(text(f"siting.paper.parts.{key}", language))


def _project(case: SitingCase, language: Language) -> Table:
    """The project's facts in two pairs of columns; what was not told says so."""
    facts = list(_facts(case, language))
    half = -(-len(facts) // 2)
    blank = [("", "")] * (2 * half - len(facts))
    rows = [(*left, *right) for left, right in zip(facts[:half], [*facts[half:], *blank], strict=True)]
    heads = [text(f"siting.paper.columns.{key}", language) for key in ("item", "content")]
    return table(heads * 2, rows, widths=(36, 89, 36, 89))


def _facts(case: SitingCase, language: Language) -> Iterator[tuple[str, str]]:
    proposal, site, demand = case.verdicts.proposal, case.verdicts.site, case.inquiry.demand
    none = text("siting.paper.not_filled", language)
    yield _named("name", case.name(language), language)
    for field in _CHOICES:
        code = getattr(proposal, field)
        word = none if code is None else text(f"layers.{LAYER.id}.choices.{field}.{code}", language)
        yield _named(field, word, language)
    shares = [
        text("siting.paper.project.township_share", language, name=case.district.township(code).name,
             share=quantity(share, "share", language))
        for code, share in site.townships.items()
    ]  # fmt: skip
    yield _named("township", text("siting.paper.joint", language).join(shares), language)
    yield _named("area", quantity(site.area_m2, "m2_as_ha", language), language)
    yield _named("centre", centre(case.district, site.geometry), language)
    yield _named("demand", quantity(demand.m3_per_year, "m3_per_year", language), language)
    yield _named("demand_how", text(f"siting.demand.{demand.how}", language), language)
    yield _named("product", proposal.product or none, language)
    output = none if proposal.output is None else f"{proposal.output:,.6g} {proposal.output_unit or ''}".rstrip()
    yield _named("output", output, language)
    yield _named("surfaces", _surfaces(proposal, language) or none, language)
    for key, field, unit in _AMOUNTS:
        value = getattr(proposal, field)
        yield _named(key, none if value is None else quantity(value, unit, language), language)
    for key in ("saving_plan", "simultaneous", "water_evaluation"):
        value = getattr(proposal, key)
        yes_no = none if value is None else text(f"siting.paper.{'yes' if value else 'no'}", language)
        yield _named(key, yes_no, language)


def _named(key: str, value: str, language: Language) -> tuple[str, str]:
    return text(f"siting.paper.project.{key}", language), value


def _surfaces(proposal: Proposal, language: Language) -> str:
    areas = proposal.surfaces_m2 or {}
    parts = [
        text("siting.paper.pair", language, name=text(f"siting.paper.surfaces.{surface}", language),
             value=quantity(area, "m2", language))
        for surface, area in areas.items()
        if area
    ]  # fmt: skip
    return text("siting.paper.joint", language).join(parts)


def centre(district: District, shape: BaseGeometry) -> str:
    """The middle of a shape in degrees, east and north."""
    lon, lat = centre_of(shape, district.settings.metric_crs)
    return f"{lon:.6f}°E, {lat:.6f}°N"


def _water(case: SitingCase, language: Language) -> Iterator[Block]:
    water = case.water
    keys = ("supply", "gpkg.name", "distance", "route", "lift", "price")
    heads = [text(f"siting.paper.{key if '.' in key else f'columns.{key}'}", language) for key in keys]
    supplies = [(kind, getattr(water, kind)) for kind in ("mains", "plant", "reclaimed")]
    rows = [_supply(kind, supply, case.district, language) for kind, supply in supplies]
    yield table(heads, rows, widths=(46, 76, 32, 32, 32, 32), right=(2, 3, 4, 5))
    figures = [
        (text("siting.paper.water.rain_yield", language), quantity(water.rain_yield_m3, "m3_per_year", language)),
        *(
            (text(f"siting.paper.tanks.{code}", language), quantity(volume, "m3", language))
            for code, volume in water.tanks_m3.items()
        ),
        *(
            (text("siting.paper.pair", language, name=text("siting.paper.water.uses", language),
                  value=text(f"siting.uses.{use}", language)), quantity(volume, "m3_per_year", language))
            for use, volume in water.uses.items()
        ),
        (text("siting.paper.water.rain_used", language), quantity(water.rain_m3, "m3_per_year", language)),
        (text("siting.paper.water.reclaimed_used", language), quantity(water.reclaimed_m3, "m3_per_year", language)),
        (text("siting.paper.water.share", language), quantity(water.unconventional_share, "share", language)),
    ]  # fmt: skip
    heads = [text(f"siting.paper.columns.{key}", language) for key in ("item", "value")]
    yield table(heads, figures, widths=(160, 90), right=(1,))
    for rule in case.inquiry.ground.rules("reclaimed_order"):
        yield Line(text("siting.paper.water.order", language, rule=rule.cite(language)))
    if water.surfaces_estimated:
        yield Line(text("siting.paper.water.estimated", language))


def _supply(kind: str, supply: Supply | None, district: District, language: Language) -> tuple[str, ...]:
    name = text(f"siting.paper.water.{kind}", language)
    if supply is None:
        word = lacking_word(district, SUPPLIED_BY[kind], language=language)
        return name, word, *(text("siting.paper.missing", language),) * 4
    metres = (quantity(value, "m", language) for value in (supply.distance_m, supply.route_m, supply.lift_m))
    return name, supply.name, *metres, quantity(supply.yuan_per_m3, "yuan_per_m3", language)


def alternative_table(case: SitingCase, language: Language) -> Table:
    """The better places by rank: where, how far, what the checks say there, what they gain and lose, how firm."""
    keys = ("rank", "place", "distance", "verdict", "score", "reasons", "stability")
    heads = [text(f"siting.paper.columns.{key}", language) for key in keys]
    rows = [
        (
            str(one.rank),
            centre(case.district, one.site.geometry),
            quantity(one.distance_m, "m_as_km", language),
            place_line(one, language),
            f"{one.score:.2f}",
            reasons_of(one, language),
            firmness(one, language),
        )
        for one in case.alternatives
    ]
    return table(heads, rows, widths=(12, 52, 20, 38, 16, 72, 44), right=(2, 4))


def place_line(one: Alternative, language: Language) -> str:
    """The verdict of the checks that depend on the place, and that others say worse wherever it stands."""
    here = one.place_worst
    said = text(f"siting.verdicts.{here}", language)
    if here == one.worst:
        return said
    whole = text(f"siting.verdicts.{one.worst}", language)
    return text("siting.paper.wherever", language, here=said, whole=whole)


def reasons_of(one: Alternative, language: Language) -> str:
    """In what a place is better and worse than the site."""
    joint, parts = text("siting.paper.joint", language), []
    for key, names in (("gains", one.better), ("loses", one.worse)):
        if names:
            listed = joint.join(text(f"siting.criteria.{name}", language) for name in names)
            parts.append(text(f"siting.paper.{key}", language, criteria=listed))
    return text("siting.paper.between", language).join(parts) or text("siting.paper.alike", language)


def firmness(one: Alternative, language: Language) -> str:
    """How the rank of a place moves when every weight moves by a quarter."""
    share = quantity(one.kept_share, "share", language)
    return text("siting.paper.firm", language, best=one.best_rank, worst=one.worst_rank, share=share)


def assumption_table(case: SitingCase, language: Language) -> Table:
    """Every assumption used with its range, source, confidence and whether it was changed."""
    keys = ("parameter", "value", "unit", "low", "high", "citation", "confidence", "changed")
    heads = [text(f"siting.paper.columns.{key}", language) for key in keys]
    rows = []
    for one in spoken(ASSUMPTIONS, case.district, on=case.inquiry.ground.on):
        if one.by_rule:
            continue
        value = case.inquiry.assumed[one.id]
        tag = "changed" if one.id in case.changed else "default"
        rows.append(
            (
                text(f"assumptions.{one.id}", language),
                *(number(value, one.unit, language), label(one.unit, language)),
                *(number(bound, one.unit, language) for bound in (one.low, one.high)),
                one.citation,
                text(f"assumptions.confidence.{one.confidence}", language),
                text(f"siting.paper.tags.{tag}", language),
            )
        )
    return table(heads, rows, widths=(72, 24, 22, 22, 22, 58, 16, 16), right=(1, 3, 4))


def _sources(district: District, language: Language) -> Table:
    keys = ("layer", "issuer", "as_of", "status", "version")
    heads = [text(f"siting.paper.columns.{key}", language) for key in keys]
    rows = []
    for layer_id in NEEDS:
        entry, source = district.entries.get(layer_id), origin(district, layer_id, language=language)
        status = source.status or text("siting.paper.missing", language)
        version = entry.sha256[:12] if entry else ""
        rows.append((layer_name(layer_id, language), source.issuer, source.as_of or "", status, version))
    return table(heads, rows, widths=(60, 82, 34, 34, 40))
