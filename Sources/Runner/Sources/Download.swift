import Platform
import SystemPackage

/// Fetches the value of a `path` parameter that is a URL.
enum Download {
  /// - Parameters:
  ///   - index: the parameter's place; the file goes into `param_INDEX`, as MLflow names it.
  ///   - folder: `--storage-dir`; a temporary folder when nil, which stays, because the run uses it.
  static func fetch(_ uri: String, index: Int, into folder: FilePath?) throws -> FilePath {
    guard uri.hasPrefix("http://") || uri.hasPrefix("https://") else {
      throw Failure(
        .unsupported, "`\(uri)` cannot be downloaded", hint: "use a local path, http or https")
    }
    let storage = try folder ?? TemporaryDirectory(prefix: "reprise-data-").keep()
    let target = storage.appending("param_\(index)")
    try FileSystem.createDirectory(target)
    let path = uri.prefix { $0 != "?" && $0 != "#" }
    let name = path.split(separator: "/").last.map(String.init) ?? "download"
    guard let component = FilePath.Component(name), component.kind == .regular else {
      throw Failure(.invalid, "`\(uri)` does not name a file")
    }
    let file = target.appending(component)
    try HTTPClient().download(uri, to: file)
    return file
  }
}
