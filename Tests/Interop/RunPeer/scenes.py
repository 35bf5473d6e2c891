"""Scripts of projects that log with MLflow's own client, each run by `mlflow run` and by `reprise run`."""

HEAD = "import os, signal, sys\nimport mlflow\nfrom mlflow import MlflowClient\n"

SCENES = {
    # The script resumes the run, and ends it itself.
    "plain": """
with mlflow.start_run() as run:
    assert run.info.run_id == os.environ.get("EXPECTED", run.info.run_id)
    mlflow.log_param("alpha", float(sys.argv[1]))
    mlflow.log_params({"layers": 3, "name": "a b", "empty": ""})
    for step in range(5):
        mlflow.log_metric("loss", 1 / (step + 1), step=step, timestamp=1000 + step)
    mlflow.log_metrics({"nan": float("nan"), "neg": -2.5}, timestamp=7)
    mlflow.set_tag("team", "ours")
    mlflow.set_tags({"a/b": "1", "note": "x" * 9000})
    mlflow.log_text("hello", "notes/hello.txt")
    mlflow.log_dict({"a": [1, 2]}, "conf.json")
""",
    # Nothing but a run that the script never opens.
    "fluent": """
mlflow.log_metric("seen", 1, timestamp=5)
mlflow.log_param("late", "yes")
""",
    "nested": """
with mlflow.start_run():
    for child in range(3):
        with mlflow.start_run(nested=True, run_name=f"fold-{child}"):
            mlflow.log_metric("score", child / 10, timestamp=child + 1)
            with mlflow.start_run(nested=True, run_name=f"inner-{child}"):
                mlflow.set_tag("depth", "2")
    mlflow.log_metric("mean", 0.1, timestamp=9)
""",
    "client": """
client = MlflowClient()
other = client.create_experiment("SCENE-side")
made = client.create_run(other, run_name="beside", tags={"k": "v"})
client.log_metric(made.info.run_id, "m", 3.5, timestamp=1, step=-2)
client.log_param(made.info.run_id, "p", "q")
client.set_terminated(made.info.run_id, "KILLED", end_time=99)
client.set_tag(os.environ["MLFLOW_RUN_ID"], "by", "client")
""",
    "set_experiment": """
mlflow.set_experiment("SCENE-elsewhere")
with mlflow.start_run():
    mlflow.log_metric("never", 1)
""",
    "after": """
with mlflow.start_run():
    mlflow.log_metric("first", 1, timestamp=1)
mlflow.set_experiment("SCENE-later")
with mlflow.start_run(run_name="second"):
    mlflow.log_metric("second", 2, timestamp=2)
""",
    "same_param": """
with mlflow.start_run():
    mlflow.log_param("alpha", sys.argv[1])
    mlflow.log_param("alpha", sys.argv[1])
""",
    "other_param": """
with mlflow.start_run():
    mlflow.log_param("alpha", "another")
""",
    "swallowed": """
with mlflow.start_run():
    try:
        mlflow.log_param("alpha", "another")
    except mlflow.exceptions.MlflowException as error:
        mlflow.set_tag("code", error.error_code)
""",
    "raises": """
with mlflow.start_run():
    mlflow.log_metric("before", 1, timestamp=1)
    raise ValueError("as meant")
""",
    "raises_outside": """
mlflow.start_run()
mlflow.log_metric("before", 1, timestamp=1)
raise ValueError("as meant")
""",
    "exit_code": """
with mlflow.start_run():
    mlflow.log_metric("before", 1, timestamp=1)
sys.exit(3)
""",
    "ends_failed": """
mlflow.start_run()
mlflow.end_run("FAILED")
""",
    "ends_killed": """
mlflow.start_run()
mlflow.end_run("KILLED")
sys.exit(1)
""",
    "restarts": """
run = os.environ["MLFLOW_RUN_ID"]
with mlflow.start_run():
    mlflow.log_metric("first", 1, timestamp=1)
with mlflow.start_run(run_id=run):
    mlflow.log_metric("second", 2, timestamp=2)
""",
    "sigkill": """
mlflow.start_run()
mlflow.log_metric("before", 1, timestamp=1)
os.kill(os.getpid(), signal.SIGKILL)
""",
    "grandchild": """
import subprocess
code = "import mlflow\\nwith mlflow.start_run():\\n mlflow.log_metric('deep', 4, timestamp=4)"
subprocess.run([sys.executable, "-c", code], check=True)
MlflowClient().set_tag(os.environ["MLFLOW_RUN_ID"], "from", "parent")
""",
    "forked": """
import multiprocessing
def work(number):
    MlflowClient().log_metric(os.environ["MLFLOW_RUN_ID"], "part", number, timestamp=number + 1, step=number)
with multiprocessing.get_context("fork").Pool(3) as pool:
    pool.map(work, range(6))
""",
    "async_logging": """
with mlflow.start_run():
    for step in range(50):
        mlflow.log_metric("fast", step, step=step, timestamp=step + 1, synchronous=False)
    mlflow.log_param("later", "1", synchronous=False)
""",
    "artifacts": """
os.makedirs("made/deep", exist_ok=True)
open("made/deep/one.txt", "w").write("one")
open("made/two.bin", "wb").write(bytes(range(256)) * 1000)
with mlflow.start_run():
    mlflow.log_artifacts("made", "all")
    mlflow.log_artifact("made/two.bin")
    names = sorted(f.path for f in MlflowClient().list_artifacts(mlflow.active_run().info.run_id, "all"))
    mlflow.set_tag("names", " ".join(names))
    back = mlflow.artifacts.download_artifacts(run_id=mlflow.active_run().info.run_id, artifact_path="two.bin")
    mlflow.set_tag("size", str(os.path.getsize(back)))
""",
    "search": """
with mlflow.start_run():
    with mlflow.start_run(nested=True, run_name="found"):
        mlflow.log_metric("acc", 0.9, timestamp=1)
    found = mlflow.search_runs(filter_string="metrics.acc > 0.5 and tags.mlflow.runName = 'found'", output_format="list")
    mlflow.set_tag("found", str(len(found)))
""",
    "dataset": """
import pandas
with mlflow.start_run():
    frame = pandas.DataFrame({"a": [1, 2], "b": [0.5, 1.5]})
    mlflow.log_input(mlflow.data.from_pandas(frame, name="frame"), context="training")
""",
    "autolog": """
from sklearn.linear_model import Ridge
mlflow.sklearn.autolog(log_datasets=False, silent=True)
with mlflow.start_run():
    Ridge(alpha=0.7, random_state=1).fit([[0.0], [1.0], [2.0]], [0.0, 1.0, 2.0])
""",
    "log_model": """
from sklearn.linear_model import LinearRegression
model = LinearRegression().fit([[0.0], [1.0]], [0.0, 1.0])
with mlflow.start_run() as run:
    info = mlflow.sklearn.log_model(model, name="model", registered_model_name="wine-SCENE",
        pip_requirements=["scikit-learn"])
loaded = mlflow.sklearn.load_model(info.model_uri)
client = MlflowClient()
client.set_registered_model_alias("wine-SCENE", "best", "1")
client.set_tag(run.info.run_id, "predicted", f"{loaded.predict([[2.0]])[0]:.3f}")
client.set_tag(run.info.run_id, "version", client.get_model_version_by_alias("wine-SCENE", "best").version)
client.set_tag(run.info.run_id, "again", f"{mlflow.sklearn.load_model('models:/wine-SCENE@best').predict([[4.0]])[0]:.3f}")
""",
    "projects_run": """
submitted = mlflow.projects.run(".", entry_point="inner", parameters={"beta": "2"}, env_manager="local")
MlflowClient().set_tag(os.environ["MLFLOW_RUN_ID"], "inner", submitted.get_status())
""",
}

INNER = HEAD + """
with mlflow.start_run():
    mlflow.log_metric("inner", 2, timestamp=2)
"""


def write(folder, name):
    """A project of one scene."""
    folder.mkdir(parents=True)
    (folder / "MLproject").write_text(
        "name: scenes\nentry_points:\n"
        "  main:\n    parameters:\n      alpha: {type: float, default: 0.5}\n"
        "    command: 'python -W ignore main.py {alpha}'\n"
        "  inner:\n    parameters:\n      beta: {type: float, default: 1}\n"
        "    command: 'python -W ignore inner.py'\n"
    )
    (folder / "main.py").write_text(HEAD + SCENES[name].replace("SCENE", name.replace("_", "-")))
    (folder / "inner.py").write_text(INNER)
