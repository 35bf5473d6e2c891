import Formats
import Git
import Platform
import Projects
import SystemPackage

/// A project that is on the disk, and where it came from.
package struct ProjectSource: Sendable {
  package let project: Project
  /// What `mlflow.source.name` says: the path or the URL, with its subfolder.
  package let name: String
  /// Whether it was fetched for this run, into a folder that goes away with it.
  package let isFetched: Bool
  /// The branch that was asked for by name.
  package let branch: String?
  private let checkout: FetchedFolder?

  /// Opens a project: a folder in place, a zip file or a repository in a folder of its own.
  ///
  /// - Parameter announce: told before a fetch, which may take long.
  package static func open(
    _ request: RunRequest, announce: (String) -> Void
  ) async throws -> ProjectSource {
    let uri = try ProjectURI(request.uri, in: request.workingFolder)
    switch uri.source {
    case .folder(let folder):
      if try isVersioned(folder, request) {
        return try cloned(folder.string, uri, request, announce)
      }
      let inside = try uri.folder(in: folder)
      return ProjectSource(
        project: try Project.load(inside), name: localName(inside, uri), isFetched: false,
        branch: nil, checkout: nil)
    case .zip(let file):
      if request.version != nil { try refuseVersion(request) }
      return try unpacked(file, uri)
    case .remoteZip(let url):
      if request.version != nil { try refuseVersion(request) }
      announce("fetching \(url)")
      TemporaryDirectory.removeAbandoned(prefix: "reprise-zip-")
      let folder = try TemporaryDirectory(prefix: "reprise-zip-")
      defer { withExtendedLifetime(folder) {} }
      let file = folder.path.appending("project.zip")
      try HTTPClient().download(url, to: file)
      return try unpacked(file, uri)
    case .git(let url):
      return try cloned(url, uri, request, announce)
    }
  }

  /// A folder with one entry point that no file describes, such as a training that was typed.
  ///
  /// - Parameter name: what is recorded; nil for the folder's own.
  package static func folder(
    _ folder: FilePath, with entry: EntryPoint, named name: String? = nil
  ) throws -> ProjectSource {
    let project = Project(
      folder: folder, manifest: Manifest(entryPoints: [entry]), environment: .python(nil))
    let uri = try ProjectURI(".", in: folder)
    return ProjectSource(
      project: project, name: name ?? localName(folder, uri), isFetched: false, branch: nil,
      checkout: nil)
  }

  /// A project in a folder that stands for another: what is recorded names that one.
  static func folder(_ folder: FilePath, named name: String) throws -> ProjectSource {
    ProjectSource(
      project: try Project.load(folder), name: name, isFetched: false, branch: nil, checkout: nil)
  }

  /// Whether a local folder has to be checked out elsewhere: a version of a repository is wanted (MLflow would check it out
  /// in place, over the person's own work), or it is a bare repository.
  private static func isVersioned(_ folder: FilePath, _ request: RunRequest) throws -> Bool {
    let real = FileSystem.realPath(folder) ?? folder
    let repository = try? Repository.discover(from: folder)
    let root = repository?.workTree.flatMap(FileSystem.realPath)
    let isBare = repository != nil && root == nil
    guard request.version != nil else { return isBare }
    if isBare || root == real { return true }
    throw Failure(
      .usage, "setting a version is only supported for git projects, and `\(folder)` is none",
      hint: root.map { "give its root and the folder in it: \($0)#…" } ?? "leave `-v` out")
  }

  private static func refuseVersion(_ request: RunRequest) throws -> Never {
    throw Failure(
      .usage, "setting a version is only supported for git projects", hint: "leave `-v` out")
  }

  private static func unpacked(_ file: FilePath, _ uri: ProjectURI) throws -> ProjectSource {
    let checkout = try FetchedFolder()
    try ZipArchive(file).extract(to: checkout.path.appending("project"))
    return try fetched(checkout, uri, branch: nil)
  }

  private static func cloned(
    _ url: String, _ uri: ProjectURI, _ request: RunRequest, _ announce: (String) -> Void
  ) throws -> ProjectSource {
    announce("fetching \(CodeState.withoutPassword(url))")
    let cache = RepositoryCache(UserFolders.cache(request.variables).appending("repositories"))
    let checkout = try FetchedFolder()
    let cloned = try Repository.clone(
      url: url, version: request.version, into: checkout.path.appending("project"), cache: cache)
    return try fetched(checkout, uri, branch: request.version == nil ? nil : cloned.branch)
  }

  private static func fetched(
    _ checkout: FetchedFolder, _ uri: ProjectURI, branch: String?
  ) throws -> ProjectSource {
    let folder = try uri.folder(in: checkout.path.appending("project"))
    return ProjectSource(
      project: try Project.load(folder), name: name(of: uri), isFetched: true,
      branch: branch, checkout: checkout)
  }

  /// A URL as it was given; what lies on this machine by its whole path, as a relative one says nothing later.
  private static func name(of uri: ProjectURI) -> String {
    let below = uri.subfolder.isEmpty ? "" : "#\(uri.subfolder)"
    switch uri.source {
    case .folder(let folder): return "file://\(FileSystem.realPath(folder) ?? folder)\(below)"
    case .zip(let file): return "\(file)\(below)"
    case .remoteZip, .git: return CodeState.withoutPassword(uri.text)
    }
  }

  /// As MLflow names a local project: the folder with its subfolder as it was given; inside a repository without one the
  /// repository's folder, as a URL, and the folder below it.
  private static func localName(_ folder: FilePath, _ uri: ProjectURI) -> String {
    if !uri.subfolder.isEmpty, case .folder(let outer) = uri.source {
      return "\(outer)#\(uri.subfolder)"
    }
    guard let repository = try? Repository.discover(from: folder), let root = repository.workTree
    else { return folder.string }
    let top = FileSystem.realPath(root) ?? root
    var below = FileSystem.realPath(folder) ?? folder
    guard below.removePrefix(top), !below.isEmpty else { return "file://\(top)" }
    return "file://\(top)#\(below)"
  }
}
