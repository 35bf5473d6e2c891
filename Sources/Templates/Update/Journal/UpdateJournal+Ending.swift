import Git
import Glibc
import Platform
import SystemPackage

extension UpdateJournal {
  /// Fails when an update is unfinished.
  package static func refuseUnfinished(in project: FilePath) throws {
    guard let journal = try read(in: project) else { return }
    if journal.process.isAlive, journal.process != .current, !journal.isApplied {
      throw Failure(
        .locked, "an update of this project is running (process \(journal.process.pid))")
    }
    throw Failure(
      .conflict, "an update of this project is not finished: \(journal.title)",
      hint: journal.isApplied
        ? "solve its conflicts, then `reprise update --continue`; or `reprise update --abort`"
        : "it was interrupted: `reprise update --abort` restores the project")
  }

  /// Removes what a killed update left that had not begun, or was done.
  static func removeLeftovers(in project: FilePath) throws {
    let parent = folder(in: project).removingLastComponent()
    guard FileSystem.isDirectory(parent) else { return }
    for name in try FileSystem.names(in: parent)
    where name.hasPrefix("update.new-") || name.hasPrefix("update.done-") {
      if let pid = Int32(name.split(separator: "-").last ?? ""), pid != getpid(),
        ProcessIdentity(pid: pid)?.isAlive == true
      {
        continue
      }
      try FileSystem.removeTree(parent.appending(name))
    }
  }

  /// Takes the journal away: from here on the update is done, or was never there.
  static func drop(in project: FilePath) throws {
    let folder = folder(in: project)
    let done = FilePath("\(folder.string).done-\(getpid())")
    try FileSystem.rename(folder, to: done)
    try FileSystem.removeTree(done)
    _ = folder.removingLastComponent().withPlatformString { rmdir($0) }
  }

  /// Gives every touched file its bytes and permissions back, and git's index its entries.
  ///
  /// It may be killed and run again. What was changed in these files since is lost.
  ///
  /// - Returns: how many paths were restored.
  /// - Throws: ``Failure`` with `.notFound` when no update is unfinished.
  @discardableResult
  package static func abort(in project: FilePath) throws -> Int {
    guard let journal = try read(in: project) else {
      try removeLeftovers(in: project)
      throw Failure(.notFound, "there is no unfinished update in `\(project)`")
    }
    if journal.process != .current, !journal.isApplied, journal.process.isAlive {
      throw Failure(
        .locked, "the update is still running (process \(journal.process.pid))",
        hint: "wait until it ends, or end it")
    }
    let folder = folder(in: project)
    try journal.requireOriginals(in: folder)
    try journal.restoreFiles(in: project, from: folder)
    try journal.restoreIndex(of: project, from: folder.appending(Name.index))
    try drop(in: project)
    try removeLeftovers(in: project)
    return journal.changes.count
  }

  /// Fails before anything is touched when what is to be put back is not there.
  private func requireOriginals(in folder: FilePath) throws {
    for (number, change) in changes.enumerated() {
      guard let before = change.before else { continue }
      let original = folder.appending(Name.originals).appending("\(number)")
      guard let status = try FileSystem.linkStatus(original),
        status.kind == (before.kind == .link ? .link : .file)
      else {
        throw Failure(
          .corrupt, "the journal lost the original of `\(change.path)`; nothing was changed",
          hint: "what is left of them is in `.reprise/update/originals`")
      }
    }
  }

