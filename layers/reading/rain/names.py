"""What a column of a rain record is, by its name: a date or part of one, a station, a kind of rain, or unknown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from layers.reading.conversion import plain
from layers.reading.rain.depths import Depth, split_unit

Role = Literal[
    "date", "clock", "year", "month", "day", "hour", "minute", "yearday", "station", "unit", "rain", "running",
    "part", "total", "nth_day", "nth_month", "nth_hour", "yearmonth", "monthday", "other",
]  # fmt: skip

_EXACT: dict[str, Role] = {
    **dict.fromkeys((
        "date", "日期", "时间", "time", "datetime", "timestamp", "观测日期", "观测时间", "资料时间", "资料日期",
        "年月日", "日期时间", "obstime", "obsdate", "ymd", "tm", "dt", "测量时间", "监测时间", "采集时间", "记录时间",
        "年-月-日", "dates",
        "起始时间", "降雨日期", "降水日期", "yyyymmdd", "yyyy-mm-dd", "localtime", "时间(北京时)", "datum", "fecha",
    ), "date"),
    **dict.fromkeys(("year", "年", "年份", "yyyy", "yr", "观测年", "资料年"), "year"),
    **dict.fromkeys(("month", "mon", "月", "月份", "mm", "mo", "mth", "观测月"), "month"),
    **dict.fromkeys(("day", "日", "dd", "dy", "号", "观测日", "日次", "dom"), "day"),
    **dict.fromkeys(("年月", "yyyymm", "yearmonth", "ym", "年-月", "年份月份"), "yearmonth"),
    **dict.fromkeys(("月日", "mmdd", "monthday", "md", "月-日"), "monthday"),
    **dict.fromkeys(("hour", "时", "小时", "hh", "hr", "时次", "观测时", "整点"), "hour"),
    **dict.fromkeys(("minute", "分", "分钟", "min", "minutes"), "minute"),
    **dict.fromkeys(("doy", "yearday", "dayofyear", "jday", "jd", "ddd", "julian", "julianday", "日序", "年日", "积日",
                     "年积日"), "yearday"),
    **dict.fromkeys(("钟点", "时刻", "clock", "timeofday"), "clock"),
    **dict.fromkeys((
        "站名", "站号", "站码", "区站号", "台站号", "台站", "站点", "测站", "测站编码", "测站名称", "雨量站", "站",
        "站点名称", "站点编号",
        "站点编码", "站名称", "雨量站名称", "雨量站编码", "气象站",
        "观测站", "stationid", "station", "stationname", "stcd",
        "stnm",
        "stn", "stnid", "stationidc", "stationidd", "stationcode", "stationno", "siteid", "site", "wmo", "staid",
        "souid", "gauge", "gaugeid",
    ), "station"),
    **dict.fromkeys(("单位", "unit", "units", "计量单位"), "unit"),
    **dict.fromkeys((
        "p", "pre", "r", "rr", "ppt", "pcp", "prcp", "prec", "precip", "drp", "dyp", "rf", "tp", "pr", "降水", "降雨",
        "雨",
        "雨量值", "降水值", "rre",
    ), "rain"),
}  # fmt: skip
_RAIN = re.compile(r"降水量|降雨量|雨量|降水|降雨|rain|prec|prcp|^pre(?:time|\d|$|-|\()|(?<![a-z])pcp|(?<![a-z])ppt")
_NOT_RAIN = re.compile(
    r"日数|天数|时数|历时|概率|等级|级别|强度|雨强|质控|质量|控制码|标志|标识|备注|蒸发|距平|百分|类型|相态|flag|qc|qual|"
    r"同期|常年|历年|预报|预测|有效|净雨|净降|设计|标准差|方差|排名|位次|模拟|降雪|"
    r"forecast|effective|(?<![a-z])net|design|(?<![a-z])std|stdev|rank|simulat|normal|climat|"
    r"days|prob|type|intens|anomal|express|press|predict|count|duration|evap|present|次数|起|止|最大|极值|max|peak"
)
_RUNNING = re.compile(r"累计|累积|累加|cumul|accum|running|ytd|mtd|年初以来|月初以来")
_TOTAL = re.compile(
    r"月降|月雨|月总|月合|年降|年雨|年总|年合|月累|年累|旬|候降|候雨|month|annual|year|合计|总计|total|sum(?!m)|平均|mean|avg"
)
_PART = re.compile(r"(?<!\d)(20-0?8|0?8-20|2008|0820|night|夜间|白天|白昼)(?!\d)|早|晚|am$|pm$|过去|前\d|滑动")
_WHOLE = re.compile(r"(?<!\d)(20-20|0?8-0?8|00-24|0-24|2020|0808|0024|24h|24小时)(?!\d)|日|daily|day")
_NTH_DAY = re.compile(r"^(?:d|day|日|第)?0?([1-9]|[12]\d|3[01])(?:日|号)?$")
_NTH_HOUR = re.compile(r"^(?:h|hour|t|r)?(\d{1,2})(?:时|点|h|:00)$|^(?:h|hour)(\d{1,2})$")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_CHINESE = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_WINDOW = re.compile(r"(?<![\d.-])(\d{1,3})个?(小时|hours?|hr|h|分钟|minutes?|mins?)(?![a-z])")
_BOUNDED = re.compile(r"(?<!\d)(20-20|0?8-0?8|0?0-24|2020|0808|0024)(?!\d)")


@dataclass(frozen=True)
class Name:
    """A header: as written, what it is, its number (of `nth_…`), its unit, and whether it says a whole day."""

    written: str
    role: Role
    nth: int = 0
    unit: Depth | None = None
    daily: bool = False


def name_of(written: str) -> Name:
    """What a header says of its column."""
    key = (
        plain(written[:120]).replace("_", "").replace("~", "-").replace("—", "-").replace("至", "-").replace("时-", "-")
    )
    if key in _EXACT:
        return Name(written, _EXACT[key])
    if (found := _NTH_DAY.match(key)) is not None:
        return Name(written, "nth_day", int(found[1]))
    if (found := _NTH_HOUR.match(key)) is not None and int(found[1] or found[2]) <= 24:
        return Name(written, "nth_hour", int(found[1] or found[2]))
    if month := month_of(key):
        return Name(written, "nth_month", month)
    stem, unit = split_unit(written[:120])
    bare = _key(stem)
    without = plain(stem.split("(")[0].split("（")[0]).replace("_", "")
    for one in (bare, without):
        if one in _EXACT:
            return Name(written, _EXACT[one], unit=unit)
    return Name(written, _rain_role(bare), unit=unit, daily=_WHOLE.search(bare) is not None)


def _key(written: str) -> str:
    """A header as compared: plain, without underlines, `20时~20时` and `20至20` as `20-20`."""
    key = plain(written[:120]).replace("_", "")
    for sign in ("~", "—", "至", "时-"):
        key = key.replace(sign, "-")
    return key


def _rain_role(bare: str) -> Role:
    if bare.endswith(("站", "站名", "站号", "站码")):
        return "station"
    if not _RAIN.search(bare) or _NOT_RAIN.search(bare):
        return "other"
    if _RUNNING.search(bare):
        return "running"
    if _PART.search(bare):
        return "part"
    return "total" if _TOTAL.search(bare) else "rain"


def month_of(key: str) -> int:
    """The month a name means (`7月`, `七月`, `jul`), else 0."""
    bare = key.removesuffix("份").removesuffix("月")
    if key != bare and bare.isascii() and bare.isdigit() and 1 <= int(bare) <= 12:
        return int(bare)
    if key != bare and bare in _CHINESE:
        return _CHINESE.index(bare) + 1
    bare = key.rstrip(".")
    return next((at for at, name in enumerate(_MONTHS, 1) if len(bare) >= 3 and (bare in (name, name[:3]))), 0)


def boundary_of(written: str) -> int | None:
    """The hour at which the day of a header or title begins (`20-20时` → 20), none where it says nothing."""
    key = (
        plain(written[:200]).replace("_", "").replace("~", "-").replace("—", "-").replace("至", "-").replace("时-", "-")
    )
    found = _BOUNDED.search(key)
    if found is None:
        return None
    return int(found[1].split("-")[0] if "-" in found[1] else found[1][:2])


def window_of(name: Name) -> int | None:
    """How many minutes of rain each figure of a column is said to hold (`3小时降水量` → 180), none where it is not."""
    found = _WINDOW.search(plain(split_unit(name.written[:120])[0]))
    if found is None:
        return None
    return int(found[1]) * (60 if found[2][0] in "小h" else 1)
