"""Better places for a site: the best five of its own shape on the suitability surface, each checked anew.

How firm their order is shows when every weight moves by a quarter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from analysis.finding import Verdict
from analysis.methods.siting.answer.engine import Step, Verdicts, examine, on_and_on
from analysis.methods.siting.answer.surface import Surface
from analysis.methods.siting.check import RANK, Inquiry, worst
from analysis.methods.siting.ground.site import Site, moved
from analysis.methods.siting.ground.slope import cells_under
from words.errors import AtlasError

BEST = 5
_LOOKED_AT = 30
_MOVED_SHARE = 0.25


@dataclass(frozen=True)
class Alternative:
    """One place: the site moved there, its mean score and criteria (0–1), and what all checks say of it.

    `better` and `worse` are the criteria in which it gains and loses most against the site itself; `best_rank`,
    `worst_rank` and `kept_share` (of the trials in which it stays among the best) tell how firm its rank is.
    """

    rank: int
    site: Site
    score: float
    criteria: Mapping[str, float]
    verdicts: Verdicts
    distance_m: float
    better: tuple[str, ...]
    worse: tuple[str, ...]
    best_rank: int
    worst_rank: int
    kept_share: float

    @property
    def worst(self) -> Verdict:
        """The worst of the checks made there."""
        return self.verdicts.worst

    @property
    def place_worst(self) -> Verdict:
        """The worst of the checks that depend on the place; the others are the same wherever the project stands."""
        placed = (r for r in self.verdicts.results if r.check.reaches is not None or r.check.cells is not None)
        return worst([result.verdict for result in placed])


def alternatives(inquiry: Inquiry, surface: Surface, *, count: int = BEST, step: Step = on_and_on) -> list[Alternative]:
    """The best places of the site's own size, apart from one another, none excluded, by verdict and then by score.

    Places are the site moved by whole cells. Fewer than `count` where the surface holds no more.
    """
    places = _candidates(inquiry, surface)
    looked = []
    for done, (east, north) in enumerate(places):
        step(done, len(places))
        try:
            site = moved(inquiry.site, inquiry.ground.district, east_m=east, north_m=north)
        except AtlasError:
            continue
        verdicts = examine(replace(inquiry, site=site), with_flips=False)
        if verdicts.worst == "prohibited" and _in_space(verdicts):
            continue
        looked.append((site, verdicts, _means(surface, site), float(np.hypot(east, north))))
    if not looked:
        return []
    return _ranked(inquiry, surface, looked, count)


def _in_space(verdicts: Verdicts) -> bool:
    """Whether a check in space is what prohibits: another place could do without it."""
    return any(
        result.verdict == "prohibited" and (result.check.reaches is not None or result.check.cells is not None)
        for result in verdicts.results
    )


def _ranked(
    inquiry: Inquiry,
    surface: Surface,
    looked: Sequence[tuple[Site, Verdicts, dict[str, float], float]],
    count: int,
) -> list[Alternative]:
    own = _means(surface, inquiry.site)
    table = np.array([[means[name] for name in surface.weights] for _, _, means, _ in looked])
    factor = np.array([means["factor"] for _, _, means, _ in looked])
    level = np.array([_bars(verdicts) for _, verdicts, _, _ in looked])
    ranks = rank_trials(table, factor, level, np.array(list(surface.weights.values())))
    order = np.argsort(ranks[0], kind="stable")[:count]
    made = []
    for place, at in enumerate(order, 1):
        site, verdicts, means, distance = looked[at]
        gains = {name: means[name] - own[name] for name in surface.weights}
        score = float(table[at] @ np.array(list(surface.weights.values())) * factor[at])
        criteria = {name: means[name] for name in surface.weights}
        firm = (int(ranks[:, at].min()), int(ranks[:, at].max()), float((ranks[:, at] <= count).mean()))
        better, worse = _most(gains), _most({name: -gain for name, gain in gains.items()})
        made.append(Alternative(place, site, score, criteria, verdicts, distance, better, worse, *firm))
    return made


def rank_trials(criteria: np.ndarray, factor: np.ndarray, level: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Ranks (1 best) of places under the weights and under each weight a quarter more or less; (trials, places).

    `criteria` (places, criteria); `factor` and `level` (places,): a lower level always ranks first.
    """
    trials = [weights]
    for at in range(len(weights)):
        for change in (1 + _MOVED_SHARE, 1 - _MOVED_SHARE):
            trial = weights.copy()
            trial[at] *= change
            trials.append(trial / trial.sum() if trial.sum() > 0 else weights)
    ranks = np.empty((len(trials), len(criteria)), int)
    for row, trial in enumerate(trials):
        order = np.lexsort((-(criteria @ trial) * factor, level))
        ranks[row, order] = np.arange(1, len(criteria) + 1)
    return ranks


def _bars(verdicts: Verdicts) -> int:
    """The rank of the worst verdict among the checks that depend on the place."""
    spatial = [
        result.verdict
        for result in verdicts.results
        if (result.check.reaches is not None or result.check.cells is not None) and result.verdict in RANK
    ]
    return max((RANK[verdict] for verdict in spatial), default=0)


def _most(gains: Mapping[str, float]) -> tuple[str, ...]:
    """Up to three names with the largest gains that count at all."""
    return tuple(name for name, gain in sorted(gains.items(), key=lambda item: -item[1])[:3] if gain > 0.05)


def _means(surface: Surface, site: Site) -> dict[str, float]:
    """The mean of each criterion and of the factor under a site."""
    rows, columns, weight = cells_under(site.geometry, surface.grid)
    found = {name: float(np.average(cells[rows, columns], weights=weight)) for name, cells in surface.criteria.items()}
    factor = np.nan_to_num(surface.factor[rows, columns], nan=0.0)
    return {**found, "factor": float(np.average(factor, weights=weight))}


def _candidates(inquiry: Inquiry, surface: Surface) -> list[tuple[float, float]]:
    """Moves by whole cells to the best-scored squares of the site's size that hold no excluded or unknown cell."""
    cell = surface.grid.transform.a
    west, south, east, north = inquiry.site.geometry.bounds
    across = max(int(np.ceil((east - west) / cell)), 1)
    down = max(int(np.ceil((north - south) / cell)), 1)
    score = np.nan_to_num(surface.score, nan=0.0).astype(np.float64)
    known = _boxes(np.isfinite(surface.score).astype(np.float64), down, across) >= down * across - 0.5
    mean = np.where(known, _boxes(score, down, across) / (down * across), -1.0)
    own_row = int((surface.grid.transform.f - north) / cell)
    own_column = int((west - surface.grid.transform.c) / cell)
    apart = max(inquiry.assumed["siting_apart_m"] / cell, max(across, down))
    apart = int(np.ceil(apart))
    taken: list[tuple[int, int]] = []
    while len(taken) < _LOOKED_AT:
        row, column = divmod(int(mean.argmax()), mean.shape[1])
        if mean[row, column] <= 0:
            break
        taken.append((row, column))
        mean[max(row - apart + 1, 0) : row + apart, max(column - apart + 1, 0) : column + apart] = -1.0
    return [((column - own_column) * cell, (own_row - row) * cell) for row, column in taken]


def _boxes(cells: np.ndarray, down: int, across: int) -> np.ndarray:
    """Sums over every box of so many rows and columns, by its upper left cell."""
    total = np.zeros((cells.shape[0] + 1, cells.shape[1] + 1))
    np.cumsum(np.cumsum(cells, axis=0), axis=1, out=total[1:, 1:])
    return total[down:, across:] - total[:-down, across:] - total[down:, :-across] + total[:-down, :-across]
