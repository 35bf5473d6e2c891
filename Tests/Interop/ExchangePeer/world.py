"""Makes an MLflow installation with all that one can hold: world.py TRACKING_URI RUNS ARTIFACT_ROOT

MLflow's own client writes it, of version 2 or 3; what an older one does not know is left out.
"""
import math
import os
import random
import sys
import tempfile
import time
import warnings

os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
warnings.simplefilter("ignore")

import logging

logging.disable(logging.CRITICAL)

from mlflow import MlflowClient
from mlflow.entities import Dataset, DatasetInput, InputTag, Metric, Param, RunTag

ODD = ["nan", "inf", "-inf", "zero", "tiny", "huge", "negative"]
VALUES = {
    "nan": math.nan, "inf": math.inf, "-inf": -math.inf, "zero": -0.0, "tiny": 5e-324,
    "huge": 1.7e308, "negative": -1.25,
}


def artifacts(rng, number):
    """A few files with names that are awkward somewhere."""
    folder = tempfile.mkdtemp()
    names = ["plain.txt", "model/MLmodel", "model/deep/er/data.bin", "empty", "space name.txt"]
    names += ["유니코드/파일.txt", "per%20cent.txt", "hash#tag.txt", "quo'te\".txt", ".hidden"]
    for name in rng.sample(names, rng.randrange(1, len(names))):
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        size = 0 if name == "empty" else rng.choice([1, 17, 5000])
        with open(path, "wb") as file:
            file.write(rng.randbytes(size))
    if number % 97 == 0:
        with open(os.path.join(folder, "large.bin"), "wb") as file:
            file.write(rng.randbytes(3_000_000))
    return folder


def points(rng, now):
    batch = []
    for key in rng.sample(["loss", "val/loss", "손실", "a b", "m.x-y", "per:colon"], rng.randrange(0, 5)):
        for step in range(rng.randrange(1, 30)):
            batch.append(Metric(key, rng.uniform(-1e3, 1e3), now + step, step))
        for word in rng.sample(ODD, 2):
            batch.append(Metric(key, VALUES[word], now + rng.randrange(5), rng.choice([-3, 0, 7, 2**40])))
    return batch


def make(uri, count, seed=7, root=None):
    rng = random.Random(seed)
    client = MlflowClient(uri, uri)
    if uri.startswith("sqlite"):
        # The folder that `mlflow server --artifacts-destination` would have.
        from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore

        client._tracking_client.store.artifact_root_uri = root
    experiments = ["0"]
    for name in ["plain", "유니코드 실험", "slash/and \"quote\"", "gone"]:
        experiments.append(client.create_experiment(name, tags={"team": "a", "mlflow.note.content": f"**{name}**"}))
    remote = client.create_experiment("remote", artifact_location="s3://bucket/some where")
    now = 1_700_000_000_000
    runs = []
    for number in range(count):
        experiment = rng.choice(experiments)
        tags = {"mlflow.user": "한나", "n": str(number), "empty": "", "text": "line\nline\r\n\ttab"}
        if runs and rng.random() < 0.3:
            tags["mlflow.parentRunId"] = rng.choice(runs)
        name = rng.choice([None, "same name", f"run {number}", "이름 ☃ 🎿"])
        run = client.create_run(experiment, start_time=now + number, tags=tags, run_name=name)
        run_id = run.info.run_id
        runs.append(run_id)
        params = [Param(f"p{i}", rng.choice(["", "1", "값", "x" * 500, "a\nb", "{'a': 1}"])) for i in range(rng.randrange(8))]
        client.log_batch(run_id, points(rng, now), params, [RunTag("t/x", "y")])
        if rng.random() < 0.4:
            inputs = [
                DatasetInput(
                    Dataset(f"data {i}", f"d{i}", "local", '{"uri": "x"}', rng.choice([None, "{}"]), rng.choice([None, '{"rows": 3}'])),
                    [InputTag("mlflow.data.context", rng.choice(["train", "평가"]))],
                )
                for i in range(rng.randrange(1, 4))
            ]
            client.log_inputs(run_id, datasets=inputs)
        if rng.random() < 0.25:
            client.log_artifacts(run_id, artifacts(rng, number))
        status = rng.choice(["FINISHED", "FAILED", "KILLED", "RUNNING", "FINISHED"])
        if status != "RUNNING":
            client.set_terminated(run_id, status, now + number + 5000)
        if rng.random() < 0.1:
            client.delete_run(run_id)
    run = client.create_run(remote, start_time=now, run_name="remote run")
    client.log_param(run.info.run_id, "a", "b")
    models = logged_models(client, rng, experiments, runs) if hasattr(client, "create_logged_model") else []
    registry(client, rng, runs, models)
    client.delete_experiment(experiments[-1])


def logged_models(client, rng, experiments, runs):
    from mlflow.entities import LoggedModelInput, LoggedModelOutput, LoggedModelStatus

    models = []
    for number in range(8):
        run = client.get_run(rng.choice(runs))
        if run.info.lifecycle_stage == "deleted":
            continue
        model = client.create_logged_model(
            run.info.experiment_id, name=f"model-{number}", source_run_id=run.info.run_id,
            tags={"k": "값", "n": str(number)}, params={"depth": "3"}, model_type=rng.choice([None, "agent"]),
        )
        models.append(model)
        folder = artifacts(rng, number)
        client.log_model_artifacts(model.model_id, folder)
        client.finalize_logged_model(model.model_id, rng.choice([LoggedModelStatus.READY, LoggedModelStatus.FAILED]))
        client.log_metric(run.info.run_id, "acc", 0.5 + number / 100, timestamp=5, step=number, model_id=model.model_id)
        client.log_outputs(run.info.run_id, [LoggedModelOutput(model.model_id, number)])
        other = client.get_run(rng.choice(runs))
        if other.info.lifecycle_stage == "active":
            client.log_inputs(other.info.run_id, models=[LoggedModelInput(model.model_id)])
    if models:
        client.delete_logged_model(models.pop().model_id)
    return models


def registry(client, rng, runs, models):
    for name in ["classifier", "분류기 모델", "with.dots-and spaces"]:
        client.create_registered_model(name, tags={"owner": "나"}, description="what\nit is")
        for number in range(1, 7):
            run = client.get_run(rng.choice(runs))
            source = f"{run.info.artifact_uri}/model"
            client.create_model_version(name, source, run.info.run_id, tags={"n": str(number)}, description=f"v{number}")
        client.transition_model_version_stage(name, "2", "Production")
        client.transition_model_version_stage(name, "3", "Staging")
        client.transition_model_version_stage(name, "1", "Archived")
        client.set_registered_model_alias(name, "champion", "2")
        client.set_registered_model_alias(name, "도전자", "3")
        client.delete_model_version(name, "4")
        client.delete_model_version(name, "6")
    for model in models[:2]:
        client.create_model_version("classifier", f"models:/{model.model_id}", model_id=model.model_id)
    client.create_registered_model("empty one")


if __name__ == "__main__":
    make(sys.argv[1], int(sys.argv[2]), root=sys.argv[3] if len(sys.argv) > 3 else None)
