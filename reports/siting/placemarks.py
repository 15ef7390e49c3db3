"""A site and its evidence as KML: the site in a folder of its own, as the checks took it."""

from __future__ import annotations

from analysis.methods.siting.answer.record import reason, two_lines
from reports.placemarks import Placemark, kml
from reports.siting.case import SitingCase
from reports.siting.checks import bases_of, verdict_word
from words import Language, text


def siting_kml(case: SitingCase, *, language: Language = "zh") -> str:
    """Site and evidence as KML; the evidence stays what it is, lines lines and points points."""
    by_number = {result.check.number: result for result in case.verdicts.results}
    folders = {_word("site", language): [_site(case, language)]}
    shapes = case.evidence()
    if shapes:
        folders[_word("evidence", language)] = [
            Placemark(
                text(f"siting.checks.{by_number[one.number].check.id}.name", language),
                one.shape,
                {
                    _word("number", language): one.number,
                    _word("verdict", language): verdict_word(one.verdict, language),
                    _word("reason", language): reason(by_number[one.number], language),
                    _word("basis", language): bases_of(by_number[one.number], language),
                },
            )
            for one in shapes
        ]
    said = [*two_lines(case.verdicts, language), text("siting.notice", language)]
    facts = {"result": case.result_id, "version": case.district.version}
    said.append(text("siting.paper.footer_undated", language, **facts))
    if case.verdicts.illustrative:
        said.append(text("siting.paper.illustrative", language))
    return kml(case.name(language), folders, crs=case.district.settings.metric_crs, said=said)


def _site(case: SitingCase, language: Language) -> Placemark:
    told = {
        _word("area", language): round(case.verdicts.site.area_m2, 1),
        _word("verdict", language): verdict_word(case.verdicts.worst, language),
        _word("result", language): case.result_id,
        _word("version", language): case.district.version,
        _word("notice", language): text("siting.notice", language),
    }
    return Placemark(case.name(language), case.verdicts.site.geometry, told)


def _word(key: str, language: Language) -> str:
    return text(f"siting.paper.gpkg.{key}", language)
