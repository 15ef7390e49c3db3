"""Units of rain as files write them: depths, and depths in a time, each as millimetres."""

from __future__ import annotations

import re
from dataclasses import dataclass

from layers.reading.conversion import plain

_BASES: dict[str, tuple[float, tuple[str, ...]]] = {
    "mm": (1.0, ("mm", "毫米", "公厘", "millimeter", "millimetre", "millimeters", "millimetres", "kg/m2", "kgm-2",
                 "l/m2", "lm-2", "升/平方米", "公斤/平方米")),
    "cm": (10.0, ("cm", "厘米", "公分", "centimeter", "centimetre", "centimeters", "centimetres")),
    "dm": (100.0, ("dm", "分米")),
    "m": (1000.0, ("m", "米", "公尺", "meter", "metre", "meters", "metres")),
    "μm": (0.001, ("μm", "um", "微米", "micrometer", "micrometre")),
    "inch": (25.4, ("inch", "inches", "in", "in.", "英寸", "英吋", "吋", '"', "″", "''")),
    "ft": (304.8, ("ft", "foot", "feet", "英尺")),
}  # fmt: skip
_NAMES = {name: base for base, (_, names) in _BASES.items() for name in names}
_PARTS = {
    "十分之一": "0.1", "1/10": "0.1", "10^-1": "0.1", "tenthsofa": "0.1", "tenthsof": "0.1", "tenths": "0.1",
    "tenth": "0.1",
    "百分之一": "0.01", "1/100": "0.01", "10^-2": "0.01", "hundredthsofan": "0.01", "hundredthsof": "0.01",
    "hundredths": "0.01",
}  # fmt: skip
_TIMES = {
    "s": 1 / 60, "秒": 1 / 60, "sec": 1 / 60, "min": 1.0, "分钟": 1.0, "分": 1.0, "h": 60.0, "hr": 60.0, "hour": 60.0,
    "小时": 60.0, "时": 60.0, "d": 1440.0, "day": 1440.0, "日": 1440.0, "天": 1440.0, "24h": 1440.0,
}  # fmt: skip
_COUNTED = re.compile(r"^(\d{1,4})(min|分钟|h|小时)$")
_TIMES_A_UNIT = re.compile(r"^(\d{1,4}(?:\.\d{1,4})?)[x×*·]?")
_RATES = {1440.0: "d", 60.0: "h", 1.0: "min", 1 / 60: "s"}
_LONGEST = 40
_BETWEEN = "_-/,:，：、 \u3000"


@dataclass(frozen=True)
class Depth:
    """A unit of rain: its name here, how many mm one of it is, and in how many minutes where it is a rate."""

    name: str
    mm: float
    minutes: float | None = None

    def over(self, minutes: float) -> float:
        """How many mm one of it is in a reading of so many minutes."""
        return self.mm if self.minutes is None else self.mm * minutes / self.minutes


def depth_of(written: str) -> Depth | None:
    """The unit a sign means (`0.1 毫米`, `英寸`, `mm/h`), none where it is no unit of rain."""
    sign = plain(written[: _LONGEST * 2]).replace("µ", "μ")
    for lead in ("单位:", "单位", "unit:", "units:", "unit=", ":", "/", "-"):
        sign = sign.removeprefix(lead)
    if not sign or len(sign) > _LONGEST:
        return None
    for part, number in _PARTS.items():
        if sign.startswith(part):
            sign = number + sign[len(part) :]
            break
    counted = _TIMES_A_UNIT.match(sign)
    times = float(counted[1]) if counted else 1.0
    name = sign[counted.end() :] if counted else sign
    base, minutes = _base(name)
    if base is None or times == 0:
        return None
    rate = "" if minutes is None else f"/{_RATES.get(minutes, f'{minutes:g}min')}"
    return Depth(f"{'' if times == 1 else f'{times:g}'}{base}{rate}", times * _BASES[base][0], minutes)


def _base(name: str) -> tuple[str | None, float | None]:
    if name in _NAMES:
        return _NAMES[name], None
    head, sign, tail = name.rpartition("/")
    if not sign and name.endswith("-1"):
        tail = next((time for time in ("day", "hr", "s", "h", "d") if name.endswith(f"{time}-1")), "")
        head = name[: -len(tail) - 2] if tail else ""
    counted = _COUNTED.match(tail)
    minutes = int(counted[1]) * _TIMES[counted[2]] if counted else _TIMES.get(tail)
    return (_NAMES.get(head), minutes) if minutes else (None, None)


def of_name(name: str) -> Depth:
    """The unit of a name given by `depth_of`."""
    found = depth_of(name)
    assert found is not None, name
    return found


def split_unit(header: str) -> tuple[str, Depth | None]:
    """A header without its unit, and the unit: in brackets, behind a sign, or joined to the name (`日雨量mm`)."""
    name = header.strip()
    for opening, closing in ("()", "（）", "[]", "【】", "{}"):
        start, end = name.rfind(opening), name.rfind(closing)
        if 0 <= start < end and (found := depth_of(name[start + 1 : end])):
            return (name[:start] + name[end + 1 :]).strip(), found
    for place in range(max(1, len(name) - _LONGEST), len(name)):
        before, rest = name[place - 1], name[place:]
        if rest[0] in _BETWEEN:
            continue
        apart = before in _BETWEEN or not before.isascii() or before in ")]"
        if before.isdigit() or before == "." or not (apart or rest[0].isdigit() or rest.lower() == "mm"):
            continue
        if found := depth_of(rest):
            return name[:place].rstrip(_BETWEEN).removesuffix("单位"), found
    return name, None
