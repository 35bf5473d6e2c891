"""XGBoost's and LightGBM's side of the boosting section: makes data, trains, predicts, scores both."""

import csv
import json
import os
import pathlib
import sys
import time

import numpy as np

COLUMNS = 28


def table(rows, seed):
    """28 columns of which some say something, together or alone, and the class, whose noise leaves an AUC of about .8.

    Bell curves, skewed prices, counts, columns that are mostly 0, and gaps: bins are made differently of each.
    """
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(rows, COLUMNS)).astype("f4")
    score = X @ np.random.default_rng(0).normal(size=COLUMNS) * .2 + np.sin(X[:, 0] * 2) + X[:, 1] * X[:, 2]
    score += (X[:, 3] > .5) * X[:, 4] + .5 * X[:, 12] * X[:, 24]
    X[:, 10:16] = np.round(np.exp(X[:, 10:16]), 2)
    X[:, 16:20] = np.floor(np.exp(X[:, 16:20] + 1))
    X[:, 20:24] = np.maximum(X[:, 20:24] - .5, 0)
    X[:, 24:26][rng.random((rows, 2)) < .1] = np.nan
    return np.column_stack([X, score + rng.logistic(size=rows) > 0]).astype("f4")


def construct(library, params, X, y):
    if library == "xgboost":
        import xgboost

        return xgboost.QuantileDMatrix(X, y, nthread=params["nthread"], max_bin=params.get("max_bin", 256))
    import lightgbm

    return lightgbm.Dataset(X, y, params=params).construct()


def boost(library, params, data):
    if library == "xgboost":
        import xgboost

        params = dict(params)
        rounds = params.pop("num_boost_round")
        return xgboost.train(params, data, rounds)
    import lightgbm

    return lightgbm.train(params, data)


def train(library, folder, params):
    """Prints the seconds and the CPU seconds of both phases."""
    data = np.load(folder / "train.npy")
    X, y = np.ascontiguousarray(data[:, :COLUMNS]), data[:, COLUMNS].copy()
    del data
    __import__(library)
    clocks = [(time.perf_counter(), time.process_time())]
    data = construct(library, params, X, y)
    clocks.append((time.perf_counter(), time.process_time()))
    model = boost(library, params, data)
    clocks.append((time.perf_counter(), time.process_time()))
    model.save_model(folder / ("peer.json" if library == "xgboost" else "peer.txt"))
    steps = [[after - before for before, after in zip(*pair)] for pair in zip(clocks, clocks[1:])]
    (folder / "peer.timings").write_text(json.dumps(dict(zip(["construct", "train"], steps))))


def predict(library, folder):
    X = np.ascontiguousarray(np.load(folder / "test.npy")[:, :COLUMNS])
    if library == "xgboost":
        import xgboost

        answers = xgboost.Booster(model_file=folder / "peer.json").inplace_predict(X)
    else:
        import lightgbm

        answers = lightgbm.Booster(model_file=folder / "peer.txt").predict(X)
    np.savetxt(folder / "peer.csv", answers, fmt="%.9g")


def score(library, folder):
    from sklearn.metrics import log_loss, roc_auc_score

    y = np.load(folder / "test.npy")[:, COLUMNS]
    with open(folder / "answers.csv") as file:
        ours = np.array([float(line["p(1)"]) for line in csv.DictReader(file)])
    theirs = np.loadtxt(folder / "peer.csv")
    print(json.dumps({
        f"{score.__name__} of {name}": float(score(y, p))
        for score in [roc_auc_score, log_loss] for name, p in [("reprise", ours), (library, theirs)]}))


def main():
    what, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    # Waiting threads that spin burn a shared machine's CPU and are charged to the peer.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    if what == "data":
        rows, seed = int(sys.argv[3]), int(sys.argv[4])
        np.save(folder / "train.npy", table(rows, 2 * seed))
        np.save(folder / "test.npy", table(200_000, 2 * seed + 1))
    elif what == "train":
        train(sys.argv[3], folder, json.loads((folder / sys.argv[4]).read_text()))
    elif what == "predict":
        predict(sys.argv[3], folder)
    else:
        score(sys.argv[3], folder)


if __name__ == "__main__":
    main()
