"""Experiments, runs, params, metrics, tags, datasets, and searches."""

import math

import mlflow
from mlflow.entities import DatasetInput, InputTag, Metric, Param, RunTag, ViewType

T = 1_700_000_000_000


def experiments(tour):
    client, say, prefix = tour.client, tour.say, tour.prefix
    made = client.create_experiment(f"{prefix} a", tags={"team": "blue"})
    say("get_experiment", lambda: client.get_experiment(made))
    say("get_experiment_by_name", lambda: client.get_experiment_by_name(f"{prefix} a"))
    say("no such name", lambda: client.get_experiment_by_name(f"{prefix} none"))
    say("no such id", lambda: client.get_experiment("987654"))
    say("made twice", lambda: client.create_experiment(f"{prefix} a"))
    say("a place of its own", lambda: client.get_experiment(client.create_experiment(f"{prefix} b", artifact_location="s3://bucket/x")))
    say("rename", lambda: client.rename_experiment(made, f"{prefix} c"))
    say("tag", lambda: client.set_experiment_tag(made, "t", "데이터"))
    if tour.major > 2:
        say("delete tag", lambda: client.delete_experiment_tag(made, "team"))
    say("tagged", lambda: client.get_experiment(made))
    say("delete", lambda: client.delete_experiment(made))
    say("deleted", lambda: client.get_experiment(made))
    say("write to deleted", lambda: client.create_run(made))
    say("set deleted", lambda: mlflow.set_experiment(f"{prefix} c"))
    say("restore", lambda: client.restore_experiment(made))
    say("fluent", lambda: mlflow.get_experiment(mlflow.create_experiment(f"{prefix} fluent", tags={"a": "b"})))
    say("fluent delete", lambda: mlflow.delete_experiment(mlflow.get_experiment_by_name(f"{prefix} fluent").experiment_id))
    for index in range(5):
        client.create_experiment(f"{prefix} page {index}", tags={"n": str(index % 2)})
    named = f"name LIKE '{prefix} page %'"
    say("search", lambda: [e.name for e in client.search_experiments(filter_string=named, order_by=["name"])])
    say("search by tag", lambda: [e.name for e in mlflow.search_experiments(filter_string=f"{named} AND tags.n = '1'", order_by=["name DESC"])])
    say("search deleted", lambda: [e.name for e in client.search_experiments(view_type=ViewType.DELETED_ONLY, filter_string=f"name LIKE '{prefix}%'")])
    token = None
    for _ in range(3):
        page = client.search_experiments(max_results=2, filter_string=named, order_by=["experiment_id"], page_token=token)
        token = page.token
        say("page of experiments", [[e.name for e in page], token is not None])
    say("bad filter", lambda: client.search_experiments(filter_string="nothing = 'x'"))
    say("bad page", lambda: client.search_experiments(page_token="?"))


def runs(tour):
    client, say = tour.client, tour.say
    experiment = mlflow.get_experiment_by_name(f"{tour.prefix} tour").experiment_id
    run = client.create_run(experiment, start_time=T, tags={"a": "b"}, run_name="first")
    say("create_run", run)
    at = run.info.run_id
    say("log_param", lambda: client.log_param(at, "depth", 3))
    say("log_param again", lambda: client.log_param(at, "depth", 3))
    say("log_param changed", lambda: client.log_param(at, "depth", 4))
    say("log_param long", lambda: client.log_param(at, "long", "x" * 7000))
    say("log_param bad", lambda: client.log_param(at, "a//b", 4))
    for value in [1.5, math.nan, math.inf, -math.inf, 1e-300]:
        say("log_metric", lambda: client.log_metric(at, f"m {value}", value, timestamp=T, step=2))
    say("log_metric bad", lambda: client.log_metric(at, "m", "x"))
    say("history", lambda: client.get_metric_history(at, "m 1.5"))
    say("history of none", lambda: client.get_metric_history(at, "none"))
    metrics = [Metric("curve", i / 7, T + i, i) for i in range(2500)]
    params = [Param(f"p{i}", str(i)) for i in range(150)]
    tags = [RunTag(f"t{i}", str(i)) for i in range(120)]
    say("log_batch", lambda: client.log_batch(at, metrics, params, tags))
    say("long history", lambda: [len(client.get_metric_history(at, "curve")), client.get_metric_history(at, "curve")[-1]])
    say("set_tag", lambda: client.set_tag(at, "한글", "데이터 🎉"))
    say("delete_tag", lambda: client.delete_tag(at, "t1"))
    say("delete_tag again", lambda: client.delete_tag(at, "t1"))
    say("update_run", lambda: client.update_run(at, status="FAILED", name="renamed"))
    say("get_run", lambda: client.get_run(at))
    say("set_terminated", lambda: client.set_terminated(at, "FINISHED", end_time=T + 5000))
    say("ended", lambda: client.get_run(at).info)
    say("delete_run", lambda: client.delete_run(at))
    say("log to deleted", lambda: client.log_metric(at, "m", 1))
    say("restore_run", lambda: client.restore_run(at))
    say("restored", lambda: client.get_run(at).info.lifecycle_stage)
    say("no such run", lambda: client.get_run("0" * 32))
    say("bad run id", lambda: client.get_run("../x"))
    say("log to none", lambda: client.log_param("0" * 32, "a", "b"))
    child = client.create_run(experiment, tags={"mlflow.parentRunId": at}, start_time=T + 1)
    say("get_parent_run", lambda: client.get_parent_run(child.info.run_id).info.run_name)
    say("log_param asynchronous", lambda: client.log_param(at, "later", "x", synchronous=False).wait())
    say("log_metric asynchronous", lambda: client.log_metric(at, "later", 1.0, timestamp=T, synchronous=False).wait())
    say("log_batch asynchronous", lambda: client.log_batch(at, [Metric("later", 2.0, T, 1)], synchronous=False).wait())
    say("set_tag asynchronous", lambda: client.set_tag(at, "later", "x", synchronous=False).wait())
    say("after all", lambda: [client.get_run(at).data.metrics["later"], client.get_run(at).data.tags["later"]])


