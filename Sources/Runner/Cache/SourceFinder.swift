import Git
import Platform
import Projects
import SystemPackage

/// Finds the code that an entry point's result depends on.
///
/// It is what `sources` names: files, folders with all they hold, and patterns as in an ignore file with a slash in front
/// (`src/**/*.py`). Without `sources` it is all that git knows of the project. Left out is what a run makes: its outputs,
/// its inputs (they count by themselves), `.reprise`, and what Python and Jupyter write beside the code.
struct SourceFinder {
  let project: FilePath
  /// Of the MLproject; what git does not know of is no code that it could vouch for.
  let manifest: String?
  let plan: RunPlan

  init(_ plan: RunPlan) {
    self.plan = plan
    project = FileSystem.realPath(plan.project.folder) ?? plan.project.folder
    manifest = plan.project.manifest.file.flatMap { FilePath($0).lastComponent?.string }
  }

  /// What was found, and why it is not enough to know the code by, when that is so.
  struct Findings {
    var list = SourceList([])
    var obstacles: [String] = []
  }

  func find() throws -> Findings {
    if let declared = plan.entryPoint.sources { return try find(declared) }
    do { return try findInGit() } catch let failure as Failure {
      return Findings(obstacles: ["the code cannot be told by git: \(failure.message)"])
    }
  }

  // MARK: By git

  private func findInGit() throws -> Findings {
    guard let repository = try Repository.discover(from: project) else {
      return Findings(obstacles: [
        "the project is in no git repository, and `sources` does not say which code counts"
      ])
    }
    let (files, untold) = try repository.code(in: project, excluding: excluded)
    var findings = Findings(obstacles: untold.map { "\($0), so the code cannot be told" })
    let kept = files.filter { !SourceFinder.isMadeByTools($0.path) }
    if let manifest, !kept.contains(where: { $0.path.elementsEqual(manifest.utf8) }) {
      findings.obstacles.append(
        "git ignores the project, and `sources` does not say which code counts")
    }
    findings.list = SourceList(
      kept.map {
        SourceList.Entry(path: $0.path, kind: $0.kind, contentName: $0.contentName)
      })
    return findings
  }

  /// What a run reads as data and what it makes, below the project.
  private var excluded: [FilePath] {
    var paths: [FilePath] = [".reprise"]
    for file in plan.inputs + plan.outputs {
      var path = RunPlan.resolved(file.path)
      if path.removePrefix(project), !path.isEmpty { paths.append(path) }
      // By the name as it stands too: a link is what git knows, not what it leads to.
      var named = file.path
      if named.removePrefix(plan.project.folder), !named.isEmpty { paths.append(named) }
    }
    return paths
  }

  // MARK: As declared

  private func find(_ declared: [String]) throws -> Findings {
    var entries: [[UInt8]: SourceList.Entry] = [:]
    for source in declared {
      let found = try files(of: source)
      guard !found.isEmpty else {
        throw Failure(
          .notFound, "the source `\(source)` of `\(plan.entryPoint.name)` does not exist",
          hint: SourceFinder.isPattern(source)
            ? "no file matches it; correct `sources`" : "correct `sources`",
          at: plan.entryPoint.location)
      }
      for (name, path, status) in found where entries[name] == nil {
        entries[name] = SourceList.Entry(
          path: name, kind: status.isExecutable ? .program : .file,
          contentName: try SHA256.digest(ofFile: path).hex)
      }
    }
    return Findings(list: SourceList(Array(entries.values)))
  }

  private typealias Found = (name: [UInt8], path: FilePath, status: FileStatus)

  private func files(of source: String) throws -> [Found] {
    let components = FilePath(source).lexicallyNormalized().components
    let plain = components.prefix { !SourceFinder.isPattern($0.string) }
    var base = FilePath(root: FilePath(source).root, plain)
    let top = project.pushing(base)
    guard let status = try FileSystem.status(top.isEmpty ? project : top) else { return [] }
    if status.kind == .file, plain.count == components.count { return [(bytes(base), top, status)] }
    guard status.kind == .directory else { return [] }
    let rest = components.dropFirst(plain.count).map(\.string).joined(separator: "/")
    let patterns = rest.isEmpty ? nil : PathPatterns(["/" + rest])
    let left = excluded.map { project.pushing($0) }
    var found: [Found] = []
    if base == "." { base = "" }
    try ContentDigest.members(of: top, status) { name, path, status in
      let below = Array(name.utf8)
      guard patterns?.matches(below) ?? true, !SourceFinder.isMadeByTools(below),
        !below.split(separator: UInt8(ascii: "/")).contains(where: { $0.elementsEqual(".git".utf8) }
        ),
        !left.contains(where: { path.starts(with: $0) })
      else { return }
      found.append((bytes(base.pushing(FilePath(name))), path, status))
    }
    return found
  }

  private func bytes(_ path: FilePath) -> [UInt8] { Array(path.string.utf8) }

  private static func isPattern(_ text: String) -> Bool {
    text.utf8.contains { "*?[".utf8.contains($0) }
  }

  /// Written beside the code by its interpreters, and worth nothing to a result.
  private static func isMadeByTools(_ path: [UInt8]) -> Bool {
    // Every file of a repository is asked about; most have no such letter.
    guard path.contains(UInt8(ascii: "_")) else { return false }
    return path.split(separator: UInt8(ascii: "/")).dropLast().contains {
      $0.elementsEqual("__pycache__".utf8) || $0.elementsEqual(".ipynb_checkpoints".utf8)
    }
  }
}
