import Platform
import SystemPackage

@testable import Runner

extension FuzzTarget {
  /// `python_env.yaml` and conda files, and the requirement files that they name.
  static let environmentFile = FuzzTarget(
    name: "environment",
    seeds: [
      "python: '3.11'\nbuild_dependencies: [pip==24.0, wheel]\ndependencies:\n  - -r requirements.txt\n",
      "name: x\nchannels: [defaults]\ndependencies: [python=3.11, pip<=24, numpy=1.2, {pip: [-c c.txt, mlflow]}]\n",
    ],
    words: [
      "python", "build_dependencies", "dependencies", "pip", "-r ", "-c ", "--requirement=", "==",
      "~=",
      "input",
    ]
  ) { bytes in
    let file = workFolder.appending("input")
    try FileSystem.write(bytes, to: file, durable: false)
    for read in [EnvironmentSpecification.python, EnvironmentSpecification.conda] {
      guard let found = try? read(file, workFolder) else { continue }
      _ = EnvironmentSpecification.words(found.dependencies)
      _ = try? found.key(in: workFolder, kind: "conda")
    }
  }
}
