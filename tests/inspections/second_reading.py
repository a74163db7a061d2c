"""A second reading of the draw: slow, written from the published format and not from our code. JSON is written by hand."""

import hashlib
import hmac
from typing import Any

ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def canonical(value: Any) -> str:
    if isinstance(value, str):
        return '"' + "".join(ESCAPES.get(one) or (f"\\u{ord(one):04x}" if one < " " else one) for one in value) + '"'
    if isinstance(value, list):
        return "[" + ",".join(canonical(one) for one in value) + "]"
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: [ord(one) for one in key])
        return "{" + ",".join(canonical(key) + ":" + canonical(value[key]) for key in keys) + "}"
    return str(value)


def in_order(words: Any) -> list[Any]:
    return sorted(words, key=lambda one: [ord(letter) for letter in (one if isinstance(one, str) else one["id"])])


def sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def mark(seed: str, text: str) -> str:
    return hmac.new(bytes.fromhex(seed), text.encode("utf-8"), hashlib.sha256).hexdigest()


def second_reading(given: dict[str, Any]) -> dict[str, Any] | None:
    """The whole record that follows from the inputs, or nothing where too few inspectors are free."""
    record = {key: given[key] for key in ("version", "district", "period")}
    record["population"] = in_order(given["population"])
    record["quotas"] = given["quotas"]
    record["inspectors"] = [
        {"id": one["id"], "conflicts": in_order(one["conflicts"])} for one in in_order(given["inspectors"])
    ]
    record["per_visit"], record["entropy_source"] = given["per_visit"], given["entropy_source"]
    record["population_sha256"] = sha("".join(one["id"] + "\t" + one["stratum"] + "\n" for one in record["population"]))
    record["commitment"] = hashlib.sha256(bytes.fromhex(given["nonce"])).hexdigest()
    record["plan_sha256"] = sha(canonical({key: value for key, value in record.items() if key != "population"}))
    record["nonce"], record["public_entropy"] = given["nonce"], given["public_entropy"]
    record["seed"] = sha(f"draw/1\n{record['plan_sha256']}\n{given['nonce']}\n{given['public_entropy']}\n")
    chosen = []
    for stratum, quota in given["quotas"].items():
        members = [one for one in record["population"] if one["stratum"] == stratum]
        scored = sorted((mark(record["seed"], "institution\n" + one["id"]), one["id"], stratum) for one in members)
        chosen += scored[:quota]
    record["selected"] = []
    gone = {one["id"]: 0 for one in record["inspectors"]}
    for score, name, stratum in sorted(chosen):
        team: list[str] = []
        free = {one["id"] for one in record["inspectors"] if name not in one["conflicts"]}
        while len(team) < given["per_visit"]:
            if not free:
                return None
            lots = {who: mark(record["seed"], f"inspector\n{who}\n{name}") for who in free}
            best = min(free, key=lambda who: (gone[who], lots[who]))
            team.append(best)
            free.remove(best)
        for who in team:
            gone[who] += 1
        record["selected"].append({"id": name, "stratum": stratum, "score": score, "inspectors": team})
    return record
