import Formats
import Platform
import Support
import SystemPackage
import Testing

/// Replays of Python entry points whose packages come from PyPI: what was recorded is installed again, and what else is there is
/// found and named.
@Suite("Replays with packages") struct ReplayInterop {
  /// A project whose output is the version of a package, and a virtual environment with that package.
  private func project() async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(
      "entry_points: {main: {command: 'python fit.py', outputs: [out.json]}}\n", to: "MLproject")
    try folder.write(
      "import json, six\njson.dump({\"six\": six.__version__}, open(\"out.json\", \"w\"))\n",
      to: "fit.py")
    try folder.write("own/\nout.json\n", to: ".gitignore")
    try await Program.shell(
      """
      python3 -m venv own; own/bin/pip install -q --disable-pip-version-check six==1.15.0
      git init -q . && git add -A && git commit -qm one
      """, in: folder.path)
    return folder
  }

  private func reprise(_ words: String..., in folder: TemporaryFolder) async throws
    -> Program.Result
  {
    let path = folder.path.appending("own/bin").string + ":/usr/local/bin:/usr/bin:/bin"
    return try await Program.run(words, in: folder.path, environment: ["PATH": path])
  }

  private func install(_ version: String, in folder: TemporaryFolder) async throws {
    try await Program.shell(
      "own/bin/pip install -q --disable-pip-version-check six==\(version)", in: folder.path)
  }

  @Test("a newer package: the recorded one is installed for the replay, or the difference is named")
  func newer() async throws {
    let folder = try await project()
    let first = try await reprise("run", "--run-name", "first", in: folder)
    try #require(first.status == 0, "\(first)")
    try await install("1.16.0", in: folder)
    let same = try await reprise("replay", "first", "--json", in: folder)
    #expect(same.status == 0, "\(same)")
    #expect(try JSONValue(parsing: same.output)["verdict"]?.string == "identical")
    let told = try await reprise("replay", "first", in: folder)
    #expect(told.status == 0)
    #expect(told.error.contains("installed anew from the record"), "\(told)")
    let other = try await reprise("replay", "first", "--env", "current", in: folder)
    #expect(other.status == 1)
    #expect(other.output.contains(#"$.six: "1.15.0" became "1.16.0""#), "\(other.output)")
    #expect(other.output.contains("python.packages.six  1.15.0 → 1.16.0"), "\(other.output)")
    #expect(other.error.contains("was six==1.15.0, is six==1.16.0"), "\(other.error)")
  }

  @Test("packages that cannot be installed any more: pip's words, and the nearest version that can")
  func gone() async throws {
    let folder = try await project()
    let metadata = "own/lib/python3*/site-packages/six-*.dist-info/METADATA"
    try await Program.shell(
      "sed -i 's/^Version: .*/Version: 1.15.99/' \(metadata)", in: folder.path)
    let first = try await reprise("run", "--run-name", "first", in: folder)
    try #require(first.status == 0, "\(first)")
    try await Program.shell("sed -i 's/^Version: .*/Version: 1.15.0/' \(metadata)", in: folder.path)
    let count = try await reprise("runs", "--json", in: folder).output
    let result = try await reprise("replay", "first", in: folder)
    #expect(result.status == 2)
    #expect(result.error.contains("the recorded packages cannot be installed here"), "\(result)")
    #expect(result.error.contains("six==1.15.99"), "\(result)")
    #expect(result.error.contains("the nearest version of six that can be installed is 1.15.0"))
    #expect(try await reprise("runs", "--json", in: folder).output == count)
  }

  @Test("a project's own environment file: the versions of then, when it names none")
  func unpinned() async throws {
    let folder = try await project()
    try folder.write(
      "build_dependencies: [pip]\ndependencies: [six==1.15.0]\n", to: "python_env.yaml")
    try await Program.shell(
      "sed -i '1s/^/python_env: python_env.yaml\\n/' MLproject; git add -A; git commit -qm two",
      in: folder.path)
    let first = try await reprise("run", "--run-name", "first", in: folder)
    try #require(first.status == 0, "\(first)")
    let shown = try JSONValue(
      parsing: await reprise("runs", "show", "first", "--json", in: folder).output)
    #expect(shown["reproducibility"]?["parts"]?.array?[2]["state"]?.string == "kept")
    // Another project has changed what the shared environment holds.
    try await Program.shell(
      """
      for pip in .cache/reprise/environments/*/bin/python; do
        $pip -m pip install -q --disable-pip-version-check six==1.16.0; done
      """, in: folder.path)
    let same = try await reprise("replay", "first", "--json", in: folder)
    #expect(same.status == 0, "\(same)")
    #expect(try JSONValue(parsing: same.output)["verdict"]?.string == "identical")
  }
}
