"""What assumptions were called while each method declared its own: saved cases and old command lines still say it."""

from __future__ import annotations

from collections.abc import Mapping

FORMERLY: Mapping[str, tuple[str, ...]] = {
    "psi_roof": ("rain_psi_roof", "siting_psi_roof"),
    "psi_paved": ("rain_psi_paved", "siting_psi_paved"),
    "psi_permeable": ("rain_psi_permeable", "siting_psi_permeable"),
    "psi_green": ("rain_psi_green", "siting_psi_green"),
    "flush_roof_mm": ("rain_flush_roof_mm", "siting_flush_roof_mm"),
    "flush_ground_mm": ("rain_flush_ground_mm", "siting_flush_ground_mm"),
    "rain_usable_share": ("siting_usable_share",),
    "control_rate": ("rain_control_rate", "siting_control_rate"),
    "rain_return_period_a": ("siting_storm_period_years",),
    "rain_skip_mm": ("reclaimed_rain_skip_mm",),
    "rain_rest_mm": ("reclaimed_rain_rest_mm",),
    "lawn_m3_per_m2": ("rain_lawn_m3_per_m2", "siting_lawn_m3_per_m2"),
    "sweep_l_per_m2": ("rain_sweep_l_per_m2", "siting_sweep_l_per_m2", "reclaimed_road_l_per_m2"),
    "sweep_times": ("rain_sweep_times", "siting_sweep_times", "reclaimed_road_times"),
    "tap_yuan_per_m3": ("reclaimed_tap_yuan_per_m3",),
    "sewage_yuan_per_m3": ("reclaimed_sewage_yuan_per_m3",),
    "discount_share": ("rain_discount_share", "siting_discount_share", "reclaimed_discount_share"),
    "pipe_life_years": ("siting_pipe_life_years", "reclaimed_pipe_life_years"),
    "mountain_factor": ("siting_mountain_factor", "reclaimed_mountain_factor"),
    "power_yuan_per_kwh": ("siting_power_yuan_per_kwh", "reclaimed_power_yuan_per_kwh"),
    "pump_efficiency": ("siting_pump_share", "reclaimed_pump_efficiency"),
}
_NOW = {former: now for now, formers in FORMERLY.items() for former in formers}
_TAP_WITH_SEWAGE = ("rain_tap_yuan_per_m3", "siting_tap_yuan_per_m3")


def renamed(changed: Mapping[str, float], *, sewage_yuan_per_m3: float) -> dict[str, float]:
    """The changes under today's ids.

    The tap price of rainwater and siting held the sewage fee, in yuan/m³, which now stands by itself and is taken off.
    """
    found = {_NOW.get(id_, id_): value for id_, value in changed.items() if id_ not in _TAP_WITH_SEWAGE}
    for id_ in _TAP_WITH_SEWAGE:
        if id_ in changed:
            found.setdefault("tap_yuan_per_m3", changed[id_] - found.get("sewage_yuan_per_m3", sewage_yuan_per_m3))
    return found
