"""What stands in the stores before a sequence begins."""

from shapes import DATASET, T, step


def made(name, method, path, fields, **more):
    return {**step(path, method, fields, **more), "name": f"world: {name}", "world": True}


def world(unique):
    """An experiment with runs, a logged model with a file, and a registered model with two versions."""
    experiment, model = f"e {unique}", f"n-{unique}"
    steps = [
        made("experiment", "POST", "experiments/create", {
            "name": experiment, "tags": [{"key": "team", "value": "blue"}],
        }, save={"e": ["experiment_id"]}),
        made("gone experiment", "POST", "experiments/create", {"name": f"gone {unique}"}, save={"gone_e": ["experiment_id"]}),
        made("gone experiment", "POST", "experiments/delete", {"experiment_id": "{{gone_e}}"}),
    ]
    for index, name in enumerate(["r", "r2", "gone"]):
        steps.append(made(f"run {name}", "POST", "runs/create", {
            "experiment_id": "{{e}}", "user_id": "ann", "run_name": f"run {index}", "start_time": T + index,
            "tags": [{"key": "team", "value": "blue"}],
        }, save={name: ["run", "info", "run_id"]}))
        steps.append(made(f"data of {name}", "POST", "runs/log-batch", {
            "run_id": "{{%s}}" % name,
            "metrics": [
                {"key": "loss", "value": (12 - i) / (2 + index), "timestamp": T + i // 2, "step": i} for i in range(12)
            ] + [{"key": "acc", "value": index / 4, "timestamp": T, "step": 0}],
            "params": [{"key": "depth", "value": str(3 + index)}, {"key": "name", "value": "Ä%_" + str(index)}],
            "tags": [{"key": "phase", "value": "one"}],
        }))
    steps += [
        made("inputs", "POST", "runs/log-inputs", {
            "run_id": "{{r}}", "datasets": [{
                "dataset": DATASET, "tags": [{"key": "mlflow.data.context", "value": "train"}],
            }],
        }),
        made("gone run", "POST", "runs/delete", {"run_id": "{{gone}}"}),
        made("logged model", "POST", "logged-models", {
            "experiment_id": "{{e}}", "name": "tree", "model_type": "agent", "source_run_id": "{{r}}",
            "params": [{"key": "depth", "value": "3"}], "tags": [{"key": "team", "value": "blue"}],
        }, save={"m": ["model", "info", "model_id"]}),
        made("registered model", "POST", "registered-models/create", {
            "name": model, "tags": [{"key": "team", "value": "blue"}], "description": "of the world",
        }),
        made("version", "POST", "model-versions/create", {
            "name": model, "source": "runs:/{{r}}/model", "run_id": "{{r}}", "tags": [{"key": "team", "value": "blue"}],
        }),
        made("version", "POST", "model-versions/create", {"name": model, "source": "models:/{{m}}", "model_id": "{{m}}"}),
        made("alias", "POST", "registered-models/alias", {"name": model, "alias": "champion", "version": "1"}),
        made("file", "PUT", "/api/2.0/mlflow-artifacts/artifacts/{{e}}/{{r}}/artifacts/folder/a.txt", {}, data="words\n"),
        made("file", "PUT", "/api/2.0/mlflow-artifacts/artifacts/{{e}}/{{r}}/artifacts/b.json", {}, data="{}"),
        made("file", "PUT", "/api/2.0/mlflow-artifacts/artifacts/{{e}}/models/{{m}}/artifacts/folder/MLmodel", {}, data="a: 1\n"),
    ]
    for made_step in steps:
        if "data" in made_step:
            made_step.pop("body", None)
    return steps, {"en": experiment, "n": model}


def look():
    """What a sequence left behind, seen from the world's things."""
    return [
        step("experiments/get", "GET", {"experiment_id": "{{e}}"}),
        step("runs/get", "GET", {"run_id": "{{r}}"}),
        step("runs/get", "GET", {"run_id": "{{gone}}"}),
        step("runs/search", "POST", {"experiment_ids": ["{{e}}"], "run_view_type": "ALL", "order_by": ["start_time ASC"]},
             unordered="runs"),
        step("registered-models/get", "GET", {"name": "{{n}}"}),
        step("logged-models/{{m}}", "GET", {}),
        step("model-versions/search", "GET", {"filter": "name = '{{n}}'"}),
        step("metrics/get-history", "GET", {"run_id": "{{r}}", "metric_key": "loss"}),
    ]
