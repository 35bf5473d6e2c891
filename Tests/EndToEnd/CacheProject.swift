import Formats
import Platform
import Support
import SystemPackage
import Testing

/// A project in git whose entry point counts how often it ran.
struct CacheProject {
  let folder: TemporaryFolder

  static let manifest = #"""
    name: cached
    entry_points:
      main:
        parameters:
          alpha: {type: float, default: 0.5}
        inputs: [data.txt]
        outputs: [out/, report.txt]
        command: |
          echo x >> .reprise/ran
          rm -rf out report.txt; mkdir -p out/sub
          cat tool.sh data.txt > out/model.txt
          echo {alpha} > out/sub/alpha
          cp tool.sh out/tool; chmod 755 out/tool
          bash tool.sh < data.txt > report.txt
          echo '{{"key": "size", "value": '$(wc -c < report.txt)'}}' >> "$REPRISE_METRICS"
    """#

  init(_ manifest: String = Self.manifest, git: Bool = true) async throws {
    folder = try TemporaryFolder()
    try folder.write(manifest, to: "MLproject")
    try folder.write("tr a-z A-Z\n", to: "tool.sh")
    try folder.write("some data\n", to: "data.txt")
    guard git else { return }
    try await Program.shell(
      "git init -q -b main . && git add MLproject tool.sh data.txt && git commit -qm one",
      in: folder.path)
  }

  @discardableResult
  func run(_ words: String..., environment: [String: String] = [:]) async throws -> Program.Result {
    let result = try await Program.run(["run"] + words, in: folder.path, environment: environment)
    #expect(result.status == 0, "\(result.error)")
    return result
  }

  /// How often the work was done.
  var ran: Int {
    get throws {
      let file = folder.path.appending(".reprise/ran")
      return FileSystem.exists(file)
        ? try FileSystem.readText(file).split(separator: "\n").count : 0
    }
  }

  func show(_ run: String = "latest") async throws -> JSONValue {
    let result = try await Program.run(["runs", "show", run, "--json"], in: folder.path)
    return try JSONValue(parsing: result.output)
  }

  func explain(_ words: String...) async throws -> JSONValue {
    let result = try await Program.run(["explain", "--json"] + words, in: folder.path)
    #expect(result.status == 0, "\(result.error)")
    return try JSONValue(parsing: result.output)
  }

  func shell(_ text: String) async throws { try await Program.shell(text, in: folder.path) }

  /// What the run makes, with modes, as text.
  func outputs() async throws -> String {
    try await Program.shell(
      "find out report.txt -type f -printf '%p %m ' -exec sha256sum {} \\; 2>&1 | sort || true",
      in: folder.path)
  }
}

extension JSONValue {
  /// The changes of an explanation as `part name`.
  var changed: [String] {
    (self["changed"]?.array ?? []).map {
      "\($0["part"]?.string ?? "") \($0["name"]?.string ?? "")"
    }
  }
}
