"""Artifacts of runs: written, listed, downloaded and read back."""

import pathlib

import mlflow


def files(tour):
    client, say, folder = tour.client, tour.say, tour.folder
    source = folder / "source"
    (source / "deep/er").mkdir(parents=True)
    (source / "a.txt").write_text("words\n")
    (source / "deep/b c.json").write_text("{}")
    (source / "deep/er/데이터.csv").write_text("a,b\n1,2\n")
    (source / "empty").write_text("")
    (source / "large.bin").write_bytes(bytes(range(256)) * 12_000)
    with mlflow.start_run(run_name="files") as run:
        at = run.info.run_id
        mlflow.log_artifact(str(source / "a.txt"))
        mlflow.log_artifact(str(source / "a.txt"), artifact_path="under/neath")
        mlflow.log_artifacts(str(source), artifact_path="all")
        mlflow.log_text("text\n", "notes/text.md")
        mlflow.log_text("<b>x</b>", "page.html")
        mlflow.log_dict({"a": [1, 2]}, "made.json")
        mlflow.log_dict({"a": [1, 2]}, "made.yaml")
        say("uri", lambda: mlflow.get_artifact_uri("made.json"))
        client.log_text(at, "more", "more%20text.txt")
        client.log_dict(at, {"b": 1}, "한글.json")
        client.log_artifact(at, str(source / "empty"), "under")
        client.log_artifacts(at, str(source / "deep"))
    for path in [None, "all", "all/deep", "none", "a.txt", "under"]:
        say(f"list {path}", lambda: [[f.path, f.is_dir, f.file_size] for f in client.list_artifacts(at, path)])
    say("list bad", lambda: client.list_artifacts(at, "../.."))
    target = folder / "down"
    target.mkdir()
    say("download folder", lambda: tree(client.download_artifacts(at, "all", str(target))))
    say("download file", lambda: pathlib.Path(client.download_artifacts(at, "all/deep/b c.json")).read_text())
    say("download everything", lambda: tree(mlflow.artifacts.download_artifacts(run_id=at)))
    say("download none", lambda: client.download_artifacts(at, "none.txt"))
    say("artifacts.list", lambda: [f.path for f in mlflow.artifacts.list_artifacts(run_id=at, artifact_path="all")])
    say("load_text", lambda: mlflow.artifacts.load_text(f"runs:/{at}/notes/text.md"))
    say("load_dict", lambda: mlflow.artifacts.load_dict(f"{run.info.artifact_uri}/made.json"))
    say("overwritten", lambda: [client.log_text(at, "new", "page.html"), mlflow.artifacts.load_text(f"runs:/{at}/page.html")])
    repository = mlflow.store.artifact.artifact_repository_registry.get_artifact_repository(run.info.artifact_uri)
    say("delete", lambda: [repository.delete_artifacts("all"), [f.path for f in client.list_artifacts(at)]])
    say("size", lambda: len(pathlib.Path(client.download_artifacts(at, "under/neath/a.txt")).read_bytes()))


def tree(folder):
    base = pathlib.Path(folder)
    return sorted([str(p.relative_to(base)), p.stat().st_size] for p in base.rglob("*") if p.is_file())


def media(tour):
    import matplotlib.pyplot as plt
    import numpy as np
    import pandas as pd
    from PIL import Image

    client, say = tour.client, tour.say
    with mlflow.start_run(run_name="media") as run:
        at = run.info.run_id
        figure, axes = plt.subplots()
        axes.plot([0, 1], [1, 0])
        mlflow.log_figure(figure, "figure.png")
        client.log_figure(at, figure, "figure.svg")
        mlflow.log_image(Image.new("RGB", (8, 8), "red"), "image.png")
        mlflow.log_image(np.zeros((8, 8, 3), dtype=np.uint8), key="dog", step=1, timestamp=5)
        mlflow.log_image(np.zeros((8, 8, 3), dtype=np.uint8), key="dog", step=2, timestamp=6, synchronous=True)
        mlflow.flush_artifact_async_logging()
        client.log_image(at, np.zeros((4, 4), dtype=np.uint8), "gray.png")
        mlflow.log_table({"a": [1, 2], "b": ["x", "y"]}, "table.json")
        mlflow.log_table(pd.DataFrame({"a": [3], "b": ["z"]}), "table.json")
        client.log_table(at, {"c": [1]}, "other.json")
    say("media", lambda: sorted(f.path for f in client.list_artifacts(at)))
    say("images", lambda: len(client.list_artifacts(at, "images")))
    say("load_image", lambda: mlflow.artifacts.load_image(f"runs:/{at}/image.png").size)
    say("load_table", lambda: mlflow.load_table("table.json", run_ids=[at]).to_dict("list"))
    say("client load_table", lambda: client.load_table(mlflow.get_run(at).info.experiment_id, "other.json", run_ids=[at])["c"].tolist())
    say("tables", lambda: mlflow.get_run(at).data.tags.get("mlflow.loggedArtifacts"))


def project(tour):
    folder = tour.folder / "project"
    folder.mkdir()
    (folder / "MLproject").write_text(
        "name: p\nentry_points:\n  main:\n    parameters:\n      alpha: {type: float, default: 0.5}\n"
        "    command: \"" + __import__("sys").executable + " -W ignore train.py {alpha}\"\n")
    (folder / "train.py").write_text(
        "import sys, mlflow\nwith mlflow.start_run():\n    mlflow.log_param('seen', sys.argv[1])\n    mlflow.log_metric('m', 2)\n")
    run = mlflow.projects.run(str(folder), parameters={"alpha": "0.25"}, env_manager="local", experiment_name=f"{tour.prefix} project")
    data = mlflow.get_run(run.run_id)
    tags = {k: v for k, v in data.data.tags.items() if "source" not in k and "user" not in k}
    tour.say("project", [data.data.params, data.data.metrics, data.info.status, tags])


PARTS = [files, media, project]
