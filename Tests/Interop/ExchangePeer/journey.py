"""What moves from MLflow to reprise and back is the same: journey.py REPRISE FOLDER RUNS STORE

STORE is `sqlite` or `folder`. The installation is made there, imported, compared through `reprise server`, imported again
(which brings nothing), exported to a folder, and that compared too. result.json gets the differences, as lists that are
to be empty, and counts.
"""
import json
import os
import subprocess
import sys

from contents import contents, differences
from world import make


def reprise(*words, status=0):
    run = subprocess.run([PROGRAM, *words], cwd=BASE + "/ours", capture_output=True, text=True)
    if run.returncode != status:
        raise AssertionError(f"{words} gave {run.returncode}: {run.stdout[-2000:]} {run.stderr[-3000:]}")
    return run.stdout


def served(call):
    """Calls a function with the address of a server on our records."""
    server = subprocess.Popen([PROGRAM, "--json", "server", "--port", "0"], cwd=BASE + "/ours", stdout=subprocess.PIPE, text=True)
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


def main(program, base, count, kind):
    global PROGRAM, BASE
    PROGRAM, BASE = program, base
    os.makedirs(base + "/theirs")
    os.makedirs(base + "/ours")
    os.chdir(base + "/theirs")
    uri = f"sqlite:///{base}/theirs/mlflow.db" if kind == "sqlite" else f"{base}/theirs/mlruns"
    make(uri, count)
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
    second = json.loads(reprise("import", "mlflow", address, "--json"))
    result["second"] = {
        key: sum(e[key] for e in second["experiments"]) for key in ("runs", "points", "models", "files", "conflicts")
    }
    imported = served(contents)
    result["import"] = list(differences(original, imported))
    reprise("export", "mlflow", base + "/out", "--json")
    again = json.loads(reprise("export", "mlflow", base + "/out", "--json"))
    result["second export"] = {
        key: sum(e[key] for e in again["experiments"]) for key in ("runs", "points", "models", "files", "conflicts")
    }
    exported = contents(base + "/out")
    result["export"] = list(differences(original, exported))
    json.dump(result, open(base + "/result.json", "w"), indent=1, ensure_ascii=False)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
