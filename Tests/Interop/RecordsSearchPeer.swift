/// The program that answers searches with MLflow's own store, for the peers' Python.
enum RecordsSearchPeer {
  static let script = #"""
    """Answers searches with MLflow's own SQL store: reads runs and searches as JSON, writes the run ids found.

    usage: python records_search_peer.py REQUEST.json ANSWER.json FOLDER
    """

    import json
    import logging
    import math
    import sys
    import warnings

    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)

    from mlflow.entities import Dataset, DatasetInput, InputTag, Metric, Param, RunTag, ViewType
    from mlflow.store.tracking.dbmodels.models import SqlRun
    from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore

    VIEWS = {"active": ViewType.ACTIVE_ONLY, "deleted": ViewType.DELETED_ONLY, "all": ViewType.ALL}
    SPECIAL = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


    def number(value):
        return SPECIAL[value] if isinstance(value, str) else float(value)


    def load(store, request):
        for name in request["experiments"]:
            store.create_experiment(name)
        for run in request["runs"]:
            with store.ManagedSessionMaker(read_only=False) as session:
                session.add(
                    SqlRun(
                        run_uuid=run["id"], name=run["name"], experiment_id=run["experiment"],
                        user_id=run["user"], status=run["status"], start_time=run["start"],
                        end_time=run["end"], artifact_uri=run["artifact_uri"], lifecycle_stage="active",
                        source_type="UNKNOWN", source_name="", entry_point_name="", source_version="",
                    )
                )
            tags = [RunTag(k, v) for k, v in run["tags"]]
            params = [Param(k, v) for k, v in run["params"]]
            metrics = [Metric(k, number(v), t, s) for k, v, t, s in run["metrics"]]
            store.log_batch(run["id"], metrics, params, tags)
            inputs = [
                DatasetInput(Dataset(n, d, "local", "here"), [InputTag(k, v) for k, v in t])
                for n, d, t in run["datasets"]
            ]
            if inputs:
                store.log_inputs(run["id"], inputs)
            if run["deleted"]:
                store.delete_run(run["id"])


    def answer(store, search):
        try:
            runs = store.search_runs(
                [str(e) for e in search["experiments"]], search["filter"], VIEWS[search["view"]],
                search["limit"], search["order"],
            )
            return {"ids": [r.info.run_id for r in runs], "error": None}
        except Exception as error:
            return {"ids": None, "error": f"{type(error).__name__}: {error}"[:300]}


    request = json.load(open(sys.argv[1]))
    store = SqlAlchemyStore(f"sqlite:///{sys.argv[3]}/mlflow.db", f"{sys.argv[3]}/artifacts")
    load(store, request)
    json.dump([answer(store, s) for s in request["searches"]], open(sys.argv[2], "w"))

    """#
}
