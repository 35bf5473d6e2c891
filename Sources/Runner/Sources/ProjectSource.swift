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
      let inside = try uri.folder(in: folder)
      if request.version != nil {
        // MLflow checks the version out in place; the folder may hold work, so ours goes to one of its own.
        guard let repository = try Repository.discover(from: folder),
          repository.workTree == nil
            || repository.workTree.flatMap(FileSystem.realPath) == FileSystem.realPath(folder)
        else { try refuseVersion(request) }
        return try cloned(folder.string, uri, request, announce)
      }
      return ProjectSource(
        project: try Project.load(inside), name: localName(inside, uri), isFetched: false,
        branch: nil, checkout: nil)
    case .zip(let file):
      if request.version != nil { try refuseVersion(request) }
      return try unpacked(file, uri)
    case .remoteZip(let url):
      if request.version != nil { try refuseVersion(request) }
      announce("fetching \(url)")
      let folder = try TemporaryDirectory(prefix: "reprise-zip-")
      let file = folder.path.appending("project.zip")
      try await HTTPClient().download(url, to: file)
      return try unpacked(file, uri)
    case .git(let url):
      return try cloned(url, uri, request, announce)
    }
  }

  private static func refuseVersion(_ request: RunRequest) throws -> Never {
    throw Failure(
      .usage, "setting a version is only supported for git projects", hint: "leave `-v` out")
  }

  private static func unpacked(_ file: FilePath, _ uri: ProjectURI) throws -> ProjectSource {
    let checkout = try FetchedFolder()
    try ZipArchive(file: file).extract(to: checkout.path.appending("project"))
    return try fetched(checkout, uri, branch: nil)
  }

  private static func cloned(
    _ url: String, _ uri: ProjectURI, _ request: RunRequest, _ announce: (String) -> Void
  ) throws -> ProjectSource {
    announce("fetching \(CodeState.withoutPassword(url))")
    let cache = RepositoryCache(
      folder: UserFolders.cache(request.variables).appending("repositories"))
    let checkout = try FetchedFolder()
    let fetched = try cache.checkout(
      url, version: request.version, into: checkout.path.appending("project"))
    return try self.fetched(checkout, uri, branch: fetched.branch)
  }

  private static func fetched(
    _ checkout: FetchedFolder, _ uri: ProjectURI, branch: String?
  ) throws -> ProjectSource {
    let folder = try uri.folder(in: checkout.path.appending("project"))
    return ProjectSource(
      project: try Project.load(folder), name: CodeState.withoutPassword(uri.text), isFetched: true,
      branch: branch, checkout: checkout)
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

/// A folder that is removed when nobody holds it any more.
final class FetchedFolder: Sendable {
  let path: FilePath

  init() throws {
    path = try TemporaryDirectory(prefix: "reprise-project-").keep()
  }

  deinit { try? FileSystem.removeTree(path) }
}
