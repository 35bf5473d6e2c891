"""scikit-learn's side of the forest section: makes the data, trains, predicts, scores both sides' answers."""

import csv
import json
import pathlib
import pickle
import sys

import numpy as np


def table(rows, seed):
    """28 columns, some of which say something, together or alone; two classes with noise."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(rows, 28)).astype("f4")
    score = X @ np.random.default_rng(0).normal(size=28) * .3 + np.sin(X[:, 0] * 2) + X[:, 1] * X[:, 2]
    return X, (score + (X[:, 3] > .5) * X[:, 4] + rng.logistic(size=rows) > 0).astype(int)


def write(path, X, y):
    with open(path, "w", newline="") as file:
        out = csv.writer(file)
        out.writerow([f"x{i}" for i in range(28)] + ["y"])
        out.writerows([*map(repr, map(float, x)), label] for x, label in zip(X, y))


def read(path):
    import pandas

    data = pandas.read_csv(path)
    return data.drop(columns="y").to_numpy("f4"), data["y"].to_numpy()


def main():
    what, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    if what == "data":
        for name, seed in [("train", 1), ("test", 2)]:
            write(folder / f"{name}.csv", *table(int(sys.argv[3]), seed))
    elif what == "train":
        from sklearn.ensemble import RandomForestClassifier

        model = RandomForestClassifier(n_jobs=int(sys.argv[3]), oob_score=True, random_state=0)
        with open(folder / "model.pickle", "wb") as file:
            pickle.dump(model.fit(*read(folder / "train.csv")), file)
    elif what == "predict":
        with open(folder / "model.pickle", "rb") as file:
            model = pickle.load(file)  # noqa: S301 (this script wrote it)
        model.n_jobs = int(sys.argv[3])
        np.save(folder / "peer.npy", model.predict_proba(read(folder / "test.csv")[0])[:, 1])
    else:
        from sklearn.metrics import log_loss, roc_auc_score

        y = read(folder / "test.csv")[1]
        with open(folder / "answers.csv") as file:
            ours = np.array([float(line["p(1)"]) for line in csv.DictReader(file)])
        theirs = np.load(folder / "peer.npy")
        print(json.dumps({
            f"{score.__name__} of {name}": float(score(y, p))
            for score in [roc_auc_score, log_loss] for name, p in [("reprise", ours), ("scikit-learn", theirs)]}))


if __name__ == "__main__":
    main()
