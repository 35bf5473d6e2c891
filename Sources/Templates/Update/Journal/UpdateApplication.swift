import Formats
import Git
import Glibc
import Platform
import SystemPackage

/// Carries out a plan: everything is prepared beside the project's files, then put in place by renames.
///
/// Killed at any moment it leaves either the project as it was, or a journal from which `--abort` restores it.
package struct UpdateApplication {
  let project: FilePath
  let plan: UpdatePlan
  /// Further files that change with the update, whatever the plan says: the state and the files of other programs.
  let records: [TreePath: RenderedFile?]
  let title: String

  package init(
    _ plan: UpdatePlan, to project: FilePath, records: [TreePath: RenderedFile?] = [:],
    title: String
  ) {
    self.project = project
    self.plan = plan
    self.records = records
    self.title = title
  }

  /// Does it. When a step fails, what was done is taken back.
  ///
  /// - Returns: the conflicts that are left; the journal stays until they are solved.
  /// - Throws: ``Failure`` with `.conflict` when another update is unfinished.
  package func run() throws -> [UpdateJournal.Open] {
    try UpdateJournal.refuseUnfinished(in: project)
    try UpdateJournal.removeLeftovers(in: project)
    let journal = try prepare()
    do {
      try Self.apply(journal, in: project)
      try noteConflicts(journal)
      try FileSystem.write(
        [UInt8](), to: UpdateJournal.folder(in: project).appending(UpdateJournal.Name.applied),
        durable: false)
    } catch {
      _ = try? UpdateJournal.abort(in: project)
      throw error
    }
    if journal.conflicts.isEmpty { try UpdateJournal.drop(in: project) }
    return journal.conflicts
  }

  /// What is to be at each touched path.
  private var results: [TreePath: RenderedFile?] {
    var results: [TreePath: RenderedFile?] = [:]
    for step in plan.steps {
      if let from = step.renamedFrom { results[from] = .some(nil) }
    }
    for step in plan.steps {
      switch step.outcome {
      case .leave: continue
      case .write(let file): results[step.path] = file
      case .remove: results[step.path] = .some(nil)
      }
    }
    return results.merging(records) { $1 }
  }

  /// Writes originals, results and the journal into a folder of their own, which then gets its name.
  private func prepare() throws -> UpdateJournal {
    let target = UpdateJournal.folder(in: project)
    let parent = target.removingLastComponent()
    try FileSystem.createDirectory(parent)
    let made = FilePath("\(target.string).new-\(getpid())")
    try FileSystem.createDirectory(made)
    do {
      // What a kill leaves here is never added to git by `git add --all`.
      try FileSystem.write(Array("*\n".utf8), to: made.appending(".gitignore"), durable: false)
      let journal = try fill(made)
      try FileSystem.write(
        Array(journal.json.text(.indented).utf8),
        to: made.appending(UpdateJournal.Name.journal))
      try FileSystem.rename(made, to: target)
      return journal
    } catch {
      try? FileSystem.removeTree(made)
      _ = parent.withPlatformString { rmdir($0) }
      throw error
    }
  }

  private func fill(_ folder: FilePath) throws -> UpdateJournal {
    let originals = folder.appending(UpdateJournal.Name.originals)
    let staged = folder.appending(UpdateJournal.Name.results)
    for name in [originals, staged] { try FileSystem.createDirectory(name) }
    var changes: [UpdateJournal.Change] = []
    var folders: [TreePath: UInt32] = [:]
    for (path, result) in results.sorted(by: { $0.key < $1.key }) {
      let place = path.path(in: project)
      var change = UpdateJournal.Change(path: path, before: nil, hasResult: result != nil)
      var mode: UInt32?
      if let file = try RenderedFile(reading: place),
        let status = try FileSystem.linkStatus(place)
      {
        if file == result { continue }
        mode = file.kind == .link ? nil : status.mode
        change.before = .init(kind: file.kind, mode: status.mode)
        try file.write(to: originals.appending("\(changes.count)"))
      } else if result == nil {
        continue
      }
      if let result {
        try result.write(
          to: staged.appending("\(changes.count)"), mode: mode.map { result.mode(from: $0) })
      }
      for above in path.folders where folders[above] == nil && change.before != nil {
        folders[above] = try FileSystem.linkStatus(above.path(in: project))?.mode
      }
      changes.append(change)
    }
    var journal = UpdateJournal(
      process: .current, changes: changes, conflicts: [], folders: folders, indexPaths: [],
      isApplied: false, title: title)
    journal.conflicts = try putAside(folder)
    if let (repository, prefix) = try workTree(), !plan.conflicts.isEmpty {
      journal.indexPaths = plan.conflicts.flatMap { step in
        [step.path, step.renamedFrom].compactMap { $0.flatMap { TreePath(prefix + $0.bytes) } }
      }
      if FileSystem.exists(repository.indexFile) {
        try FileSystem.write(
          FileSystem.read(repository.indexFile), to: folder.appending(UpdateJournal.Name.index),
          durable: false)
      }
    }
    return journal
  }

  /// Lays the template's versions of files that get no markers into the journal, to be looked at.
  private func putAside(_ folder: FilePath) throws -> [UpdateJournal.Open] {
    try plan.conflicts.map { step in
      var open = UpdateJournal.Open(
        path: step.path, action: step.action, hasMarkers: step.conflict?.hasMarkers == true)
      guard let conflict = step.conflict, !conflict.hasMarkers, let theirs = conflict.theirs else {
        return open
      }
      let place = step.path.path(in: folder.appending(UpdateJournal.Name.aside))
      try FileSystem.createDirectory(place.removingLastComponent())
      try theirs.write(to: place)
      open.aside = ".reprise/update/\(UpdateJournal.Name.aside)/\(step.path)"
      return open
    }
  }

  /// The repository whose work tree the project is in, and what stands before the project's paths in it.
  private func workTree() throws -> (Repository, prefix: [UInt8])? {
    try ProjectRepository.find(project)
  }

  private func noteConflicts(_ journal: UpdateJournal) throws {
    guard !plan.conflicts.isEmpty, let (repository, prefix) = try workTree() else { return }
    try repository.note(
      plan.conflicts.map { step in
        IndexConflict(
          path: prefix + step.path.bytes, base: step.conflict?.base?.side,
          ours: step.conflict?.ours?.side, theirs: step.conflict?.theirs?.side)
      })
  }
}

