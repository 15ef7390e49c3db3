"""The unit of a record, and what a mean year may hold: by the district's setting, else in the country or world."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from geo.doubt import Answers, Choice, Doubt
from layers.district import Settings
from layers.reading.rain.depths import Depth, of_name

_UNITS = ("mm", "0.1mm", "cm", "m", "inch", "0.01inch")
_DECIMALS = {"0.1mm": 0, "0.01inch": 0}  # what counts in parts of a unit has none
_FEWEST = {"m": 3}  # a tenth of a millimetre in metres has four


@dataclass(frozen=True)
class Bounds:
    """What a mean year and a day may hold in mm, and of which place that is said: district, country or world."""

    low: float
    high: float
    day: float
    place: str


WORLD = Bounds(100.0, 3500.0, 1900.0, "world")  # beyond it lie deserts and a few wet coasts: worth a question
CHINA = Bounds(50.0, 3000.0, 700.0, "country")  # 托克逊 has 7 mm, 火烧寮 6,500 mm; most stations lie between


def bounds_of(settings: Settings | None, *, code: str = "") -> Bounds:
    """The bounds of a district that states its own, else of China for a code of six digits, else of the world."""
    code = settings.code if settings else code
    wider = CHINA if code[:6].isdigit() and len(code) >= 6 and 11 <= int(code[:2]) <= 65 else WORLD
    if settings is None or settings.annual_rain_mm == Settings.annual_rain_mm:
        return wider
    low, high = settings.annual_rain_mm
    own = settings.daily_rain_mm != Settings.daily_rain_mm
    return Bounds(low, high, settings.daily_rain_mm[1] if own else wider.day, "district")


@cache
def _known(name: str) -> Depth:
    return of_name(name)


def decided(
    stated: tuple[str, ...], answers: Answers, *, mean: float, decimals: int, bounds: Bounds, minutes: float
) -> tuple[Depth, bool]:
    """The unit, and whether it was taken without the file saying it; UndecidedError where a person has to say it.

    `mean` is the sum of a mean year in the unit of the file, `minutes` how long a reading lasts.
    """

    def fits(name: str) -> bool:
        return bounds.low <= mean * _known(name).over(minutes) <= bounds.high

    if len(stated) == 1:
        found = stated[0] if fits(stated[0]) else None
    elif stated:
        found = None
    else:
        fitting = [name for name in _UNITS if fits(name) and _written(name, decimals)]
        found = "mm" if fitting == ["mm"] else None
    names = (*dict.fromkeys((*stated, *_UNITS)),)
    choices = tuple(Choice(name, "intake.rain.unit_choice", _facts(name, mean, minutes)) for name in names)
    facts = {"stated": " / ".join(stated) or "–", "low": f"{bounds.low:g}", "high": f"{bounds.high:g}"}
    said = answers.choose(Doubt("rain.unit", choices, facts), found)
    if said is None:
        answers.ask()
    return _known(str(said)), not stated and "rain.unit" not in answers.given


def _facts(name: str, mean: float, minutes: float) -> dict[str, object]:
    return {"unit": name, "mean": f"{mean * _known(name).over(minutes):,.1f}"}


def _written(name: str, decimals: int) -> bool:
    """Whether a record in this unit could be written with so many decimals."""
    return decimals <= _DECIMALS.get(name, 99) and decimals >= _FEWEST.get(name, 0)
