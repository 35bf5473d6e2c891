import Checks
import Git
import Platform
import SystemPackage

/// The files that one check looks at.
struct CheckSources {
  let root: FilePath
  private(set) var list: [CheckRun.Source] = []
  /// Under `--staged`, what git would commit.
  private(set) var staged: [(path: String, file: StagedFile)] = []
  /// Under `--since`, what the revision has in the place of files that it has.
  private var before: [String: TreeFile] = [:]

  init(_ place: CheckPlace, paths: [String], staged: Bool, since: String?) throws {
    root = place.root
    let listing = FileListing(root, git: place.git, exclude: place.settings.exclude)
    let wanted = try paths.map { try place.relative($0) }
    if staged {
      guard since == nil else {
        throw Failure(.invalid, "`--staged` and `--since` ask for different files")
      }
      try addStaged(place, listing, wanted)
    } else if let since {
      try addChanged(place, listing, wanted, since)
    } else {
      add(try listing.files(wanted.isEmpty ? [FilePath()] : wanted))
    }
  }

  private mutating func add(_ paths: [String]) {
    for path in paths {
      let file = root.pushing(FilePath(path))
      list.append(CheckRun.Source(path: path) { try FileSystem.read(file, limit: 1 << 30) })
    }
  }

  private func isWanted(_ path: String, _ wanted: [FilePath], _ listing: FileListing) -> Bool {
    !listing.isLeftOut(path)
      && (wanted.isEmpty || wanted.contains { FilePath(path).starts(with: $0) })
  }

  private mutating func addStaged(
    _ place: CheckPlace, _ listing: FileListing, _ wanted: [FilePath]
  ) throws {
    let git = try Self.git(place)
    let base = try Self.base(place, git)
    for file in try git.stagedChanges() where file.kind == .file || file.kind == .program {
      guard let path = Self.path(file.path, below: base), isWanted(path, wanted, listing) else {
        continue
      }
      staged.append((path, file))
      let bytes = try git.content(of: file)
      list.append(CheckRun.Source(path: path) { bytes })
    }
  }

  /// The project as a whole, as it is looked at here.
  func project(_ place: CheckPlace, isStaged: Bool) throws -> ProjectFiles {
    let root = root
    let git = place.git
    let base = try git.flatMap { $0.workTree == nil ? nil : try Self.base(place, $0) } ?? []
    var tracked: Set<String> = []
    for path in try git?.indexedPaths() ?? [] {
      if let own = Self.path(path, below: base) { tracked.insert(own) }
    }
    let listing = FileListing(root, git: git, exclude: place.settings.exclude)
    let paths = isStaged ? tracked.sorted() : try listing.files([FilePath()])
    let checked = Set(list.map(\.path))
    var staged: [String: StagedFile] = [:]
    for (path, file) in self.staged { staged[path] = file }
    func read(_ path: String) -> [UInt8]? {
      if isStaged, let file = staged[path] { return try? git?.content(of: file) }
      let file = root.pushing(FilePath(path))
      return FileSystem.isFile(file) ? try? FileSystem.read(file, limit: 1 << 26) : nil
    }
    return ProjectFiles(
      root: root, isStaged: isStaged, paths: paths, checked: checked,
      size: { path in
        if isStaged, staged[path] != nil { return read(path).map { Int64($0.count) } }
        return (try? FileSystem.status(root.pushing(FilePath(path))))?.size
      },
      read: read,
      isIgnored: { git == nil || (try? git?.isIgnored(base + Array($0.utf8))) == true },
      isTracked: { tracked.contains($0) })
  }

  /// The same files as git would commit them by now.
  func again(_ place: CheckPlace, _ paths: [String]) throws -> CheckSources {
    try CheckSources(place, paths: paths, staged: true, since: nil)
  }

  private mutating func addChanged(
    _ place: CheckPlace, _ listing: FileListing, _ wanted: [FilePath], _ since: String
  ) throws {
    let git = try Self.git(place)
    let base = try Self.base(place, git)
    for changed in try git.files(unlike: since) {
      guard let path = Self.path(changed.path, below: base), isWanted(path, wanted, listing) else {
        continue
      }
      let file = root.pushing(FilePath(path))
      // What a link leads to is looked at where it stands.
      guard try FileSystem.linkStatus(file)?.kind == .file else { continue }
      if let old = changed.old {
        if old.kind == .file || old.kind == .program,
          try git.content(of: old) == FileSystem.read(file, limit: 1 << 30)
        {
          continue
        }
        before[path] = old
      }
      list.append(CheckRun.Source(path: path) { try FileSystem.read(file, limit: 1 << 30) })
    }
  }

  /// Findings as `--changed-lines` has them: what the change did not touch is for information only.
  func loweringOld(_ findings: [Finding], _ place: CheckPlace) throws -> [Finding] {
    let git = try Self.git(place)
    let sources = Dictionary(list.map { ($0.path, $0) }) { first, _ in first }
    let staged = Dictionary(staged.map { ($0.path, $0.file) }) { first, _ in first }
    var touched: [String: TouchedPlaces] = [:]
    return try findings.map { finding in
      var finding = finding
      guard let source = sources[finding.path] else {
        finding.severity = .info
        return finding
      }
      var places = touched[finding.path]
      if places == nil {
        let old =
          try staged[finding.path].map { try git.committedContent(of: $0) }
          ?? before[finding.path].map { try git.content(of: $0) }
        places = try TouchedPlaces(finding.path, from: old, to: source.read())
        touched[finding.path] = places
      }
      if places?.contains(finding) == false { finding.severity = .info }
      return finding
    }
  }

  private static func git(_ place: CheckPlace) throws -> Repository {
    guard let git = place.git else {
      throw Failure(.notFound, "`\(place.root)` is in no git repository", hint: "git init")
    }
    return git
  }

  /// What paths of git begin with in the project.
  private static func base(_ place: CheckPlace, _ git: Repository) throws -> [UInt8] {
    guard let top = git.workTree.flatMap(FileSystem.realPath) else {
      throw Failure(.unsupported, "the repository `\(git.gitDirectory)` is bare: nothing is staged")
    }
    var base = place.root
    guard base.removePrefix(top), !base.isEmpty else { return [] }
    return Array(base.string.utf8) + [UInt8(ascii: "/")]
  }

  private static func path(_ path: [UInt8], below base: [UInt8]) -> String? {
    guard path.starts(with: base) else { return nil }
    return String(validating: path.dropFirst(base.count), as: UTF8.self)
  }
}
