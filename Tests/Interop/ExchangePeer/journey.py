"""What moves from MLflow to reprise and back is the same: journey.py REPRISE FOLDER RUNS STORE

STORE is `sqlite` or `folder`. The installation is made there, imported, compared through `reprise server`, imported again
(which brings nothing), exported to a folder, and that compared too. result.json gets the differences, as lists that are
to be empty, and counts.
"""
import json
import os
import sqlite3
import subprocess
import sys

from contents import contents, differences
from world import make


def reprise(*words, status=0, records="ours"):
    os.makedirs(f"{BASE}/{records}", exist_ok=True)
    run = subprocess.run([PROGRAM, *words], cwd=f"{BASE}/{records}", capture_output=True, text=True)
    if run.returncode != status:
        raise AssertionError(f"{words} gave {run.returncode}: {run.stdout[-2000:]} {run.stderr[-3000:]}")
    return run.stdout


def served(call, records="ours"):
    """Calls a function with the address of a server on records of ours."""
    os.makedirs(f"{BASE}/{records}", exist_ok=True)
    server = subprocess.Popen([PROGRAM, "--json", "server", "--port", "0"], cwd=f"{BASE}/{records}", stdout=subprocess.PIPE, text=True)
    try:
        text = ""
        while "}" not in text:
            line = server.stdout.readline()
            assert line, "the server ended"
            text += line
        return call(json.loads(text)["url"])
    finally:
        server.terminate()
        server.wait()


def killed(address):
    """Imports with kill -9 at later and later moments, then to the end; gives how many runs each had left."""
    os.makedirs(BASE + "/killed")
    left = []
    for number in range(100):
        run = subprocess.Popen(
            [PROGRAM, "import", "mlflow", address, "-q"], cwd=BASE + "/killed", stdout=subprocess.DEVNULL)
        try:
            run.wait(0.02 * 1.08**number)
            break
        except subprocess.TimeoutExpired:
            run.kill()
            run.wait()
        records = BASE + "/killed/.reprise/records.db"
        try:
            left.append(sqlite3.connect(records).execute("SELECT count(*) FROM runs").fetchone()[0])
        except sqlite3.OperationalError:
            left.append(0)
    assert run.returncode == 0, run.returncode
    return left


def brought(summary):
    return {key: sum(e[key] for e in summary["experiments"]) for key in ("runs", "points", "models", "files", "conflicts")}


def renamed(contents):
    """What a server holds under ids of its own, under those that it remembers as ours."""
    runs = {id: run["tags"].pop("reprise.id") for id, run in contents["runs"].items()}
    models = {id: model["tags"].pop("reprise.id") for id, model in contents["models"].items()}
    text = json.dumps({key: contents[key] for key in ("runs", "models", "registry")})
    for old, new in (runs | models).items():
        text = text.replace(old, new)
    return contents | json.loads(text)


def comparable(contents):
    """Without what a server makes anew, times of making, and without what it cannot be told: models that are deleted."""
    result = json.loads(json.dumps(contents))
    for experiment in result["experiments"].values():
        del experiment["created"]
    for run in result["runs"].values():
        run["model_inputs"] = [m for m in run["model_inputs"] if m in result["models"]]
        run["model_outputs"] = [m for m in run["model_outputs"] if m[0] in result["models"]]
    for model in result["models"].values():
        del model["created"]
        model["tags"].pop("mlflow.modelVersions", None)
    for model in result["registry"].values():
        del model["created"]
        for version in model["versions"].values():
            del version["created"]
    return result


def main(program, base, count, kind):
    global PROGRAM, BASE
    PROGRAM, BASE = program, base
    os.makedirs(base + "/theirs")
    os.makedirs(base + "/ours")
    os.chdir(base + "/theirs")
    uri = f"sqlite:///{base}/theirs/mlflow.db" if kind == "sqlite" else f"{base}/theirs/mlruns"
    make(uri, count, root=base + "/theirs/kept")
    result = {}
    original = contents(uri)
    result["counts"] = {
        "runs": len(original["runs"]), "models": len(original["models"]), "registered": len(original["registry"]),
        "points": sum(len(h) for r in original["runs"].values() for h in r["history"].values()),
        "files": sum(len(r["files"]) for r in original["runs"].values() if isinstance(r["files"], dict)),
    }
    address = uri
    dry = json.loads(reprise("import", "mlflow", address, "--dry-run", "--json"))
    first = json.loads(reprise("import", "mlflow", address, "--json"))
    result["first"] = {k: first[k] for k in ("registered_models", "versions", "conflict_count", "skipped_count")}
    result["first"]["runs"] = sum(e["runs"] for e in first["experiments"])
    result["first"]["points"] = sum(e["points"] for e in first["experiments"])
    result["dry is the same"] = [k for k in first if k != "dry_run" and k != "skipped" and first[k] != dry[k]]
    result["second"] = brought(json.loads(reprise("import", "mlflow", address, "--json")))
    imported = served(contents)
    result["import"] = list(differences(original, imported))
    itself = served(lambda url: reprise("export", "mlflow", url, "--json"))
    result["second, to itself"] = brought(json.loads(itself))
    result["itself"] = list(differences(imported, served(contents)))
    reprise("export", "mlflow", base + "/out", "--json")
    result["second export"] = brought(json.loads(reprise("export", "mlflow", base + "/out", "--json")))
    exported = contents(base + "/out")
    result["export"] = list(differences(original, exported))
    result["kills"] = killed(address)
    result["killed"] = list(differences(imported, served(contents, "killed")))
    served(lambda url: reprise("import", "mlflow", url, "--json", records="through"))
    again = served(lambda url: reprise("import", "mlflow", url, "--json", records="through"))
    result["second through a server"] = brought(json.loads(again))
    result["through a server"] = list(differences(imported, served(contents, "through")))
    served(lambda url: reprise("export", "mlflow", url, "--json"), "there")
    again = served(lambda url: reprise("export", "mlflow", url, "--json"), "there")
    result["second export to a server"] = brought(json.loads(again))
    result["export to a server"] = list(
        differences(comparable(imported), comparable(renamed(served(contents, "there"))))
    )
    json.dump(result, open(base + "/result.json", "w"), indent=1, ensure_ascii=False)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
