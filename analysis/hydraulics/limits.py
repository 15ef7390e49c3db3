"""What a pipe network is held to: velocities and pressures as numbers a planner may change.

Beyond the greatest user head and working pressure a reducing valve is set where the head is not needed further on,
else the pipe gets a class that stands it; slow water is advice.

Roughness, local losses, service head, stage and pump efficiency are those of the plan itself (ids of the
reclaimed-water method), so that one number rules both.
"""

from __future__ import annotations

from analysis.assumption import Assumption

_GB50013 = "GB 50013-2018 室外给水设计标准"
ASSUMPTIONS: tuple[Assumption, ...] = (
    Assumption("hydraulic_least_velocity_m_per_s", "m_per_s", 0, 1, 0.6, f"{_GB50013}(不淤流速)", "medium"),
    Assumption("hydraulic_most_velocity_m_per_s", "m_per_s", 1, 3, 2.5, f"{_GB50013}(最大流速 2.5–3.0 m/s)", "medium"),
    Assumption("hydraulic_line_head_m", "m", 0, 20, 3, "管线最高点余压,防止负压和进气(工程经验)", "low"),
    Assumption("hydraulic_most_user_head_m", "m", 30, 120, 45, "GB 50015-2019(静水压力不宜大于 0.45 MPa)", "medium"),
    Assumption("hydraulic_most_pipe_mpa", "mpa", 1, 2.5, 1.6, "管材压力等级 1.0/1.6/2.5 MPa", "medium"),
)  # fmt: skip
