"""Many sites judged alike: every row of a layer, with those that are no site and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from analysis.finding import Verdict
from analysis.methods.siting.answer.engine import Step, Verdicts, examine, on_and_on
from analysis.methods.siting.check import Inquiry
from analysis.methods.siting.ground.found import Ground
from analysis.methods.siting.subject import LAYERS, OWN_PROPOSALS, proposal_of, site_of, site_subject
from analysis.proposal import Proposal, from_row
from analysis.question import Question
from words.errors import AtlasError


@dataclass(frozen=True)
class Judged:
    """One row of a layer: its verdicts, or the refusal where it is no site.

    `result_id` is the id of the answer that the same site gets when asked alone.
    """

    id: str
    name: str
    result_id: str
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
    ground: Ground, question: Question, subject: Mapping[str, object], *, on: date, step: Step = on_and_on
) -> Iterator[Judged]:
    """The rows of the subject's layer in order; one without proposals of its own is judged for the subject's.

    AtlasError `siting.page.errors.no_layer` when the layer is absent or holds no sites, `layer_broken` when it is there
    and cannot be read.
    """
    layer = str(subject.get("layer"))
    frame = ground.district.frames.get(layer)
    if frame is None and layer in ground.district.broken:
        raise AtlasError("siting.page.errors.layer_broken", layer=layer)
    if layer not in LAYERS or frame is None:
        raise AtlasError("siting.page.errors.no_layer", layer=layer, layers=", ".join(LAYERS))
    told = proposal_of(subject)
    for done, row in enumerate(frame.to_dict("records")):
        step(done, len(frame))
        name = row["name"] if isinstance(row["name"], str) else ""
        own = from_row(row) if layer == OWN_PROPOSALS else told or Proposal(name=name)
        alone = replace(question, subject=site_subject(row["geometry"], own, name=name), wish={})
        yield _judged(ground, alone, on=on, id_=str(row["id"]), name=name, proposal=own)


def _judged(ground: Ground, alone: Question, *, on: date, id_: str, name: str, proposal: Proposal) -> Judged:
    assert isinstance(alone.subject, Mapping)
    try:
        site = site_of(alone.subject, ground.district, assumed=alone.assumptions, id=id_)
    except AtlasError as error:
        return Judged(id_, name, alone.id, None, error)
    inquiry = Inquiry(site, proposal, ground, alone.assumptions, on, frozenset(alone.aged))
    return Judged(id_, name, alone.id, examine(inquiry, with_flips=False))


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
