/// The program that does operations on MLflow's own store, for the peers' Python: it reads `request.json`, a list of
/// operations, and leaves what each gave: `{"ok": …}` or `{"code": …, "message": …}`.
///
/// Runs and logged models are called by labels, which stand for their ids in the answers too.
enum RecordsOperationsPeer {
  static let script = #"""
    import json
    import logging
    import math
    import warnings

    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)

    from mlflow.entities import (
        Dataset, DatasetInput, ExperimentTag, InputTag, LoggedModelInput, LoggedModelOutput, Metric, Param,
        RunStatus, RunTag, ViewType,
    )
    from mlflow.exceptions import MlflowException
    from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore

    VIEWS = {"active": ViewType.ACTIVE_ONLY, "deleted": ViewType.DELETED_ONLY, "all": ViewType.ALL}
    SPECIAL = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}
    store = SqlAlchemyStore(f"sqlite:///{folder}/mlflow.db", f"{folder}/artifacts")
    runs = {}
    models = {}


    def number(value):
        return SPECIAL[value] if isinstance(value, str) else float(value)


    def run(op):
        return runs.get(op["run"], op["run"])


    def tags(op, kind):
        return [kind(k, v) for k, v in op.get("tags", [])]


    def metric(m, link=None):
        link = link or {}
        return Metric(
            m[0], number(m[1]), m[2], m[3], model_id=models.get(link.get("model")),
            dataset_name=link.get("dataset_name"), dataset_digest=link.get("dataset_digest"),
        )


    def shown(m):
        value = m.value
        if math.isnan(value):
            value = "NaN"
        elif abs(value) > 1.7e308:
            value = "Infinity" if value > 0 else "-Infinity"
        return [m.key, value, m.timestamp, m.step]


    def label(table, id):
        return next((k for k, v in table.items() if v == id), id)


    def dataset(d):
        return DatasetInput(
            Dataset(d["name"], d["digest"], "local", d.get("source", "here"), d.get("schema"), d.get("profile")),
            [InputTag(k, v) for k, v in d.get("tags", [])],
        )


    def shown_run(r):
        inputs = [
            [i.dataset.name, i.dataset.digest, i.dataset.source, sorted([t.key, t.value] for t in i.tags)]
            for i in r.inputs.dataset_inputs
        ]
        return {
            "name": r.info.run_name, "status": r.info.status, "end": r.info.end_time,
            "stage": r.info.lifecycle_stage,
            "tags": sorted([k, v] for k, v in r.data.tags.items()),
            "params": sorted([k, v] for k, v in r.data.params.items()),
            "metrics": sorted(shown(m) for m in r.data._metric_objs),
            "datasets": sorted(inputs),
            "model_inputs": sorted(label(models, m.model_id) for m in r.inputs.model_inputs or []),
            "model_outputs": sorted([label(models, m.model_id), m.step] for m in r.outputs.model_outputs),
        }


    def shown_experiment(e):
        return {
            "id": e.experiment_id, "name": e.name, "stage": e.lifecycle_stage,
            "tags": sorted([k, v] for k, v in e.tags.items()),
        }


    def perform(op):
        what = op["op"]
        if what == "create_experiment":
            return store.create_experiment(op["name"], tags=tags(op, ExperimentTag))
        if what == "get_experiment":
            return shown_experiment(store.get_experiment(op["id"]))
        if what == "rename_experiment":
            store.rename_experiment(op["id"], op["name"])
        elif what == "delete_experiment":
            store.delete_experiment(op["id"])
        elif what == "restore_experiment":
            store.restore_experiment(op["id"])
        elif what == "set_experiment_tag":
            store.set_experiment_tag(op["id"], ExperimentTag(op["key"], op["value"]))
        elif what == "delete_experiment_tag":
            store.delete_experiment_tag(op["id"], op["key"])
        elif what == "search_experiments":
            found = store.search_experiments(
                VIEWS[op["view"]], op["limit"], op["filter"], op["order"],
            )
            return [e.experiment_id for e in found]
        elif what == "create_run":
            made = store.create_run(op["experiment"], "ada", 1000, tags(op, RunTag), op.get("name"))
            runs[op["run"]] = made.info.run_id
            return sorted([k, v] for k, v in made.data.tags.items())
        elif what == "create_model":
            models[op["model"]] = store.create_logged_model(op["experiment"], op["model"]).model_id
        elif what == "get_model_metrics":
            found = store.get_logged_model(models[op["model"]])
            return sorted(
                shown(m) + [m.dataset_name or "", m.dataset_digest or "", label(runs, m.run_id)]
                for m in found.metrics or []
            )
        elif what == "get_run":
            return shown_run(store.get_run(run(op)))
        elif what == "update_run":
            status = RunStatus.from_string(op["status"]) if op.get("status") else None
            info = store.update_run_info(run(op), status, op.get("end"), op.get("name"))
            return [info.run_name, info.status, info.end_time]
        elif what == "delete_run":
            store.delete_run(run(op))
        elif what == "restore_run":
            store.restore_run(run(op))
        elif what == "log_metric":
            store.log_metric(run(op), metric(op["metric"], op.get("link")))
        elif what == "log_param":
            store.log_param(run(op), Param(op["key"], op["value"]))
        elif what == "set_tag":
            store.set_tag(run(op), RunTag(op["key"], op["value"]))
        elif what == "delete_tag":
            store.delete_tag(run(op), op["key"])
        elif what == "log_batch":
            links = op.get("links", [])
            store.log_batch(
                run(op),
                [metric(m, links[i] if i < len(links) else None) for i, m in enumerate(op.get("metrics", []))],
                [Param(k, v) for k, v in op.get("params", [])],
                tags(op, RunTag),
            )
        elif what == "log_inputs":
            store.log_inputs(
                run(op), [dataset(d) for d in op.get("datasets", [])],
                [LoggedModelInput(models[m]) for m in op.get("models", [])],
            )
        elif what == "log_outputs":
            store.log_outputs(run(op), [LoggedModelOutput(models[m], s) for m, s in op["models"]])
        elif what == "summaries":
            found = store._search_datasets(op["experiments"])
            return sorted([s.experiment_id, s.name, s.digest, s.context or ""] for s in found)
        elif what == "history":
            page = store.get_metric_history(run(op), op["key"], op.get("limit"))
            return [[shown(m) for m in page], page.token is not None]
        elif what == "interval":
            found = store.get_metric_history_bulk_interval(
                [runs.get(r, r) for r in op["runs"]], op["key"], op["limit"], op.get("start"), op.get("end"),
            )
            return [[label(runs, m.run_id)] + shown(m) for m in found]
        else:
            raise KeyError(what)


    def answer(op):
        try:
            return {"ok": perform(op)}
        except MlflowException as error:
            message = error.message
            for name, id in list(runs.items()) + list(models.items()):
                message = message.replace(id, name)
            return {"code": error.error_code, "message": message[:2000]}


    json.dump([answer(op) for op in json.load(open("request.json"))], open("result.json", "w"))

    """#
}
