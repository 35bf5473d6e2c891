"""Models: logged, found, loaded and told of by autologging."""

import mlflow
import numpy as np


def trained():
    from sklearn.linear_model import LinearRegression

    return LinearRegression().fit(np.arange(6).reshape(3, 2), [1.0, 2.0, 3.5])


def logged(major, model, name, **more):
    """Logs a model the way of the client's version."""
    named = {"name": name} if major > 2 else {"artifact_path": name}
    return mlflow.sklearn.log_model(model, pip_requirements=["scikit-learn"], **named, **more)


def log_models(tour):
    say, client = tour.say, tour.client
    model = trained()
    with mlflow.start_run(run_name="model") as run:
        mlflow.log_metric("rmse", 0.5)
        info = logged(tour.major, model, "tree", input_example=np.zeros((1, 2)))
        logged(tour.major, model, "registered", registered_model_name=f"{tour.prefix}-auto")
    say("model info", [info.artifact_path, sorted(info.flavors), info.model_uri, info.run_id])
    say("load by run", lambda: mlflow.sklearn.load_model(f"runs:/{run.info.run_id}/tree").predict([[1, 2]]))
    say("load by uri", lambda: mlflow.pyfunc.load_model(info.model_uri).predict(np.array([[1, 2]])))
    say("load version", lambda: mlflow.pyfunc.load_model(f"models:/{tour.prefix}-auto/1").predict(np.array([[1, 2]])))
    say("load latest", lambda: mlflow.sklearn.load_model(f"models:/{tour.prefix}-auto/latest").coef_)
    say("model of the run", lambda: sorted(f.path for f in client.list_artifacts(run.info.run_id)))
    say("history", lambda: len(mlflow.get_run(run.info.run_id).data.tags.get("mlflow.log-model.history", "")) > 10)
    say("outputs", lambda: getattr(mlflow.get_run(run.info.run_id), "outputs", None))
    say("get_model_info", lambda: mlflow.models.get_model_info(info.model_uri).flavors["python_function"]["loader_module"])
    say("load none", lambda: mlflow.pyfunc.load_model(f"models:/{tour.prefix}-none/1"))
    say("load none of a run", lambda: mlflow.pyfunc.load_model(f"runs:/{run.info.run_id}/none"))


class Adder(mlflow.pyfunc.PythonModel):
    """A model in Python alone."""

    def predict(self, context, model_input, params=None):
        return model_input + 1


def python_model(tour):
    named = {"name": "adder"} if tour.major > 2 else {"artifact_path": "adder"}
    with mlflow.start_run(run_name="adder") as run:
        mlflow.pyfunc.log_model(python_model=Adder(), pip_requirements=["numpy"], **named)
    tour.say("pyfunc", lambda: mlflow.pyfunc.load_model(f"runs:/{run.info.run_id}/adder").predict(np.array([1, 2])))


def autolog(tour):
    from sklearn.datasets import load_iris
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GridSearchCV

    data, target = load_iris(return_X_y=True)
    mlflow.sklearn.autolog(log_models=True, silent=True, max_tuning_runs=2)
    try:
        with mlflow.start_run(run_name="auto") as run:
            LogisticRegression(max_iter=200).fit(data, target)
        with mlflow.start_run(run_name="grid") as grid:
            GridSearchCV(LogisticRegression(max_iter=200), {"C": [0.5, 1.0]}, cv=2).fit(data, target)
    finally:
        mlflow.sklearn.autolog(disable=True)
    read = mlflow.get_run(run.info.run_id)
    tour.say("autologged", [read.data.params, {k: round(v, 6) for k, v in read.data.metrics.items()}, len(read.inputs.dataset_inputs)])
    tour.say("artifacts", lambda: sorted(f.path for f in tour.client.list_artifacts(run.info.run_id)))
    tour.say("grid", lambda: sorted(mlflow.get_run(grid.info.run_id).data.params))
    tour.say("children", lambda: len(mlflow.search_runs(filter_string=f"tags.mlflow.parentRunId = '{grid.info.run_id}'", output_format="list")))


