import Git
import Platform
import SystemPackage

/// A template with all its versions: a git repository somewhere, or a folder that has only the one that is there.
package struct TemplateVersions: Sendable {
  /// One version.
  package struct Version: Sendable, Hashable {
    /// 40 hexadecimal digits; nil for a plain folder.
    package var commit: String?
    /// What `git describe --tags --always` says; nil for a plain folder.
    package var name: String?
    /// Whether the repository no longer gives it.
    package var isLost = false

    /// What to call it.
    package var shown: String {
      guard let commit else { return "its folder" }
      let short = String(commit.prefix(8))
      guard let name, !commit.hasPrefix(name) else { return short }
      return "\(name) (\(short))"
    }
  }

  private enum Place: Sendable {
    case repository(url: String, RepositoryCache)
    case folder(FilePath)
  }

  private let place: Place
  /// As it is recorded.
  package let address: String
  /// Where in the repository the template lies.
  package let directory: String?

  /// - Parameters:
  ///   - address: a repository's address or a path, relative to the project.
  ///   - cache: where fetched repositories are kept.
  package init(
    address: String, directory: String?, project: FilePath, cache: RepositoryCache
  ) throws {
    self.address = address
    var url = address
    for prefix in ["git+"] where url.hasPrefix(prefix) { url.removeFirst(prefix.count) }
    let local = try FileSystem.absolute(FilePath(url), in: project)
    if directory == nil, !TemplateFinder.isTemplate(local), let own = Self.ownLayout(url) {
      // Whatever repository the program is installed in says nothing of the layout's versions.
      place = .folder(own)
      self.directory = nil
      return
    }
    guard FileSystem.isDirectory(local), !url.contains("://") else {
      if FilePath(url).components.count == 1, !url.contains(":") {
        throw Failure(
          .notFound,
          "the template `\(address)` is not there: no folder and no layout of this program",
          hint: try Self.ownLayouts().isEmpty
            ? "reprise template link TEMPLATE"
            : "layouts are: " + Self.ownLayouts().joined(separator: ", "))
      }
      place = .repository(url: url, cache)
      self.directory = directory
      return
    }
    guard let repository = try Repository.discover(from: local),
      let top = FileSystem.realPath(repository.workTree ?? repository.gitDirectory),
      let real = FileSystem.realPath(local), (try? repository.head().commit) ?? nil != nil
    else {
      place = .folder(local)
      self.directory = directory
      return
    }
    place = .repository(url: top.string, cache)
    // A folder inside a repository: the template's folder is deeper by that much.
    let inside = real.components.dropFirst(top.components.count).map(\.string)
    let parts = inside + [directory].compactMap { $0 }
    self.directory = parts.isEmpty ? nil : parts.joined(separator: "/")
  }

  /// The address of a template as it is recorded: abbreviations written out, a folder's path made whole.
  package static func address(
    _ typed: String, in folder: FilePath, variables: [String: String]
  ) throws -> String {
    let configuration = try UserConfiguration.load(
      file: nil, ignoringFiles: false, variables: variables, in: folder)
    let expanded = TemplateAddress.expanded(typed, configuration.abbreviations)
    let local = try FileSystem.absolute(FilePath(expanded), in: folder)
    return FileSystem.isDirectory(local) ? local.string : expanded
  }

  /// Where the layouts that come with the program are.
  private static func layouts() -> FilePath? {
    try? SharedFiles.folder(variables: ProcessVariables.all()).appending("templates")
  }

  private static func ownLayout(_ name: String) -> FilePath? {
    TemplateFinder.own(name, in: layouts())
  }

  private static func ownLayouts() throws -> [String] {
    guard let folder = layouts() else { return [] }
    return try FileSystem.names(in: folder).filter { ownLayout($0) != nil }
  }

  /// Whether there are versions at all.
  package var hasHistory: Bool {
    if case .repository = place { true } else { false }
  }

  /// The version that a name stands for, fetched when it may be new.
  ///
  /// - Parameter name: a branch, tag or commit; nil for the default branch.
  package func version(_ name: String?) throws -> Version {
    guard case .repository(let url, let cache) = place else {
      guard name == nil else {
        throw Failure(
          .invalid, "`\(address)` is no git repository and has no version `\(name ?? "")`")
      }
      return Version(commit: nil, name: nil)
    }
    let (repository, commit) = try cache.mirror(of: url, version: name)
    return Version(commit: commit, name: try? repository.describe(commit))
  }

  /// The version that an update goes to when none is named.
  ///
  /// - Parameters:
  ///   - kind: copier templates are followed by release, others by branch.
  ///   - checkout: what the project follows; a tag or a commit would stand still, so the default branch is taken then.
  package func newest(_ kind: ScaffoldState.Kind, following checkout: String?) throws -> Version {
    guard case .repository(let url, let cache) = place else { return try version(nil) }
    let (repository, head) = try cache.mirror(of: url)
    if let checkout, checkout != "HEAD",
      let commit = try? repository.resolve("refs/heads/" + checkout)
    {
      return Version(commit: commit, name: try? repository.describe(commit))
    }
    guard kind == .copier else {
      return Version(commit: head, name: try? repository.describe(head))
    }
    let releases = try repository.tags().compactMap { tag in
      ReleaseVersion(tag.name).map { (version: $0, tag.name, tag.commit) }
    }
    let newest = releases.filter { !$0.version.isPrerelease }.max { $0.version < $1.version }
    guard let newest else { return Version(commit: head, name: try? repository.describe(head)) }
    return Version(commit: newest.2, name: newest.1)
  }

  /// The commits that lead to a version, newest first; none of a plain folder.
  package func history(of name: String?, limit: Int) throws -> [CommitSummary] {
    guard case .repository(let url, let cache) = place else { return [] }
    let (repository, commit) = try cache.mirror(of: url, version: name)
    return try repository.history(of: commit, limit: limit)
  }

  /// The repository with all versions, which has one of them.
  func repository(holding name: String?) throws -> Repository {
    guard case .repository(let url, let cache) = place else {
      throw Failure(.unsupported, "`\(address)` is no git repository")
    }
    return try cache.mirror(of: url, version: name).repository
  }

  /// The address to be recorded: a path is made whole, because a relative one means something else elsewhere.
  var recordedAddress: String {
    guard case .repository(let url, _) = place, url.hasPrefix("/") else { return address }
    return url
  }

  /// The files of a commit below the template's folder, by content; for comparisons that need no checkout.
  package func files(at commit: String) throws -> [TreeFile] {
    guard case .repository(let url, let cache) = place else { return [] }
    let (repository, _) = try cache.mirror(of: url, version: commit)
    return try repository.files(at: commit, in: Array((directory ?? "").utf8))
  }

  /// Whether one version leads to another.
  package func isCommit(_ ancestor: String, reachableFrom descendant: String) throws -> Bool {
    guard case .repository(let url, let cache) = place else { return true }
    let (repository, _) = try cache.mirror(of: url, version: descendant)
    return (try? repository.isCommit(ancestor, reachableFrom: descendant)) ?? false
  }

  /// A version as files.
  package func checkOut(_ version: Version) throws -> TemplateCheckout {
    guard case .repository(let url, let cache) = place, let commit = version.commit else {
      guard case .folder(let folder) = place else {
        throw Failure(.bug, "a version of `\(address)` has no commit")
      }
      return TemplateCheckout(
        top: folder, folder: try Self.inside(folder, directory), version: version, removed: nil)
    }
    let removed = try RemovedCheckout()
    let top = removed.path.appending("template")
    try Repository.clone(url: url, version: commit, into: top, cache: cache)
    return TemplateCheckout(
      top: top, folder: try Self.inside(top, directory), version: version, removed: removed)
  }

  private static func inside(_ top: FilePath, _ directory: String?) throws -> FilePath {
    guard let directory, !directory.isEmpty else { return top }
    let folder = top.pushing(FilePath(directory)).lexicallyNormalized()
    guard folder.starts(with: top), FileSystem.isDirectory(folder) else {
      throw Failure(.notFound, "the template has no folder `\(directory)` in this version")
    }
    return folder
  }
}

/// A version of a template as files, for as long as the value is held.
package struct TemplateCheckout: Sendable {
  /// The whole repository.
  package let top: FilePath
  /// The folder of the template itself.
  package let folder: FilePath
  package let version: TemplateVersions.Version
  private let removed: RemovedCheckout?

  init(
    top: FilePath, folder: FilePath, version: TemplateVersions.Version, removed: RemovedCheckout?
  ) {
    self.top = top
    self.folder = folder
    self.version = version
    self.removed = removed
  }
}

/// A folder that goes when nobody holds it any more.
final class RemovedCheckout: Sendable {
  let path: FilePath

  init() throws { path = try TemporaryDirectory(prefix: "reprise-version-").keep() }

  deinit { try? FileSystem.removeTree(path) }
}
