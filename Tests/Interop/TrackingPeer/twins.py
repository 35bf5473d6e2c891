"""Sends the same sequences of requests to MLflow's server and to ours, and tells where the answers differ.

Usage: twins.py FOLDER OURS [SEED [COUNT [REPORT]]], by the peers' Python: MLflow runs in this process, on an empty folder,
ours at an address. The last line it prints is JSON with counts and differences.
Without a difference that is not accepted it ends with 0.
"""

import collections
import json
import random
import sys
import time

import accepted
import scenes
import web
from mlflow_local import Local
from shapes import ENDPOINTS
from wire import Wire
from worlds import look, world

SCENES = [
    scenes.mixed_scene, scenes.value_scene, scenes.metric_scene, scenes.search_scene, scenes.search_scene, scenes.list_scene,
    scenes.list_scene, scenes.registry_scene, scenes.logged_scene, scenes.life_scene, scenes.life_scene, web.artifact_scene,
    web.graph_scene, web.around_scene,
]


def sequence(seed, index):
    """A sequence by its number: its kind, its requests, and the names it begins with."""
    dice = random.Random(f"{seed}.{index}")
    unique = f"{seed}x{index}"
    setup, names = world(unique)
    if index % 2 == 0:
        chosen = ENDPOINTS[index // 2 % len(ENDPOINTS)]
        return f"endpoint {chosen[1]} {chosen[0]}", setup + scenes.endpoint_scene(dice, chosen) + look(), names
    scene = SCENES[index // 2 % len(SCENES)]
    return scene.__name__, setup + scene(dice) + look(), names


def both(theirs, ours, seed, index):
    """Plays a sequence on both servers; gives the requests with both answers."""
    kind, steps, names = sequence(seed, index)
    for wire in (theirs, ours):
        wire.begin(names)
    for number, step in enumerate(steps):
        for wire in (theirs, ours):
            wire.saved["u"] = f"u {seed}x{index}x{number}"
        yield kind, number, step, theirs.ask(step), ours.ask(step)
        if "create" in step["path"] or step["path"] == "logged-models":
            # What is made in one millisecond has no order by its time.
            time.sleep(0.002)


def differences(first, second, path=""):
    """The places in which two values differ."""
    if isinstance(first, dict) and isinstance(second, dict):
        for key in sorted(set(first) | set(second)):
            if key not in first:
                yield f"{path}.{key}: only ours has {short(second[key])}"
            elif key not in second:
                yield f"{path}.{key}: only theirs has {short(first[key])}"
            else:
                yield from differences(first[key], second[key], f"{path}.{key}")
    elif isinstance(first, list) and isinstance(second, list) and len(first) == len(second):
        for index, pair in enumerate(zip(first, second)):
            yield from differences(*pair, f"{path}[{index}]")
    elif type(first) is not type(second) or first != second:
        yield f"{path}: theirs {short(first)}, ours {short(second)}"


def short(value):
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) < 400 else f"{text[:300]}… ({len(text)})"


def play(theirs, ours, seed, count):
    """Plays all sequences; gives the counts and the differences by endpoint."""
    counts = collections.Counter()
    reasons = collections.Counter()
    found = collections.defaultdict(list)
    for index in range(count):
        counts["sequences"] += 1
        for kind, number, step, first, second in both(theirs, ours, seed, index):
            counts["requests"] += 1
            counts[f"status {first['status'] // 100}xx"] += 1
            first, second = accepted.comparable(first), accepted.comparable(second)
            if first == second:
                continue
            reason = accepted.reason(step, first, second)
            if reason:
                reasons[reason] += 1
                if accepted.ends(first, second) and step["method"] != "GET":
                    break
                continue
            counts["differences"] += 1
            asked = {k: v for k, v in step.items() if k not in {"name", "save", "world"}}
            found[step["name"]].append({
                "at": f"{seed}.{index}.{number} {kind}", "asked": short(asked), "where": list(differences(first, second))[:6],
            })
            if accepted.ends(first, second) and step["method"] != "GET":
                # What follows from it is no difference of its own.
                break
    return counts, reasons, found


def main():
    sys.stdout.reconfigure(errors="backslashreplace")
    theirs, ours = Local(sys.argv[1]), Wire(sys.argv[2])
    seed, count = sys.argv[3] if len(sys.argv) > 3 else "1", int(sys.argv[4]) if len(sys.argv) > 4 else 200
    counts, reasons, found = play(theirs, ours, seed, count)
    for name in sorted(found, key=lambda n: -len(found[n])):
        print(f"\n## {name}: {len(found[name])}")
        seen = set()
        for item in found[name]:
            place = item["where"][0] if item["where"] else ""
            if place not in seen and len(seen) < 12:
                seen.add(place)
                print(f"- {item['at']}: {item['asked']}")
                for where in item["where"]:
                    print(f"    {where}")
    print("\n## accepted")
    for reason, number in reasons.most_common():
        print(f"- {number} x {reason}")
    result = {"counts": dict(counts), "accepted": dict(reasons), "differences": {k: len(v) for k, v in found.items()}}
    if len(sys.argv) > 5:
        with open(sys.argv[5], "w", encoding="utf-8", errors="backslashreplace") as file:
            json.dump({**result, "found": found}, file, ensure_ascii=False, indent=1)
    print(json.dumps(result))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
