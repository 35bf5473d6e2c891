import Platform
import SystemPackage

/// Where a project is: `URI#subfolder`, as `mlflow run` reads it.
package struct ProjectURI: Sendable, Hashable {
  package enum Source: Sendable, Hashable {
    /// An existing folder, absolute; it runs in place.
    case folder(FilePath)
    /// An existing archive of this machine.
    case zip(FilePath)
    /// An archive to fetch.
    case remoteZip(String)
    /// Anything else is a repository.
    case git(String)
  }

  package let source: Source
  /// The project's folder in the source; empty for the source itself.
  package let subfolder: String
  /// As it was given, without quotes around it.
  package let text: String

  /// - Parameters:
  ///   - workingDirectory: absolute.
  ///   - status: what is at an absolute path; nil for nothing. The file system, but for tests.
  /// - Throws: ``Failure`` when the subfolder has a point in it, or there is nothing that the text could mean.
  package init(
    _ given: String, in workingDirectory: FilePath,
    status: (FilePath) -> FileStatus.Kind? = { (try? FileSystem.status($0))??.kind }
  ) throws(Failure) {
    let scalars = given.unicodeScalars.drop { $0 == "'" || $0 == "\"" }
    var text = String(String.UnicodeScalarView(scalars))
    while text.hasSuffix("'") || text.hasSuffix("\"") { text.unicodeScalars.removeLast() }
    self.text = text
    let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let uri = parts.first.map { String($0) } ?? ""
    subfolder = parts.count > 1 ? String(parts[1]) : ""
    guard !subfolder.contains(".") else {
      throw Failure(
        .usage, "`.` is not allowed in the subfolder `\(subfolder)` of a project",
        hint: "name a folder below the project, such as \(uri)#examples/first")
    }
    let path = workingDirectory.pushing(FilePath(Self.path(of: uri))).lexicallyNormalized()
    let kind = uri.utf8.contains(0) ? nil : status(path)
    let isZip = uri.hasSuffix(".zip") && uri.utf8.count > 4
    if kind != nil {
      if isZip {
        source = .zip(path)
      } else if kind == .directory {
        source = .folder(path)
      } else {
        throw Failure(
          .notFound, "`\(uri)` is a file, not a project",
          hint: "give its folder, and the file as entry point: run . -e \(uri)")
      }
    } else if isZip, let scheme = PythonURI.scheme(of: uri), scheme == "http" || scheme == "https" {
      source = .remoteZip(uri)
    } else if !isZip, Self.looksRemote(uri) {
      source = .git(uri)
    } else {
      throw Failure(
        .notFound, "there is no project at `\(uri)`",
        hint: "give a folder, a .zip file, or the URL of a git repository")
    }
  }

  /// The path that `file://` names, not decoded, or the text itself.
  private static func path(of uri: String) -> String {
    guard uri.hasPrefix("file://"), uri.utf8.count > 7 else { return uri }
    let (host, path) = PythonURI.filePath(uri)
    return path.isEmpty ? host : path
  }

  /// Whether git could fetch it: a URL, or `host:path` as ssh takes it.
  private static func looksRemote(_ uri: String) -> Bool {
    if let scheme = PythonURI.scheme(of: uri) { return scheme != "file" }
    guard let colon = uri.utf8.firstIndex(of: UInt8(ascii: ":")) else { return false }
    return !uri.utf8[..<colon].contains(UInt8(ascii: "/")) && colon != uri.utf8.startIndex
  }
}

extension ProjectURI {
  /// The project's folder in a source that is on the disk.
  ///
  /// - Throws: ``Failure`` when the subfolder is not there.
  package func folder(in root: FilePath) throws -> FilePath {
    guard !subfolder.isEmpty else { return root }
    let path = root.pushing(FilePath(subfolder)).lexicallyNormalized()
    guard FileSystem.isDirectory(path) else {
      throw Failure(.notFound, "there is no folder `\(subfolder)` in `\(text)`")
    }
    return path
  }
}