def fluent(tour):
    say = tour.say
    mlflow.set_experiment(f"{tour.prefix} tour")
    with mlflow.start_run(run_name="outer", tags={"k": "v"}, description="words") as outer:
        mlflow.log_param("a", 1)
        mlflow.log_params({f"b{i}": i for i in range(120)})
        mlflow.log_metric("loss", 0.5, step=1)
        mlflow.log_metrics({"x": 1.0, "y": float("nan")}, step=3)
        mlflow.set_tag("one", "1")
        mlflow.set_tags({"two": "2", "three": "3"})
        mlflow.delete_tag("two")
        with mlflow.start_run(nested=True, run_name="inner") as inner:
            for step in range(30):
                mlflow.log_metric("loss", 1 / (step + 1), step=step, synchronous=False)
            mlflow.log_params({"c": 1}, synchronous=False).wait()
            mlflow.flush_async_logging()
        say("parent", lambda: mlflow.get_parent_run(inner.info.run_id).info.run_name)
    say("outer", lambda: [mlflow.get_run(outer.info.run_id).data.params, mlflow.get_run(outer.info.run_id).data.metrics, mlflow.get_run(outer.info.run_id).info])
    say("inner", lambda: mlflow.get_run(inner.info.run_id).data.metrics)
    say("inner's points", lambda: len(tour.client.get_metric_history(inner.info.run_id, "loss")))
    say("last", lambda: mlflow.last_active_run().info.run_name)
    with mlflow.start_run(run_id=outer.info.run_id):
        mlflow.log_metric("again", 1)
    say("went on", lambda: mlflow.get_run(outer.info.run_id).data.metrics["again"])
    try:
        with mlflow.start_run(run_name="fails"):
            raise ValueError("on purpose")
    except ValueError:
        say("failed", lambda: mlflow.last_active_run().info.status)
    mlflow.delete_run(inner.info.run_id)
    say("deleted", lambda: mlflow.get_run(inner.info.run_id).info.lifecycle_stage)


def datasets(tour):
    import pandas as pd

    say = tour.say
    frame = pd.DataFrame({"a": [1, 2, 3], "b": [0.5, None, 1.5], "c": ["x", "y", "z"]})
    data = mlflow.data.from_pandas(frame, source="https://example.org/a.csv", name="letters", targets="b")
    with mlflow.start_run(run_name="fed") as run:
        mlflow.log_input(data, context="training", tags={"part": "one"})
        mlflow.log_input(data, context="validation")
    say("inputs", lambda: mlflow.get_run(run.info.run_id).inputs)
    entity = data._to_mlflow_entity()
    say("log_inputs", lambda: tour.client.log_inputs(run.info.run_id, [DatasetInput(entity, [InputTag("mlflow.data.context", "test")])]))
    found = lambda f: [r.info.run_name for r in mlflow.search_runs(filter_string=f, output_format="list")]  # noqa: E731
    say("by dataset", lambda: found("dataset.name = 'letters'"))
    say("by context", lambda: found("dataset.context = 'training'"))
    source = mlflow.get_run(run.info.run_id).inputs.dataset_inputs[0]
    say("source", lambda: type(mlflow.data.get_source(source)).__name__)


def searches(tour):
    client, say = tour.client, tour.say
    experiment = client.create_experiment(f"{tour.prefix} searched")
    for index in range(25):
        run = client.create_run(experiment, start_time=T + index, run_name=f"run {index}", tags={"parity": str(index % 2)})
        metrics = [Metric("loss", (index * 7 % 25) / 10, T, 0)] if index % 5 else [Metric("loss", math.nan, T, 0)]
        client.log_batch(run.info.run_id, metrics, [Param("depth", str(index % 4))])
        if index % 3 == 0:
            client.set_terminated(run.info.run_id, end_time=T + 100 + index)
    names = lambda **n: [r.info.run_name for r in client.search_runs([experiment], **n)]  # noqa: E731
    for text in ["", "metrics.loss < 1", "metrics.loss >= 1 and params.depth = '2'", "tags.parity = '1'", "params.depth LIKE '%3%'",
                 "attributes.status = 'FINISHED'", "run_name ILIKE 'RUN 1%'", "tags.none IS NULL", "start_time > 1700000000020",
                 "metrics.loss != 1", "params.depth IN ('1')", "metrics.loss = 'x'", "a OR b"]:
        say(f"search {text}", lambda: names(filter_string=text))
    for order in ["metrics.loss ASC", "metrics.loss DESC", "params.depth", "attributes.start_time ASC", "end_time DESC", "tags.parity", "none"]:
        say(f"order {order}", lambda: names(order_by=[order]))
    token, pages = None, []
    while True:
        page = client.search_runs([experiment], max_results=10, page_token=token, order_by=["start_time"])
        pages.append([r.info.run_name for r in page])
        token = page.token
        if not token:
            break
    say("pages", pages)
    say("frame", lambda: mlflow.search_runs([experiment], filter_string="metrics.loss < 0.5", order_by=["start_time"])[
        ["metrics.loss", "params.depth", "status", "tags.parity"]])
    say("views", lambda: [len(client.search_runs([experiment], run_view_type=v)) for v in [ViewType.ACTIVE_ONLY, ViewType.DELETED_ONLY, ViewType.ALL]])
    say("too many", lambda: client.search_runs([experiment], max_results=50_001))


PARTS = [experiments, runs, fluent, datasets, searches]
