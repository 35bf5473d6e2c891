import Formats
import Platform
import Python
import Support
import SystemPackage
import Testing

/// The four questions about names, answered for real files, against ruff.
///
/// ruff takes 3.10 for the version unless told, and lists fewer builtins; and it does not follow `__all__.extend` and
/// `__all__.append`, which we do.
@Suite("Names as ruff sees them") struct PythonScopeInterop {
  @Test("F401, F811, F821 and F841 in real files") func corpus() throws {
    let folder = try TemporaryFolder()
    let files = try PythonCorpus.sample(11, in: folder)
    #expect(files.count > 250)
    let theirs = try Self.theirs(on: files, in: folder)
    var ours: [String: Int] = [:]
    for file in files {
      for finding in try Self.ours(file) { ours["\(file.string) \(finding)", default: 0] += 1 }
    }
    let keys = Set(ours.keys).union(theirs.keys)
    let same = keys.reduce(0) { $0 + min(ours[$1] ?? 0, theirs[$1] ?? 0) }
    let differences = keys.filter { ours[$0] != theirs[$0] }
      .map { "\($0): ours \(ours[$0] ?? 0), ruff's \(theirs[$0] ?? 0)" }.sorted()
    let total = ours.values.reduce(0, +) + theirs.values.reduce(0, +)
    #expect(same > 100)
    #expect(Double(2 * same) / Double(total) >= 0.99, "\(differences)")
  }

  /// Every finding as `LINE CODE`.
  private static func ours(_ file: FilePath) throws -> [String] {
    let tree = Tree(parsing: try FileSystem.read(file))
    let scopes = Scopes(tree, isPackage: file.lastComponent?.string == "__init__.py")
    func line(_ range: Range<Int>) -> Int { tree.list.lines.line(of: range.lowerBound) }
    return scopes.unusedImports().map { "\(line(scopes.bindings[$0].range)) F401" }
      + scopes.redefinitions().map { "\(line(scopes.bindings[$0.new].range)) F811" }
      + scopes.undefinedNames().map { "\(line(scopes.references[$0].range)) F821" }
      + scopes.unusedVariables().map { "\(line(scopes.bindings[$0].range)) F841" }
  }

  private static func theirs(
    on files: [FilePath], in folder: TemporaryFolder
  ) throws -> [String: Int] {
    try folder.write(files.map { $0.string + "\n" }.joined(), to: "files")
    let script = """
      import json, subprocess, sys

      files = open("files", encoding="utf-8").read().splitlines()
      options = ["--isolated", "--no-cache", "--ignore-noqa", "--exit-zero", "--output-format", "json"]
      codes = ["--select", "F401,F811,F821,F841"]
      said = subprocess.run(
          [sys.executable, "-m", "ruff", "check", *options, *codes, *files],
          capture_output=True, check=True)
      found = json.loads(said.stdout)
      json.dump(
          [f"{f['filename']} {f['location']['row']} {f['code']}" for f in found],
          open("result.json", "w"))
      """
    var counts: [String: Int] = [:]
    for finding in try #require(Peer.run(script, in: folder).array).compactMap(\.string) {
      counts[finding, default: 0] += 1
    }
    return counts
  }
}
