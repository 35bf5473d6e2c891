import Formats
import Git
import Notebooks
import Platform
import SystemPackage

/// Two versions of a notebook that are to be compared.
struct NotebookPair {
  /// What they are called; `/dev/null` for one that is not there.
  var oldName: String
  var newName: String
  var old: () throws -> [UInt8]?
  var new: () throws -> [UInt8]?
  /// Whether one side is a file on disk that git's filter strips when it is committed.
  var isFiltered = false

  struct Compared {
    var oldName: String
    var newName: String
    var difference: NotebookDifference
  }

  /// What git gives an external diff: path, old file, hex, mode, new file, hex, mode, and of a file that was renamed
  /// its new name and what to say.
  init(driver arguments: [String], _ place: Place) throws {
    guard arguments.count >= 7 else {
      throw Failure(
        .usage, "git gives seven arguments to an external diff, and \(arguments.count) are given",
        hint: "reprise hooks install --notebooks")
    }
    let isNew = arguments[1] == "/dev/null"
    let isGone = arguments[4] == "/dev/null"
    oldName = isNew ? "/dev/null" : "a/" + arguments[0]
    newName = isGone ? "/dev/null" : "b/" + (arguments.count > 7 ? arguments[7] : arguments[0])
    (old, new) = (Self.file(arguments[1], place), Self.file(arguments[4], place))
    isFiltered = true
  }

  init(
    _ oldName: String, _ newName: String, isFiltered: Bool = false,
    old: @escaping () throws -> [UInt8]?, new: @escaping () throws -> [UInt8]?
  ) {
    (self.oldName, self.newName, self.old, self.new) = (oldName, newName, old, new)
    self.isFiltered = isFiltered
  }

  /// The bytes of a file; nil when there is none.
  static func file(_ name: String, _ place: Place) -> () throws -> [UInt8]? {
    {
      guard name != "/dev/null" else { return nil }
      return try FileSystem.read(FileSystem.absolute(FilePath(name), in: place.folder))
    }
  }

  /// Where the repository has a notebook stripped, the file on disk is compared as it would be committed.
  private static func stripLike(_ first: inout [UInt8]?, _ second: inout [UInt8]?) {
    let stripped = [first, second].map { $0.flatMap { try? StrippedNotebook($0) } }
    guard stripped.contains(where: { $0?.isChanged == false }) else { return }
    first = stripped[0]?.bytes ?? first
    second = stripped[1]?.bytes ?? second
  }

  func compare(_ parts: NotebookDifference.Parts) throws -> Compared {
    var (first, second) = (try old(), try new())
    if isFiltered { Self.stripLike(&first, &second) }
    if let first, let second, first == second {
      return Compared(
        oldName: oldName, newName: newName,
        difference: NotebookDifference(NotebookSide(), NotebookSide(), parts))
    }
    let sides = try [(first, oldName), (second, newName)].map { bytes, name in
      try bytes.map { try ComparedNotebook.side($0, shown: name, mayBeEmpty: true) }
        ?? NotebookSide()
    }
    return Compared(
      oldName: oldName, newName: newName,
      difference: NotebookDifference(sides[0], sides[1], parts))
  }
}

/// Finds what a command line asks to compare.
enum NotebookPairs {
  static func find(_ arguments: [String], _ place: Place) throws -> [NotebookPair] {
    func path(_ name: String) throws -> FilePath {
      try FileSystem.absolute(FilePath(name), in: place.folder)
    }
    func isFile(_ name: String) throws -> Bool {
      try name == "/dev/null" || FileSystem.isFile(path(name))
    }
    for argument in arguments { try RemoteName.refuseReading(argument) }
    if arguments.count == 2, try arguments.allSatisfy(isFile) {
      return [
        NotebookPair(
          arguments[0], arguments[1], old: NotebookPair.file(arguments[0], place),
          new: NotebookPair.file(arguments[1], place))
      ]
    }
    guard let git = try Repository.discover(from: place.folder), let top = git.workTree else {
      let missing = try arguments.first { try !isFile($0) }
      throw Failure(
        .notFound,
        missing.map { "there is no file `\($0)`, and no repository of git that could know it" }
          ?? "`\(place.folder)` is in no work tree of git",
        hint: "reprise notebook diff a.ipynb b.ipynb")
    }
    var rest = arguments[...]
    var revisions: [String] = []
    while let word = rest.first, revisions.count < 2, try !FileSystem.exists(path(word)) {
      revisions.append(try git.resolve(word))
      rest = rest.dropFirst()
    }
    let base = FileSystem.realPath(top) ?? top
    let wanted = try rest.map { word -> FilePath in
      var full = try path(word)
      full = FileSystem.realPath(full) ?? full
      _ = full.removePrefix(base)
      return full
    }
    func isWanted(_ file: String) -> Bool {
      file.hasSuffix(".ipynb")
        && (wanted.isEmpty || wanted.contains { FilePath(file).starts(with: $0) })
    }
    let first = revisions.first ?? "HEAD"
    let olds = try git.files(at: first).filter {
      isWanted(String(decoding: $0.path, as: UTF8.self))
    }
    if revisions.count == 2 {
      let news = try git.files(at: revisions[1]).filter {
        isWanted(String(decoding: $0.path, as: UTF8.self))
      }
      let names = Set((olds + news).map(\.path)).sorted { $0.lexicographicallyPrecedes($1) }
      return names.compactMap { name in
        let (old, new) = (olds.first { $0.path == name }, news.first { $0.path == name })
        guard old?.contentName != new?.contentName else { return nil }
        let shown = String(decoding: name, as: UTF8.self)
        return NotebookPair(
          old == nil ? "/dev/null" : "a/" + shown, new == nil ? "/dev/null" : "b/" + shown,
          old: { try old.map(git.content) }, new: { try new.map(git.content) })
      }
    }
    return olds.map { file in
      let shown = String(decoding: file.path, as: UTF8.self)
      let disk = base.pushing(FilePath(shown))
      let isThere = FileSystem.isFile(disk)
      return NotebookPair(
        "a/" + shown, isThere ? "b/" + shown : "/dev/null", isFiltered: true,
        old: { try git.content(of: file) },
        new: { isThere ? try FileSystem.read(disk) : nil })
    }
  }
}
