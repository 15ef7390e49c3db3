"""Prices, lives and what pipes and pumps cost, shared by every method that reckons with money."""

from __future__ import annotations

from analysis.assumption import Assumption

_MARKET = "造价经验值,须按当地核定"
_ASSUMED = "本系统假定"
_ECONOMIC = "建设项目经济评价方法与参数 (假定)"

TAP = Assumption("tap_yuan_per_m3", "yuan_per_m3", 2.0, 7.0, 3.2, _MARKET, "low")
SEWAGE = Assumption("sewage_yuan_per_m3", "yuan_per_m3", 0.5, 2.0, 1.0, _MARKET, "low")
DISCOUNT = Assumption("discount_share", "share", 0.0, 0.1, 0.06, _ECONOMIC, "low")
PIPE_LIFE = Assumption("pipe_life_years", "years", 15, 60, 30, _ASSUMED, "low")
MOUNTAIN = Assumption("mountain_factor", "times", 1.0, 2.0, 1.3, _MARKET, "low")
POWER = Assumption("power_yuan_per_kwh", "yuan_per_kwh", 0.4, 1.2, 0.65, _MARKET, "low")
PUMP = Assumption("pump_efficiency", "share", 0.4, 0.9, 0.70, "GB 50013-2018", "medium")
