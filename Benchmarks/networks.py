"""Networks that people start with, on MNIST or Fashion-MNIST, beside PyTorch on the same processors."""

import json
import os
import pathlib
import subprocess

from bench import PROGRAM, measure, row

HERE = pathlib.Path(__file__).resolve().parent
DATA = pathlib.Path(os.environ.get("REPRISE_BENCH_MNIST", "/usr/share/datasets/fashion-mnist"))
PYTHON = pathlib.Path(os.environ.get("REPRISE_BENCH_TEST_PEERS", "/usr")) / "bin/python"
LAYERS = {
    "mlp": "[flatten, 128, relu, dropout .2, 10]",
    "cnn": "[32c3, relu, pool, 64c3, relu, pool, flatten, 64, relu, 10]",
}


def project(folder):
    folder.mkdir()
    text = "entry_points:\n"
    for kind, layers in LAYERS.items():
        text += (f"  {kind}:\n    trainer: {kind}\n    layers: {layers}\n    parameters:\n"
                 f"      data: {{type: path, default: {DATA}}}\n      checkpoint_every: 0\n")
    (folder / "MLproject").write_text(text)
    return folder


def networks(work):
    """Networks."""
    folder = project(work / "networks")
    for kind in LAYERS:
        for batch in [64, 256]:
            for threads in [1, 2]:
                compare(folder, kind, batch, threads)
    for kind in LAYERS:
        score(folder, kind)


def compare(folder, kind, batch, threads):
    """An epoch: what two cost beyond one, so that neither the start nor the reading counts."""
    pinned = ["/usr/bin/taskset", "-c", ",".join(map(str, range(threads)))]
    words = [*pinned, PROGRAM, "run", "-e", kind, "-P", f"batch_size={batch}", "-P"]
    repeat = 5 if kind == "mlp" else 1
    one = measure([*words, "epochs=1"], repeat=repeat, cwd=folder)
    more = measure([*words, "epochs=3"], repeat=repeat, cwd=folder)
    ours = [(after - before) / 2 for before, after in zip(one[:2], more[:2])]
    told = subprocess.run(
        [*pinned, PYTHON, HERE / "networks_peer.py", kind, str(batch), str(threads), "2", DATA],
        check=True, stdout=subprocess.PIPE, text=True).stdout
    theirs = json.loads(told)
    what = f"{kind}, batch {batch}, {threads} threads, an epoch"
    row(what, ours[0], theirs["cpu"], name="PyTorch")
    row(f"{what}, wall", ours[1], theirs["wall"], unit="ms", name="PyTorch")
    if threads == 1:
        row(f"{kind}, batch {batch}, memory", more[2], theirs["memory"], unit="MB", name="PyTorch")
        row(f"{kind}, batch {batch}, start to first batch and all but the epochs",
            one[0] - ours[0], theirs["start"], name="PyTorch")


def score(folder, kind):
    """What five epochs come to."""
    subprocess.run([PROGRAM, "run", "-q", "-e", kind, "-P", "epochs=5", "-P", "schedule=cosine"],
                   cwd=folder, check=True, stdout=subprocess.DEVNULL)
    told = subprocess.run([PROGRAM, "runs", "show", "latest", "--json"], cwd=folder, check=True,
                          stdout=subprocess.PIPE, text=True).stdout
    metrics = json.loads(told)["metrics"]
    pairs = metrics.items() if isinstance(metrics, dict) else [(m["key"], m["value"]) for m in metrics]
    print(f"  {kind}: accuracy after 5 epochs {dict(pairs)['test_accuracy']:.4f}", flush=True)
