"""Recompute a published draw, trusting nobody: python3 recompute.py record.json (standard library alone)."""

import hashlib
import hmac
import json
import pathlib
import sys


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def score(seed: str, *words: str) -> str:
    return hmac.new(bytes.fromhex(seed), "\n".join(words).encode(), "sha256").hexdigest()


given = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8-sig"))
people = {one["id"]: sorted(one["conflicts"]) for one in sorted(given["inspectors"], key=lambda one: one["id"])}
members = sorted({one["id"]: one["stratum"] for one in given["population"]}.items())
plan = {name: given[name] for name in ("version", "district", "period", "quotas", "per_visit", "entropy_source")}
plan["inspectors"] = [{"id": name, "conflicts": conflicts} for name, conflicts in people.items()]
plan["population_sha256"] = sha256("".join(f"{name}\t{stratum}\n" for name, stratum in members))
plan["commitment"] = hashlib.sha256(bytes.fromhex(given["nonce"])).hexdigest()
plan_sha256 = sha256(json.dumps(plan, ensure_ascii=False, sort_keys=True, separators=(",", ":")))
seed = sha256(f"draw/1\n{plan_sha256}\n{given['nonce']}\n{given['public_entropy']}\n")
scored = sorted((score(seed, "institution", name), name, stratum) for name, stratum in members)
taken, visits, selected = dict.fromkeys(given["quotas"], 0), dict.fromkeys(people, 0), []
for mark, name, stratum in scored:
    if taken.get(stratum, 0) < given["quotas"].get(stratum, 0):
        free = [one for one in people if name not in people[one]]
        free.sort(key=lambda one: (visits[one], score(seed, "inspector", one, name)))
        pair = free[: given["per_visit"]] if len(free) >= given["per_visit"] else sys.exit(f"too few for {name}")
        taken[stratum] += 1
        visits.update((one, visits[one] + 1) for one in pair)
        selected.append({"id": name, "stratum": stratum, "score": mark, "inspectors": pair})
derived = {"population": [{"id": name, "stratum": stratum} for name, stratum in members]} | plan
derived |= {"plan_sha256": plan_sha256, "seed": seed, "selected": selected}
wrong = [name for name in derived if derived[name] != given[name]]
print("the record holds" if not wrong else f"does not hold: {', '.join(wrong)}")
sys.exit(bool(wrong))
