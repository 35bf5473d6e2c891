import Formats
import Platform
import SystemPackage

/// What an update is about to do and what was there before, written down before anything is touched.
///
/// It lies in `.reprise/update/` from the moment that everything is prepared (one rename puts it there) until the update is
/// done (one rename takes it away). Whatever happens in between, `--abort` finds the original bytes in it.
package struct UpdateJournal: Sendable, Hashable {
  /// One path that is touched.
  struct Change: Sendable, Hashable {
    var path: TreePath
    /// What was there; nil when nothing was. The bytes are in `originals/NUMBER`.
    var before: Original?
    /// Whether `results/NUMBER` holds what comes there; otherwise the path is emptied.
    var hasResult: Bool

    struct Original: Sendable, Hashable {
      var kind: RenderedFile.Kind
      /// Permission bits; 0 for links.
      var mode: UInt32
    }
  }

  /// A conflict that a person has to solve.
  package struct Open: Sendable, Hashable {
    package var path: TreePath
    package var action: UpdateAction
    package var hasMarkers: Bool
    /// Where the template's version lies below the project, when the file itself has no markers.
    package var aside: String?
  }

  /// Who carries it out; while that process lives nobody else may.
  var process: ProcessIdentity
  var changes: [Change]
  package var conflicts: [Open]
  /// Folders that had files taken from them, with their permission bits.
  var folders: [TreePath: UInt32]
  /// The paths whose entries in git's index were replaced, from the top of the work tree.
  var indexPaths: [TreePath]
  /// Whether all changes were made, so that only conflicts are left.
  var isApplied: Bool
  /// What the update was to, for people.
  package var title: String
}

extension UpdateJournal {
  /// Names inside the journal's folder.
  enum Name {
    static let journal = "journal.json"
    /// Comes into being when all changes are made.
    static let applied = "applied"
    static let originals = "originals"
    static let results = "results"
    static let aside = "theirs"
    static let index = "index"
  }

  /// Where the journal of a project is.
  static func folder(in project: FilePath) -> FilePath {
    project.appending(".reprise").appending("update")
  }

  /// The update of a project that is not finished; nil when there is none.
  package static func read(in project: FilePath) throws -> UpdateJournal? {
    let folder = folder(in: project)
    let file = folder.appending(Name.journal)
    guard FileSystem.exists(folder) else { return nil }
    guard FileSystem.exists(file) else {
      throw Failure(
        .corrupt, "`\(folder)` holds no journal of an update",
        hint: "remove that folder when no update is under way")
    }
    let bytes = try FileSystem.read(file, limit: 1 << 28)
    do throws(ParseFailure) {
      var journal = try UpdateJournal(json: JSONValue(parsing: bytes))
      journal.isApplied = FileSystem.exists(folder.appending(Name.applied))
      return journal
    } catch {
      var failure = error.failure(in: file.string)
      failure.hint =
        failure.hint ?? "the files from before the update are in `.reprise/update/originals`"
      throw failure
    }
  }
}

extension UpdateJournal {
  var json: JSONValue {
    .object([
      .init("format", 1),
      .init("title", .string(title)),
      .init("pid", .int(Int64(process.pid))),
      .init("started", .string(String(process.startTicks))),
      .init("changes", .array(changes.map(\.json))),
      .init("conflicts", .array(conflicts.map(\.json))),
      .init(
        "folders",
        .object(
          folders.sorted { $0.key < $1.key }.map {
            .init($0.key.description, .int(Int64($0.value)))
          })),
      .init("index", .array(indexPaths.map { .string($0.description) })),
    ])
  }

  init(json: JSONValue) throws(ParseFailure) {
    guard json["format"]?.int == 1 else {
      throw ParseFailure(
        "the journal is of another version of reprise", hint: "use that version to finish it")
    }
    guard let pid = json["pid"]?.int.flatMap(Int32.init(exactly:)),
      let started = json["started"]?.string.flatMap(UInt64.init), let title = json["title"]?.string,
      let changes = json["changes"]?.array, let conflicts = json["conflicts"]?.array,
      let folders = json["folders"]?.members, let index = json["index"]?.array
    else { throw ParseFailure("the journal lacks a part") }
    process = ProcessIdentity(pid: pid, startTicks: started)
    self.title = title
    isApplied = false
    self.changes = []
    for change in changes { self.changes.append(try Change(json: change)) }
    self.conflicts = []
    for conflict in conflicts { self.conflicts.append(try Open(json: conflict)) }
    self.folders = [:]
    for member in folders {
      let mode = member.value.int.flatMap { UInt32(exactly: $0) } ?? 0o755
      self.folders[try Self.path(.string(member.key))] = mode & 0o7777
    }
    indexPaths = []
    for path in index { indexPaths.append(try Self.path(path)) }
  }

  fileprivate static func path(_ json: JSONValue?) throws(ParseFailure) -> TreePath {
    guard let path = json?.string.flatMap(TreePath.init(described:)) else {
      throw ParseFailure("a path of the journal leads out of the project")
    }
    return path
  }
}

extension UpdateJournal.Change {
  var json: JSONValue {
    var members: [JSONValue.Member] = [.init("path", .string(path.description))]
    if let before {
      members.append(.init("kind", .string(before.kind.rawValue)))
      members.append(.init("mode", .int(Int64(before.mode))))
    }
    members.append(.init("result", .bool(hasResult)))
    return .object(members)
  }

  init(json: JSONValue) throws(ParseFailure) {
    path = try UpdateJournal.path(json["path"])
    hasResult = json["result"]?.bool ?? false
    if let word = json["kind"]?.string {
      guard let kind = RenderedFile.Kind(rawValue: word) else {
        throw ParseFailure("`\(word)` is no kind of file")
      }
      let mode = json["mode"]?.int.flatMap { UInt32(exactly: $0) } ?? 0o644
      before = Original(kind: kind, mode: mode & 0o7777)
    }
  }
}

extension UpdateJournal.Open {
  var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("path", .string(path.description)), .init("action", .string(action.rawValue)),
      .init("markers", .bool(hasMarkers)),
    ]
    if let aside { members.append(.init("aside", .string(aside))) }
    return .object(members)
  }

  init(json: JSONValue) throws(ParseFailure) {
    path = try UpdateJournal.path(json["path"])
    guard let action = json["action"]?.string.flatMap(UpdateAction.init(rawValue:)) else {
      throw ParseFailure("a conflict of the journal has no kind")
    }
    self.action = action
    hasMarkers = json["markers"]?.bool ?? false
    aside = json["aside"]?.string
  }
}
