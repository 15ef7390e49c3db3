"""Resident and registered people of a township by year."""

from __future__ import annotations

from layers.layer import Field, Layer

LAYER = Layer(
    id="population",
    file="tables/population.csv",
    geometry="table",
    once=("township", "year"),
    themes=("general",),
    fields=(
        Field("township", "township", "code", required=True, refers_to="townships"),
        Field("year", "year", "integer", unit="year", low=1949, high=2100, required=True),
        Field("resident_people", "resident", "number", unit="people", low=0),
        Field("urban_people", "urban", "number", unit="people", low=0),
        Field("registered_people", "registered", "number", unit="people", low=0),
        Field("households", "households", "number", unit="households", low=0),
    ),
    owner="statistics",
)
