"""The model registry: models, versions, stages, aliases, tags."""

import mlflow


def registry(tour):
    client, say = tour.client, tour.say
    name = f"{tour.prefix}-model"
    run = client.create_run(client.create_experiment(f"{tour.prefix} registry"), run_name="source")
    source = f"{run.info.artifact_uri}/model"
    say("create", lambda: client.create_registered_model(name, tags={"a": "b"}, description="words"))
    say("create again", lambda: client.create_registered_model(name))
    say("bad name", lambda: client.create_registered_model("a/b"))
    for index in range(4):
        say("version", lambda: client.create_model_version(name, source, run.info.run_id, tags={"n": str(index)}, description=f"v {index}"))
    say("bad source", lambda: client.create_model_version(name, "/etc/passwd", run.info.run_id))
    say("of none", lambda: client.create_model_version("none", source, run.info.run_id))
    say("get", lambda: client.get_registered_model(name))
    say("get version", lambda: client.get_model_version(name, "2"))
    say("get no version", lambda: client.get_model_version(name, "77"))
    say("get bad version", lambda: client.get_model_version(name, "x"))
    say("update", lambda: client.update_registered_model(name, "other words"))
    say("update version", lambda: client.update_model_version(name, "2", "better"))
    say("stages", lambda: client.get_model_version_stages(name, "2"))
    say("download uri", lambda: client.get_model_version_download_uri(name, "2"))
    say("tag", lambda: client.set_registered_model_tag(name, "t", "1"))
    say("untag", lambda: client.delete_registered_model_tag(name, "a"))
    say("tag version", lambda: client.set_model_version_tag(name, "2", "t", "1"))
    say("untag version", lambda: client.delete_model_version_tag(name, "2", "n"))
    for version, stage in [("1", "Staging"), ("2", "Production"), ("3", "Production"), ("4", "Archived"), ("1", "Nowhere")]:
        say(f"stage {stage}", lambda: client.transition_model_version_stage(name, version, stage, archive_existing_versions=version == "3"))
    say("latest", lambda: [[v.version, v.current_stage] for v in sorted(client.get_latest_versions(name), key=lambda v: v.version)])
    say("latest of", lambda: [v.version for v in client.get_latest_versions(name, ["Production"])])
    say("alias", lambda: client.set_registered_model_alias(name, "champion", "2"))
    say("moved", lambda: [client.set_registered_model_alias(name, "champion", "3"), client.get_model_version_by_alias(name, "champion").version])
    say("reserved", lambda: client.set_registered_model_alias(name, "v1", "2"))
    say("no alias", lambda: client.get_model_version_by_alias(name, "none"))
    say("aliases", lambda: client.get_registered_model(name).aliases)
    say("unalias", lambda: client.delete_registered_model_alias(name, "champion"))
    say("search versions", lambda: [[v.name, v.version, v.tags] for v in client.search_model_versions(f"name = '{name}'")])
    say("search by run", lambda: [v.version for v in client.search_model_versions(f"run_id = '{run.info.run_id}'", order_by=["version_number ASC"])])
    say("search by tag", lambda: [v.version for v in mlflow.search_model_versions(filter_string=f"name = '{name}' AND tags.n = '3'")])
    for index in range(5):
        client.create_registered_model(f"{name}-{index}", tags={"n": str(index % 2)})
    like = f"name LIKE '{name}-%'"
    say("search models", lambda: [m.name for m in client.search_registered_models(like, order_by=["name DESC"])])
    say("search models by tag", lambda: [m.name for m in mlflow.search_registered_models(filter_string=f"{like} AND tags.n = '1'")])
    page = client.search_registered_models(like, max_results=2)
    say("page", [[m.name for m in page], page.token is not None])
    say("next page", lambda: [m.name for m in client.search_registered_models(like, max_results=2, page_token=page.token)])
    say("bad filter", lambda: client.search_registered_models("nothing = 'x'"))
    say("copy", lambda: client.copy_model_version(f"models:/{name}/2", f"{tour.prefix}-copy"))
    say("register", lambda: mlflow.register_model(f"runs:/{run.info.run_id}/model", f"{tour.prefix}-registered", tags={"x": "y"}))
    say("rename", lambda: client.rename_registered_model(name, f"{name}-renamed"))
    say("renamed", lambda: [[v.name, v.version] for v in client.search_model_versions(f"name = '{name}-renamed'")])
    say("delete version", lambda: client.delete_model_version(f"{name}-renamed", "4"))
    say("number after", lambda: client.create_model_version(f"{name}-renamed", source, run.info.run_id).version)
    say("delete", lambda: client.delete_registered_model(f"{name}-renamed"))
    say("deleted", lambda: client.get_registered_model(f"{name}-renamed"))
    say("delete none", lambda: client.delete_registered_model("none"))


PARTS = [registry]
