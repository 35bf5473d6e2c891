import Git
import Platform
import SystemPackage

/// The versions of a path through git's history.
package struct DataLog {
  /// A commit that changed which content belongs at the path.
  package struct Version: Sendable {
    package var commit: CommitSummary
    /// Nil where the commit took the path out of the versions.
    package var output: PointerOutput?
    /// Files that came, went and changed since the version before; nil where a listing is not in the cache.
    package var change: Change?
  }

  package struct Change: Sendable, Hashable {
    package var added = 0
    package var deleted = 0
    package var modified = 0
  }

  /// Newest first.
  package private(set) var versions: [Version] = []

  /// - Parameters:
  ///   - path: from the project's root; a tracked path, or one inside of it.
  ///   - revision: where the history ends.
  ///   - limit: how many versions at most.
  /// - Throws: ``Failure`` with `.notFound` for a revision that there is not, and where there is no git.
  package init(
    _ repository: DataRepository, _ path: FilePath, revision: String = "HEAD", limit: Int = .max
  ) throws {
    let pointers = try PointerHistory(repository, path)
    let commits = try pointers.git.history(of: revision)
    for commit in commits {
      let now = try pointers.files(at: commit.id)
      // A commit that took over a parent's content made nothing new.
      let isSame = try commit.parents.contains { try pointers.files(at: $0) == now }
      guard !isSame, !(now.isEmpty && commit.parents.isEmpty) else { continue }
      let output = try pointers.output(at: commit.id)
      let before = try commit.parents.first.flatMap { try pointers.output(at: $0) }
      // The pointer may have changed in other ways.
      guard output?.output.object != before?.output.object else { continue }
      let change = Self.change(from: before, to: output, repository.cache)
      // Other files of the folder changed than those that were asked for.
      if change == Change(), output?.below.isEmpty == false { continue }
      versions.append(Version(commit: commit, output: output?.output, change: change))
      if versions.count == limit { return }
    }
  }

  private static func change(
    from old: NamedOutput?, to new: NamedOutput?, _ cache: ObjectCache
  ) -> Change? {
    func table(_ named: NamedOutput?) -> FileTable? {
      guard let named, let object = named.output.object else { return FileTable() }
      if object.isFolder {
        return (try? cache.listing(object))?.part(named.below)
      }
      var table = FileTable()
      table.append(path: [], FileTable.Entry(digest: object.digest))
      return table
    }
    guard let first = table(old), let second = table(new) else { return nil }
    var change = Change()
    FileTable.match(first, second) { before, after in
      switch (before, after) {
      case (nil, _): change.added += 1
      case (_, nil): change.deleted += 1
      case (let before?, let after?):
        if first.entries[before].digest != second.entries[after].digest { change.modified += 1 }
      }
    }
    return change
  }
}
