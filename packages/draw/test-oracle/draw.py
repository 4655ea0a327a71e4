"""The draw of docs/draw.md a second time, in another language: standard library only.

Usage: draw.py POOL VALUE   (VALUE: a file with the seed's value as JSON); prints the strata as JSON.
"""
import hashlib
import hmac
import json
import sys


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def number(key, label, bound):
    limit = 2**64 - 2**64 % bound
    block = 0
    while True:
        digest = hmac.new(key, f"{canonical(label)}\n{block}".encode(), hashlib.sha256).digest()
        for at in range(0, 32, 8):
            word = int.from_bytes(digest[at : at + 8], "big")
            if word < limit:
                return word % bound
        block += 1


def quarter(text):
    return int(text[:4]) * 4 + int(text[5:])


def standing(unit, pool, recusals):
    rules = pool["rules"]
    within = rules["everyUnitWithinQuarters"]
    if unit["exclusion"] is not None:
        return "never"
    if rules["mostPerMonth"] is not None and unit["checksThisMonth"] >= rules["mostPerMonth"]:
        return "never"
    if rules["isNight"] and rules["mostNightPerQuarter"] is not None:
        if unit["nightChecksThisQuarter"] >= rules["mostNightPerQuarter"]:
            return "never"
    if pool["inspectors"] and sum(unit["id"] not in theirs for theirs in recusals.values()) < 2:
        return "never"
    if within is None or not rules["isLastOfQuarter"]:
        return "may"
    last = unit["lastCheckedIn"]
    since = quarter(last) if last is not None else quarter(unit["supervisedSince"]) - 1
    return "must" if quarter(pool["quarter"]) - since >= within else "may"


def draw_stratum(stratum, pool, key, recusals):
    units = [unit for unit in pool["units"] if unit["stratum"] == stratum["id"]]
    kinds = {unit["id"]: standing(unit, pool, recusals) for unit in units}
    urn = [unit for unit in units if kinds[unit["id"]] == "may"]
    due = [unit["id"] for unit in units if kinds[unit["id"]] == "must"]
    may, slips = len(urn), sum(unit["weight"] for unit in urn)
    drawn = []
    while urn and len(drawn) < stratum["size"] - len(due) + stratum["substitutes"]:
        total = sum(unit["weight"] for unit in urn)
        slip = number(key, ["unit", stratum["id"], len(drawn) + 1], total)
        for unit in urn:
            if slip < unit["weight"]:
                break
            slip -= unit["weight"]
        urn.remove(unit)
        drawn.append({"unit": unit["id"], "slips": [unit["weight"], total]})
    split = stratum["size"] - len(due)
    chosen = [{"unit": unit, "slips": None} for unit in due] + drawn[:split]
    counts = {"must": len(due), "may": may, "never": len(units) - may - len(due), "slips": slips}
    return {"stratum": stratum["id"], **counts, "chosen": chosen, "substitutes": drawn[split:]}


def draw_pairs(strata, pool, key, recusals):
    """Without a limit of units per inspector; the limit is the program's own matter, checked by its laws."""
    loads = {inspector["id"]: 0 for inspector in pool["inspectors"]}
    for stratum in strata:
        for one in stratum["chosen"]:
            pair = []
            for place in (1, 2):
                free = [who for who in loads if one["unit"] not in recusals[who] and who not in pair]
                if not free:
                    break
                least = [who for who in free if loads[who] == min(loads[other] for other in free)]
                who = least[number(key, ["inspector", one["unit"], place], len(least))]
                loads[who] += 1
                pair.append(who)
            one["pair"] = pair if len(pair) == 2 else None


def main():
    with open(sys.argv[1], "rb") as file:
        text = file.read()
    with open(sys.argv[2], encoding="utf-8") as file:
        value = json.load(file)
    pool = json.loads(text)
    parts = [value["value"]] if value["kind"] == "public" else []
    if value["kind"] == "officers":
        for declared in pool["seed"]["commitments"]:
            for one in value["reveals"]:
                if one["officer"] == declared["officer"]:
                    parts += [one["nonce"], one["text"]]
    pool_hash = "sha256:" + hashlib.sha256(text).hexdigest()
    key = hashlib.sha256(canonical(["zhidu-draw-1", pool_hash, *parts]).encode()).digest()
    recusals = {who["id"]: {one["unit"] for one in who["recusals"]} for who in pool["inspectors"]}
    strata = [draw_stratum(stratum, pool, key, recusals) for stratum in pool["strata"]]
    draw_pairs(strata, pool, key, recusals)
    print(json.dumps(strata))


main()