def logged_models(tour):
    """What clients of version 3 have: models as things of their own."""
    if tour.major < 3:
        return
    from mlflow.entities import LoggedModelInput, LoggedModelOutput, Metric

    say, client = tour.say, tour.client
    experiment = client.create_experiment(f"{tour.prefix} logged")
    run = client.create_run(experiment, run_name="source")
    made = []
    for index in range(5):
        made.append(client.create_logged_model(
            experiment, name=f"m{index % 2}", source_run_id=run.info.run_id, tags={"n": str(index)}, params={"depth": str(index)}, model_type="tree"))
        client.log_metric(run.info.run_id, "acc", index / 10, model_id=made[-1].model_id, dataset_name="d", dataset_digest="1")
    at = made[0].model_id
    say("create_logged_model", made[0])
    say("finalize", lambda: client.finalize_logged_model(at, "READY"))
    say("tags", lambda: client.set_logged_model_tags(at, {"x": "y", "z": "1"}))
    say("delete tag", lambda: client.delete_logged_model_tag(at, "x"))
    say("delete tag again", lambda: client.delete_logged_model_tag(at, "x"))
    say("params", lambda: client.log_model_params(at, {"more": "1"}))
    (tour.folder / "weights.txt").write_text("1 2 3")
    (tour.folder / "several").mkdir(exist_ok=True)
    (tour.folder / "several/a.txt").write_text("a")
    say("artifact", lambda: client.log_model_artifact(at, str(tour.folder / "weights.txt")))
    say("artifacts", lambda: client.log_model_artifacts(at, str(tour.folder / "several")))
    say("list", lambda: sorted(f.path for f in client.list_logged_model_artifacts(at)))
    say("download", lambda: sorted(p.name for p in __import__("pathlib").Path(mlflow.artifacts.download_artifacts(f"models:/{at}")).iterdir()))
    say("get", lambda: client.get_logged_model(at))
    say("outputs", lambda: client.log_outputs(run.info.run_id, [LoggedModelOutput(at, 3)]))
    say("inputs", lambda: client.log_inputs(run.info.run_id, models=[LoggedModelInput(at)]))
    say("run", lambda: [client.get_run(run.info.run_id).outputs, client.get_run(run.info.run_id).inputs])
    names = lambda **n: [[m.name, m.params["depth"]] for m in client.search_logged_models([experiment], **n)]  # noqa: E731
    say("search", lambda: names(filter_string="name = 'm1'", order_by=[{"field_name": "creation_timestamp", "ascending": True}]))
    say("search by metric", lambda: names(filter_string="metrics.acc >= 0.2", order_by=[{"field_name": "metrics.acc", "ascending": False}]))
    say("search by param", lambda: names(filter_string="params.depth = '3'"))
    say("search by dataset", lambda: names(datasets=[{"dataset_name": "d"}], filter_string="metrics.acc < 0.2", order_by=[{"field_name": "metrics.acc"}]))
    page = client.search_logged_models([experiment], max_results=2)
    say("page", [len(page), page.token is not None])
    say("next page", lambda: len(client.search_logged_models([experiment], max_results=4, page_token=None)))
    say("fluent", lambda: len(mlflow.search_logged_models([experiment], output_format="list")))
    say("bad filter", lambda: names(filter_string="nothing = 'x'"))
    say("delete", lambda: client.delete_logged_model(made[4].model_id))
    say("deleted", lambda: client.get_logged_model(made[4].model_id))
    say("external", lambda: mlflow.create_external_model(name="outside", params={"a": "b"}).status)
    with mlflow.start_run(run_name="initialized"):
        model = mlflow.initialize_logged_model(name="begun")
        mlflow.log_metric("m", 1.0, model_id=model.model_id)
        mlflow.finalize_logged_model(model.model_id, "FAILED")
    say("failed", lambda: mlflow.get_logged_model(model.model_id))
    say("metric of a model", lambda: [m.value for m in mlflow.get_logged_model(model.model_id).metrics or []])
    say("Metric", Metric("a", 1.0, 2, 3).key)


PARTS = [log_models, python_model, autolog, logged_models]
