import Formats

extension RegistryGenerator {
  /// What versions are made from: two runs of experiments whose artifacts the server keeps (`R0`, `R2`), one of an
  /// experiment with a folder of its own (`R1`), and logged models of each.
  static let sources = [
    "runs:/{{R0}}/model", "runs:/{{R2}}/model", "runs:/", "runs:/{{R0}}", "runs:/nobody/x",
    "runs://host/{{R0}}/m", "runs:/{{R0}}/../x", "runs:{{R0}}/m", "RUNS:/{{R0}}/m",
    "mlflow-artifacts:/0/{{R0}}/artifacts/model", "mlflow-artifacts:/0/{{R0}}/artifacts",
    "mlflow-artifacts:/0/{{R2}}/artifacts/m", "mlflow-artifacts:/0/{{R0}}/artifacts/../../x",
    "mlflow-artifacts:/0/{{R0}}/artifacts/%2e%2e/%2e%2e/x",
    "mlflow-artifacts:/0/{{R0}}/artifacts/%252e%252e/x", "mlflow-artifacts:/0/{{R0}}/x",
    "mlflow-artifacts:/", "mlflow-artifacts://host:80/0/{{R0}}/artifacts/m",
    "mlflow-artifacts:/0/models/{{M0}}/artifacts", "mlflow-artifacts:/0/models/{{M0}}/artifacts/a",
    "mlflow-artifacts:/0/models/{{M1}}/artifacts", "/data/art/{{R1}}/artifacts/model",
    "/data/art/{{R1}}/artifacts", "/data/art/{{R1}}/other", "/data/art/models/{{M2}}/artifacts",
    "file:///data/art/{{R1}}/artifacts/m", "file:/data/art/{{R1}}/artifacts/m", "/etc/passwd",
    "file:///etc/passwd", "relative/path", "./x", "model", "//proc/self/root", "C:\\x\\y",
    "s3://bucket/model", "s3://bucket/a/../b", "s3:/bucket/x", "s3://bucket", "gs://b/k/",
    "s3://b/%2e%2e/x", "S3://b//k", "dbfs:/x/y", "s3:x", "http://h/x", "https://h/x?y#z",
    "https://h/api/2.0/mlflow-artifacts/artifacts/x", "ftp://h/x", "sftp://h/x", "hdfs://h/x",
    "models:/{{M0}}", "models:/{{M1}}", "models:/{{M2}}", "models:/m-nobody", "models:/alpha/1",
    "models:/beta/1", "models:/alpha/99", "models:/alpha@champion", "models:/alpha@nobody",
    "models:/nobody/1", "models:/alpha/nostage", "models:/alpha/Archived", "models:/a.b/latest",
    "models://host/alpha/1", "models:/", "models:x", "models:/a/b/c", "models:/alpha/",
    "models:/@x",
  ]

  /// A version whose source fits in half of the cases.
  mutating func createVersion() -> RegistryStep {
    var body: [JSONValue.Member] = [.init("name", .string(model()))]
    if chance(2) {
      let (source, field, id) = pick([
        ("runs:/{{R0}}/model", "run_id", "{{R0}}"),
        ("mlflow-artifacts:/0/{{R2}}/artifacts/m", "run_id", "{{R2}}"),
        ("/data/art/{{R1}}/artifacts/model", "run_id", "{{R1}}"),
        ("models:/{{M0}}", "model_id", "{{M0}}"), ("models:/{{M2}}", "model_id", "{{M2}}"),
        ("mlflow-artifacts:/0/models/{{M1}}/artifacts", "model_id", "{{M1}}"),
        ("/data/art/models/{{M2}}/artifacts", "model_id", "{{M2}}"),
        ("s3://bucket/model", "run_id", "{{R0}}"), ("s3://bucket/model", "model_id", "{{M0}}"),
      ])
      body += [.init("source", .string(source)), .init(field, .string(id))]
    } else {
      body.append(.init("source", .string(pick(Self.sources))))
      if chance(2) {
        body.append(.init("run_id", .string(pick(["{{R0}}", "{{R1}}", "{{R2}}", "", "nobody"]))))
      }
      if chance(3) {
        body.append(.init("model_id", .string(pick(["{{M0}}", "{{M1}}", "{{M2}}", "", "m-no"]))))
      }
    }
    if chance(2) { body.append(.init("tags", tags())) }
    if chance(4) { body.append(.init("description", .string(pick(Self.values)))) }
    if chance(6) { body.append(.init("run_link", "http://somewhere/run")) }
    return .post("model-versions/create", .object(body))
  }

  /// The experiments, runs and logged models that versions are made from.
  static let setUp: [RegistryStep] = [
    .post(
      "experiments/create", ["name": "own folder", "artifact_location": "/data/art"],
      save: ["E1", "experiment_id"]),
    run("0", "R0"), run("{{E1}}", "R1"), run("0", "R2"), logged("0", "M0", "first", "{{R0}}"),
    logged("0", "M1", "second", ""), logged("{{E1}}", "M2", "first", "{{R1}}"),
  ]

  private static func run(_ experiment: String, _ name: String) -> RegistryStep {
    .post(
      "runs/create",
      ["experiment_id": .string(experiment), "run_name": .string(name), "start_time": 5],
      save: [name, "run", "info", "run_id"])
  }

  static func logged(
    _ experiment: String, _ id: String, _ name: String, _ run: String
  ) -> RegistryStep {
    .post(
      "logged-models",
      [
        "experiment_id": .string(experiment), "name": .string(name),
        "source_run_id": .string(run),
      ], save: [id, "model", "info", "model_id"])
  }
}