extension RenderedFile {
  /// Permission bits that differ from others only where this file's kind wants it; who may read may then run.
  func mode(from mode: UInt32) -> UInt32 {
    switch kind {
    case .program where mode & 0o100 == 0: mode | (mode & 0o444) >> 2
    case .file where mode & 0o100 != 0: mode & ~0o111
    default: mode
    }
  }
}

// MARK: - Putting things in place

extension UpdateApplication {
  /// Makes the changes of a journal; again, when some are made already.
  static func apply(_ journal: UpdateJournal, in project: FilePath) throws {
    let staged = UpdateJournal.folder(in: project).appending(UpdateJournal.Name.results)
    // What goes makes room for what comes.
    for change in journal.changes where !change.hasResult {
      try FileSystem.remove(change.path.path(in: project))
      removeEmpty(change.path.folders, in: project)
    }
    for (number, change) in journal.changes.enumerated() where change.hasResult {
      let place = change.path.path(in: project)
      try FileSystem.createDirectory(place.removingLastComponent())
      try FileSystem.rename(staged.appending("\(number)"), to: place)
    }
  }

  /// Removes the folders that are empty, from the innermost on.
  static func removeEmpty(_ folders: [TreePath], in project: FilePath) {
    for folder in folders.reversed() {
      guard folder.path(in: project).withPlatformString({ rmdir($0) }) == 0 else { return }
    }
  }
}