  private func restoreFiles(in project: FilePath, from folder: FilePath) throws {
    // What came goes first, so that files and folders can change places back.
    for change in changes where change.before == nil {
      let place = change.path.path(in: project)
      if try FileSystem.linkStatus(place)?.kind != .directory { try FileSystem.remove(place) }
      UpdateApplication.removeEmpty(change.path.folders, in: project)
    }
    for (number, change) in changes.enumerated() {
      guard let before = change.before else { continue }
      let place = change.path.path(in: project)
      let original = folder.appending(Name.originals).appending("\(number)")
      guard let file = try RenderedFile(reading: original) else {
        throw Failure(.corrupt, "the journal lost the original of `\(change.path)`")
      }
      for above in change.path.folders {
        let path = above.path(in: project)
        guard !FileSystem.exists(path) else { continue }
        try FileSystem.createDirectory(path)
        if let mode = folders[above] { _ = path.withPlatformString { chmod($0, mode) } }
      }
      if try RenderedFile(reading: place)?.content == file.content,
        let status = try FileSystem.linkStatus(place),
        before.kind == .link || status.kind == .file && status.mode == before.mode
      {
        continue
      }
      let temporary = folder.appending("restored")
      try FileSystem.remove(temporary)
      var restored = file
      restored.kind = before.kind
      try restored.write(to: temporary, mode: before.mode)
      try FileSystem.rename(temporary, to: place)
    }
  }

  private func restoreIndex(of project: FilePath, from copy: FilePath) throws {
    guard !indexPaths.isEmpty, let (repository, _) = try ProjectRepository.find(project) else {
      return
    }
    guard FileSystem.exists(repository.indexFile) else { return }
    // Killed while it wrote the index, the update left its lock, which nobody else would take away.
    let lock = FilePath(repository.indexFile.string + ".lock")
    if !isApplied, !process.isAlive, let locked = try FileSystem.linkStatus(lock),
      let begun = try FileSystem.linkStatus(
        copy.removingLastComponent().appending(Name.journal)),
      locked.modified >= begun.modified
    {
      try FileSystem.remove(lock)
    }
    try repository.restore(indexPaths.map(\.bytes), fromIndex: copy)
  }
}

extension UpdateJournal {
  /// Ends an update whose conflicts are solved.
  ///
  /// A file that had markers is solved when it has none any more; git's index is told so. Another is solved when the index
  /// says so, or, without git, when the person does by calling this.
  ///
  /// - Throws: ``Failure`` with `.no` that lists what is not solved; `.notFound` when no update is unfinished.
  package static func finish(in project: FilePath) throws {
    guard let journal = try read(in: project) else {
      throw Failure(.notFound, "there is no unfinished update in `\(project)`")
    }
    guard journal.isApplied else {
      try refuseUnfinished(in: project)
      return
    }
    let repository = try ProjectRepository.find(project)
    let unmerged = Set(try repository?.0.conflictedPaths() ?? [])
    var open: [Failure] = []
    var solved: [[UInt8]] = []
    for conflict in journal.conflicts {
      let indexPath = (repository?.prefix ?? []) + conflict.path.bytes
      if conflict.hasMarkers {
        let content = try RenderedFile(reading: conflict.path.path(in: project))?.content ?? []
        if let line = ConflictMarkers.firstLine(in: content) {
          open.append(
            Failure(
              .conflict, "conflict markers are left",
              at: SourceLocation(file: conflict.path.description, line: line)))
        } else if unmerged.contains(indexPath) {
          solved.append(indexPath)
        }
      } else if unmerged.contains(indexPath) {
        open.append(
          Failure(
            .conflict, "`\(conflict.path)` is not decided",
            hint: "`git add \(conflict.path)` keeps it as it is, `git rm` removes it"))
      }
    }
    guard open.isEmpty else {
      throw Failure(
        .no, "\(open.count) of \(journal.conflicts.count) conflicts are not solved", details: open)
    }
    try repository?.0.settle(solved)
    try drop(in: project)
  }
}

/// The lines that a merge puts around what it could not merge.
enum ConflictMarkers {
  /// The first line, counted from 1, that is a marker; nil when there is none.
  static func firstLine(in content: [UInt8]) -> Int? {
    var number = 0
    for line in content.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      for marker in ["<<<<<<< ", ">>>>>>> ", "||||||| "] where line.starts(with: marker.utf8) {
        return number
      }
    }
    return nil
  }
}
