import Git
import Platform
import SystemPackage

/// Says which versions of data the paths of a work tree hold, for the record of a run.
///
/// Where no folder above a path has a `.dvc`, that is found out by a few calls of `stat` and nothing else. Data that did not
/// change since it was last hashed is not read.
package struct DataReader {
  private let variables: [String: String]
  private let watch: FileWatch
  private var projects: [FilePath: (repository: DataRepository, search: PointerSearch)] = [:]
  private var commits: [FilePath: String?] = [:]

  package init(variables: [String: String], watch: FileWatch = FileWatch()) {
    self.variables = variables
    self.watch = watch
  }

  /// What was found at a path.
  package struct Finding: Sendable {
    /// One when the path is tracked or lies in what is; one for each tracked path that it holds; none when it has nothing to
    /// do with versioned data.
    package var readings: [DataReading] = []
    /// Tracked paths that are not there.
    package var missing: [FilePath] = []
    /// Why something could not be told; nothing is claimed of it then.
    package var problems: [Failure] = []
  }

  /// Reads what is at a path now.
  ///
  /// - Parameter path: absolute.
  package mutating func read(_ path: FilePath) -> Finding {
    var finding = Finding()
    do {
      guard let place = try place(of: path) else { return finding }
      finding.problems += place.problems
      for tracked in place.tracked {
        do {
          if let reading = try reading(of: tracked, below: place.path, in: place.root) {
            finding.readings.append(reading)
          } else {
            finding.missing.append(place.root.pushing(tracked.path))
          }
        } catch {
          finding.problems.append(Self.failure(error))
        }
      }
    } catch {
      finding.problems.append(Self.failure(error))
    }
    return finding
  }

  /// Whether what belongs at a path could be checked out, where it is tracked and not there.
  ///
  /// - Returns: nil when no content is named for it; otherwise whether all of it is in the cache.
  package mutating func isInCache(_ path: FilePath) throws -> Bool? {
    guard let place = try place(of: path), let tracked = place.tracked.first,
      tracked.holds(place.path), tracked.output.isCached, let object = tracked.output.object,
      let cache = projects[place.root]?.repository.cache
    else { return nil }
    guard cache.contains(object) else { return false }
    guard object.isFolder else { return true }
    let listing = try cache.listing(object)
    let wanted = listing.part(Self.below(place.path, tracked))
    guard wanted.count > 0 || listing.count == 0 else { return nil }
    return wanted.entries.allSatisfy {
      cache.contains(ObjectName($0.digest, family: object.family))
    }
  }

  private static func failure(_ error: any Error) -> Failure {
    error as? Failure ?? Failure(.io, "\(error)")
  }

  // MARK: Places

  private struct Place {
    var root: FilePath
    /// From the root.
    var path: FilePath
    var tracked: [TrackedPath]
    var problems: [Failure]
  }

  /// The project that a path is in, and what is tracked there. A link is followed when nothing is tracked where it stands:
  /// tracked files may be links into the cache.
  private mutating func place(of path: FilePath, links: Int = 0) throws -> Place? {
    // `..` and `.` name no place to look in.
    var path = path
    if path.lastComponent?.kind != .regular { path = FileSystem.realPath(path) ?? path }
    var above = path.removingLastComponent()
    var rest = path.lastComponent.map { FilePath(root: nil, [$0]) } ?? FilePath()
    while FileSystem.realPath(above) == nil, let name = above.lastComponent {
      rest = FilePath(root: nil, [name]).pushing(rest)
      above.removeLastComponent()
    }
    let spelled = (FileSystem.realPath(above) ?? above).pushing(rest)
    let place = try place(ofReal: spelled)
    if let place, !place.tracked.isEmpty { return place }
    guard links < 40, try FileSystem.linkStatus(spelled)?.kind == .link else { return place }
    let target = try FileSystem.linkTarget(spelled)
    let other = try self.place(
      of: spelled.removingLastComponent().pushing(target), links: links + 1)
    return other?.tracked.isEmpty == false ? other : place
  }

  private mutating func place(ofReal path: FilePath) throws -> Place? {
    var root = path
    while !FileSystem.isDirectory(root.appending(".dvc")) {
      guard root.removeLastComponent() else { return nil }
    }
    if projects[root] == nil {
      let repository = try DataRepository(root: root, variables: variables)
      projects[root] = (repository, PointerSearch(repository))
    }
    var relative = path
    _ = relative.removePrefix(root)
    let result = try projects[root]?.search.tracked(for: relative)
    return Place(
      root: root, path: relative, tracked: result?.found ?? [], problems: result?.problems ?? [])
  }

  // MARK: Contents

  /// Nil when nothing is there.
  private mutating func reading(
    of tracked: TrackedPath, below path: FilePath, in root: FilePath
  ) throws -> DataReading? {
    guard let repository = projects[root]?.repository else { return nil }
    let below = Self.below(path, tracked)
    let snapshot =
      below.isEmpty
      ? try repository.snapshot(of: tracked, watch: watch)
      : try repository.snapshot(of: below, in: tracked, watch: watch)
    guard var object = snapshot.objectName() else { return nil }
    let isAsNamed: Bool
    switch repository.named(by: tracked, below) {
    case .nothing: isAsNamed = false
    case .content(let name, let files):
      isAsNamed = try repository.holds(
        snapshot, name, files, at: below.isEmpty ? tracked.path : path)
      if isAsNamed { object = name }
    case .notKnown:
      let whole = try repository.snapshot(of: tracked, watch: watch)
      isAsNamed = whole.objectName() != nil && whole.objectName() == tracked.output.object
    }
    return DataReading(
      tracked: tracked, path: below.isEmpty ? tracked.path : path, object: object,
      size: snapshot.size, fileCount: snapshot.fileCount, isModified: !isAsNamed,
      commit: try commit(of: tracked.pointer, in: repository),
      earlier: isAsNamed ? nil : try earlier(object, of: tracked, below, in: repository))
  }

  /// How many commits are searched for a version that the pointer no longer names.
  private static let searchedCommits = 1000

  private func earlier(
    _ object: ObjectName, of tracked: TrackedPath, _ below: FilePath,
    in repository: DataRepository
  ) throws -> DataReading.Earlier? {
    guard let git = repository.git, let path = repository.pathInGit(tracked.pointer) else {
      return nil
    }
    var version: ObjectName?
    let commit = try git.change(of: path, limit: Self.searchedCommits) { bytes in
      // What cannot be read names nothing.
      let all = (try? repository.tracked(by: tracked.pointer, bytes)) ?? []
      guard let then = all.first(where: { $0.path == tracked.path }),
        case .content(let name, _) = repository.named(by: then, below),
        name.digest == object.digest, name.isFolder == object.isFolder
      else { return false }
      version = then.output.object
      return true
    }
    guard let commit, let version else { return nil }
    return DataReading.Earlier(object: version, commit: commit)
  }

  /// The part of a tracked path that a path names; empty for all of it.
  private static func below(_ path: FilePath, _ tracked: TrackedPath) -> FilePath {
    var below = path
    return below.removePrefix(tracked.path) ? below : FilePath()
  }

  private mutating func commit(
    of pointer: FilePath, in repository: DataRepository
  ) throws -> String? {
    let path = repository.root.pushing(pointer)
    if let known = commits[path] { return known }
    guard let git = repository.git, let inGit = repository.pathInGit(pointer),
      let bytes = projects[repository.root]?.search.bytes(of: pointer)
    else { return nil }
    let file = repository.commitFile(pointer)
    let change = try git.lastChange(of: inGit, holding: bytes, known: LastChange(reading: file))
    commits[path] = change?.commit
    if let change, change.distance > Self.shortWay { change.write(to: file) }
    return change?.commit
  }

  /// How many commits are gone through again rather than kept in mind.
  private static let shortWay = 100
}

