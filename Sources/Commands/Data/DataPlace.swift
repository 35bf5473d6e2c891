import Datasets
import Formats
import Git
import Glibc
import Platform
import Synchronization
import SystemPackage

/// Where a command of versioned data works, what it tells while it does, and how it is stopped.
struct DataPlace {
  let place: Place
  let console: Console
  let line: ProgressLine
  private let stopped = StopFlag()

  init(_ global: GlobalOptions) throws {
    place = try Place(global)
    console = global.console
    line = ProgressLine(console: console)
    let stopped = stopped
    Interruption.onNext { _ in stopped.set() }
  }

  /// The project that the command was started in.
  ///
  /// - Throws: ``Failure`` with `.notFound` when it has no versioned data.
  func repository() throws -> DataRepository {
    guard
      let found = try DataRepository.find(from: place.folder, variables: place.variables)
    else {
      throw Failure(
        .notFound, "no data is versioned in `\(place.folder)` or above",
        hint: "reprise data add PATH")
    }
    return found
  }

  func path(_ text: String) throws -> FilePath {
    try FileSystem.absolute(FilePath(text), in: place.folder)
  }

  /// A path of a command line from the project's root; empty for the root itself. It need not be there.
  ///
  /// - Throws: ``Failure`` with `.invalid` for a path outside of the project.
  func relative(_ word: String, in repository: DataRepository) throws -> FilePath {
    var full = try path(word)
    // The nearest folder that is there counts without its links; the rest may be of another version.
    var rest: [FilePath.Component] = []
    if let last = full.lastComponent, last.kind == .regular {
      rest.append(last)
      full.removeLastComponent()
    }
    while FileSystem.realPath(full) == nil, let last = full.lastComponent {
      rest.append(last)
      full.removeLastComponent()
    }
    var real = FileSystem.realPath(full) ?? full
    for step in rest.reversed() { real.append(step) }
    if real == repository.root { return FilePath() }
    guard let relative = repository.relative(real) else {
      throw Failure(
        .invalid, "`\(word)` is outside of the project at `\(repository.root)`",
        hint: "see `--directory`")
    }
    return relative
  }

  /// ` at v1.0`, for messages.
  func at(_ revision: String?) -> String { revision.map { " at `\($0)`" } ?? "" }

  func notVersioned(_ word: String, in version: DataVersion) -> Failure {
    let near = nearestName(to: word, among: version.paths.map(\.path.string))
    return Failure(
      .notFound, "`\(word)` is not versioned" + at(version.revision),
      hint: near.map { "did you mean `\($0)`?" }
        ?? (version.revision == nil ? "reprise data add \(word)" : nil))
  }

  /// The tracked paths that words name: themselves, their pointers, or folders that hold them; all without words. With each
  /// the part of it that was named; nil for the whole.
  ///
  /// - Parameter revision: a commit whose pointers count instead of those of the work tree.
  func tracked(
    _ words: [String], in repository: DataRepository, at revision: String? = nil
  ) throws -> [(tracked: TrackedPath, below: FilePath?)] {
    let all =
      try revision.map { try repository.trackedPaths(at: $0) } ?? repository.trackedPaths()
    guard !words.isEmpty else { return all.map { ($0, nil) } }
    var chosen: [(TrackedPath, FilePath?)] = []
    for word in words {
      let relative = try? self.relative(word, in: repository)
      let found: [(TrackedPath, FilePath?)] = all.compactMap { tracked in
        guard let relative else { return nil }
        let isWhole =
          relative.isEmpty || tracked.pointer == relative || tracked.path.starts(with: relative)
        if isWhole { return (tracked, nil) }
        var below = relative
        guard below.removePrefix(tracked.path) else { return nil }
        return (tracked, below)
      }
      guard !found.isEmpty else {
        let near = relative.flatMap { nearestName(to: $0.string, among: all.map(\.path.string)) }
        throw Failure(
          .notFound,
          "`\(word)` is not versioned" + (revision.map { " at `\($0)`" } ?? ""),
          hint: near.map { "did you mean `\($0)`?" }
            ?? (revision == nil ? "reprise data add \(word)" : nil))
      }
      chosen += found
    }
    return chosen
  }

  /// The tracked path that a word names: itself or its pointer, and no part of it.
  func whole(_ word: String, in repository: DataRepository) throws -> TrackedPath {
    let found = try tracked([word], in: repository)
    guard found.count == 1, found[0].below == nil else {
      let names = found.map { "`\($0.tracked.path)`" }.joined(separator: ", ")
      throw Failure(
        .invalid,
        found.count > 1
          ? "`\(word)` holds several tracked paths: \(names)"
          : "`\(word)` is a part of \(names), which is versioned as a whole",
        hint: found.count > 1 ? "name one of them" : nil)
    }
    return found[0].tracked
  }

  /// Counts files and bytes, and shows them on standard error.
  func watch(_ verb: String) -> FileWatch {
    let counts = Mutex((files: 0, bytes: Int64(0)))
    let start = ContinuousClock.now
    let line = line
    let stopped = stopped
    return FileWatch(
      progress: { files, bytes in
        let now = counts.withLock { counts in
          counts.files += files
          counts.bytes += bytes
          return counts
        }
        guard now.files % 64 == 0 || bytes > 1 << 16 else { return }
        let seconds = max(0.001, (ContinuousClock.now - start) / .seconds(1))
        let speed = ByteCount(Int64(Double(now.bytes) / seconds))
        line.update("\(verb) \(now.files) files, \(ByteCount(now.bytes)), \(speed)/s")
      }, isCancelled: { stopped.isSet })
  }
}

/// Whether a signal came.
final class StopFlag: Sendable {
  private let flag = Atomic(false)

  var isSet: Bool { flag.load(ordering: .relaxed) }

  func set() { flag.store(true, ordering: .relaxed) }
}
