import Platform
import Projects
import SystemPackage

extension FuzzTarget {
  /// An MLproject, the arguments of its entry points, their commands, and URIs of projects.
  static let manifest = FuzzTarget(
    name: "manifest",
    seeds: [
      """
      name: wine
      python_env: python_env.yaml
      entry_points:
        train:
          parameters:
            alpha: {type: float, default: 0.5, min: 0, max: 1}
            kind: {choices: [a, b], default: a}
            quiet: {type: bool, flag: -q, default: no}
            depth: {type: int, required: false}
          command: "python train.py --alpha {alpha} --depth={depth} {kind!r:>10} {quiet}"
          inputs: [data.csv]
          outputs: [models/]
          timeout: 10m
          env: {A: 1}
      """,
      "entry_points: {a: {trainer: logistic, parameters: {target: y, l2: 0.1}}}\n",
      "docker_env: {image: x, volumes: [a:b], environment: [[A, b], C]}\nentry_points: {m: {command: x}}\n",
      "databricks_spark_job: {python_file: a.py, parameters: [1]}\n",
    ],
    words: [
      "name", "entry_points", "parameters", "command", "type", "default", "choices", "min", "max",
      "flag", "required", "trainer", "notebook", "inputs", "outputs", "timeout", "env",
      "description",
      "docker_env", "conda_env", "python_env", "path", "uri", "string", "float", "int", "bool",
      ".nan",
      "1e400", "-9223372036854775808", "9999999999h", "{alpha}", "{{", "}}", "~", "[", "]",
    ]
  ) { bytes in
    _ = PythonURI.localPath(bytes.text)
    _ = try? ProjectURI(bytes.text, in: "/work", status: { _ in nil })
    let manifest = try Manifest(parsing: bytes, file: "MLproject")
    for entry in manifest.entryPoints {
      let values = ["0.5", "it's", "", "true", "-9223372036854775808", "1e999"]
      let given = zip(entry.parameters.map(\.name), values).map { (name: $0, value: $1) }
      for chosen in [[], given, given + [(name: "extra", value: "a b")]] {
        guard let arguments = try? entry.arguments(given: chosen) else { continue }
        let command = try? entry.command(with: arguments)
        let again = try? entry.command(with: arguments)
        require(command == again, "not the same twice")
      }
    }
  }
}
