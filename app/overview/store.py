"""What the overview keeps between runs, keyed by the data's mark, the indicator and the language."""

from __future__ import annotations

import streamlit as st

from analysis.finding import Finding, townships_then
from app import store
from maps.screen import district as district_maps
from words import Language


@st.cache_resource(max_entries=60, show_spinner=False)
def district_map(mark: str, indicator: str, language: Language) -> str:
    """The map page of the district, coloured by an indicator."""
    known = store.findings(mark)
    one = store.about(mark, indicator)
    return district_maps.district_map(
        store.prepared(mark),
        {code: known[indicator, code].value for code in store.prepared(mark).places},
        indicator=indicator,
        unit=one.indicator.unit,
        **store.map_facts(mark, language),
        source=store.issuers(mark, one.layers, language),
        as_of=one.as_of or "",
        result=townships_then(one, language),
        status=one.status,
        layers=(*one.layers, *one.needs),
    )


def told_of(mark: str, indicator: str) -> list[Finding]:
    """The findings of an indicator, the district's first where it has one."""
    known, code = store.findings(mark), store.district(mark).settings.code
    return [known[indicator, one] for one in (code, *store.prepared(mark).places) if (indicator, one) in known]


def ranked(mark: str, indicator: str) -> list[Finding]:
    """The townships' findings of an indicator, largest first, unknown ones last."""
    found = [store.findings(mark)[indicator, code] for code in store.prepared(mark).places]
    return sorted(found, key=lambda finding: (finding.value is None, -(finding.value or 0.0)))
