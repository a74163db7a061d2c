"""The spot-check draw (重庆市减负实施方案 18，双随机): pure, and the same for everybody who computes it again.

How it works. Before the entropy is known, a plan binds everything that could be tuned: the institutions with their
strata (as one digest), how many of each stratum, the inspectors with their conflicts of interest, the source of
entropy, and the digest of a secret nonce. When the source has spoken, the nonce is revealed; plan, nonce and entropy
make the seed. The office can't tune the draw, because it doesn't know the entropy when it binds the plan; who runs
the source can't either, because they don't know the nonce.

From the seed every institution gets a score. In each stratum the least scores are drawn, and the inspectors go round
among those without a conflict: fewest visits first, then by a digest of their own.
"""

import hashlib
import hmac
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from portal.inspections.canonical import Canonical, canonical_json
from portal.kernel.errors import NotAllowed

VERSION = "draw/1"


@dataclass(frozen=True, slots=True)
class Inspector:
    """An inspector, with the institutions that a conflict of interest keeps them from (回避)."""

    id: str
    conflicts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """What a draw is held on: all that could be tuned. `population` holds pairs of id and stratum."""

    district: str
    period: str
    population: Sequence[tuple[str, str]]
    quotas: Mapping[str, int]
    inspectors: Sequence[Inspector]
    per_visit: int
    entropy_source: str


@dataclass(frozen=True, slots=True)
class Visit:
    """One institution that was drawn: its stratum, its score, and the inspectors who go there."""

    id: str
    stratum: str
    score: str
    inspectors: tuple[str, ...]


class TooFewInspectors(NotAllowed):
    """An institution was drawn that too few inspectors may visit; nothing is published."""

    def __init__(self, institution: str, found: int, needed: int) -> None:
        super().__init__(f"机构 {institution} 只有 {found} 名督学无需回避，需要 {needed} 名，请增加督学")
        self.institution = institution


def in_order(terms: Terms) -> Terms:
    """The same terms with every list in code point order, as they are published."""
    return replace(
        terms,
        population=sorted(terms.population),
        inspectors=sorted(
            (Inspector(inspector.id, tuple(sorted(inspector.conflicts))) for inspector in terms.inspectors),
            key=lambda inspector: inspector.id,
        ),
    )


def population_sha256(population: Sequence[tuple[str, str]]) -> str:
    """The digest of the list of institutions: "id TAB stratum LF" of every row, in order."""
    return _sha256("".join([f"{name}\t{stratum}\n" for name, stratum in population]).encode())


def commitment(nonce: str) -> str:
    """The digest that binds the office to its nonce before it is revealed."""
    return _sha256(bytes.fromhex(nonce))


def plan_sha256(terms: Terms, population_digest: str, commitment_digest: str) -> str:
    """The digest of the plan: everything that is published before the entropy is known."""
    inspectors = [{"id": one.id, "conflicts": list(one.conflicts)} for one in terms.inspectors]
    plan: dict[str, Canonical] = {
        "version": VERSION,
        "district": terms.district,
        "period": terms.period,
        "quotas": dict(terms.quotas),
        "inspectors": inspectors,
        "per_visit": terms.per_visit,
        "entropy_source": terms.entropy_source,
        "population_sha256": population_digest,
        "commitment": commitment_digest,
    }
    return _sha256(canonical_json(plan))


def seed(plan_digest: str, nonce: str, public_entropy: str) -> str:
    """What the whole draw follows from: the plan, the revealed nonce and what the source said."""
    return _sha256(f"{VERSION}\n{plan_digest}\n{nonce}\n{public_entropy}\n".encode())


def visits(terms: Terms, seed_digest: str) -> Iterator[Visit]:
    """The institutions to visit, least score first, each with its inspectors; raises TooFewInspectors on the way."""
    key = bytes.fromhex(seed_digest)
    rounds = _Rounds(terms, key)
    for score, name, stratum in _least_scores(terms, key):
        yield Visit(name, stratum, score.hex(), rounds.inspectors(name))


def _least_scores(terms: Terms, key: bytes) -> list[tuple[bytes, str, str]]:
    """In each stratum with a quota, that many institutions with the least score; all of them in ascending score."""
    scored: dict[str, list[tuple[bytes, str]]] = {stratum: [] for stratum, quota in terms.quotas.items() if quota}
    digest = hmac.digest
    for name, stratum in terms.population:
        if stratum in scored:
            scored[stratum].append((digest(key, f"institution\n{name}".encode(), "sha256"), name))
    return sorted(
        (score, name, stratum)
        for stratum, members in scored.items()
        for score, name in sorted(members)[: terms.quotas[stratum]]
    )


class _Rounds:
    """Who has gone how often: inspectors go to visits in turn, whoever has the fewest first."""

    def __init__(self, terms: Terms, key: bytes) -> None:
        self.key = key
        self.per_visit = terms.per_visit
        self.conflicts = {inspector.id: frozenset(inspector.conflicts) for inspector in terms.inspectors}
        self.visits = dict.fromkeys(self.conflicts, 0)

    def inspectors(self, institution: str) -> tuple[str, ...]:
        """The inspectors of one visit, in the order in which they were chosen."""
        free = [name for name, conflicts in self.conflicts.items() if institution not in conflicts]
        if len(free) < self.per_visit:
            raise TooFewInspectors(institution, len(free), self.per_visit)
        chosen = sorted(free, key=lambda name: (self.visits[name], self._lot(name, institution)))[: self.per_visit]
        for name in chosen:
            self.visits[name] += 1
        return tuple(chosen)

    def _lot(self, inspector: str, institution: str) -> bytes:
        return hmac.digest(self.key, f"inspector\n{inspector}\n{institution}".encode(), "sha256")


def _sha256(octets: bytes) -> str:
    return hashlib.sha256(octets).hexdigest()