extension LastChange {
  /// What was kept in mind; nil when nothing was.
  fileprivate init?(reading file: FilePath) {
    guard let text = try? FileSystem.readText(file, limit: 1000) else { return nil }
    let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    guard words.count == 2, words.allSatisfy({ $0.utf8.count == 40 }) else { return nil }
    self.init(commit: words[1], head: words[0])
  }

  /// What cannot be kept is only looked for again.
  fileprivate func write(to file: FilePath) {
    try? FileSystem.createDirectory(file.removingLastComponent())
    try? FileSystem.write(Array("\(head) \(commit)\n".utf8), to: file, durable: false)
  }
}

extension DataRepository {
  /// Where the last change of a pointer far back in history is kept in mind.
  fileprivate func commitFile(_ pointer: FilePath) -> FilePath {
    stateFolder.appending("commits")
      .appending(MD5.digest(of: Array(pointer.string.utf8)).hex)
  }

  /// A path from the project's root as git has it: from the top of the work tree; nil where there is no git.
  fileprivate func pathInGit(_ path: FilePath) -> [UInt8]? {
    guard let top = git?.workTree.flatMap(FileSystem.realPath) else { return nil }
    var relative = root.pushing(path)
    return relative.removePrefix(top) ? Array(relative.string.utf8) : nil
  }
}
