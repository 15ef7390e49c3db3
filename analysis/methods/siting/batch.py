"""Many sites judged alike: every row of a layer, with those that are no site and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.finding import Verdict
from analysis.methods.siting import Ground, Verdicts, examine, make_site
from analysis.proposal import Proposal, from_row
from words.errors import AtlasError

OWN_PROPOSALS = "construction_projects"  # the layer whose rows are proposals themselves
LAYERS = (OWN_PROPOSALS, "industrial_parks")


@dataclass(frozen=True)
class Judged:
    """One row of a layer: its verdicts, or the refusal where it is no site."""

    id: str
    name: str
    verdicts: Verdicts | None
    refusal: AtlasError | None = None

    @property
    def worst(self) -> Verdict:
        """The worst of the checks made; unknown for a refused row."""
        return "unknown" if self.verdicts is None else self.verdicts.worst


@dataclass(frozen=True)
class Summary:
    """How many sites came to which verdict, how many were refused, and which checks bar most often."""

    sites: int
    refused: int
    worst: Mapping[str, int]
    constraints: Mapping[str, int]
    not_made: Mapping[str, int]


def judge_layer(
    ground: Ground, assumed: Mapping[str, float], *, layer: str = OWN_PROPOSALS, proposal: Proposal | None = None
) -> Iterator[Judged]:
    """The rows of a layer in order; a layer without proposals of its own is judged for `proposal`.

    AtlasError `siting.page.errors.no_layer` when the layer is absent or holds no sites.
    """
    frame = ground.district.frames.get(layer)
    if layer not in LAYERS or frame is None:
        raise AtlasError("siting.page.errors.no_layer", layer=layer, layers=", ".join(LAYERS))
    for row in frame.to_dict("records"):
        id_, name = str(row["id"]), row["name"] if isinstance(row["name"], str) else ""
        own = from_row(row) if layer == OWN_PROPOSALS else proposal or Proposal(name=name)
        try:
            site = make_site(row["geometry"], ground.district, assumed=assumed, id=id_, name=name)
        except AtlasError as error:
            yield Judged(id_, name, None, error)
            continue
        yield Judged(id_, name, examine(site, own, ground=ground, assumed=assumed, with_flips=False))


def summary(judged: Sequence[Judged]) -> Summary:
    """The sites counted by verdict, and the checks by how many sites they bar or leave open."""
    made = [one.verdicts for one in judged if one.verdicts is not None]
    results = [result for verdicts in made for result in verdicts.results]
    barred = Counter(result.check.id for result in results if result.verdict in ("prohibited", "restricted"))
    open_ = Counter(result.check.id for result in results if result.verdict == "unknown")
    return Summary(
        sites=len(made),
        refused=len(judged) - len(made),
        worst=dict(Counter(verdicts.worst for verdicts in made)),
        constraints=dict(barred.most_common()),
        not_made=dict(open_.most_common()),
    )
