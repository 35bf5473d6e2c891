import Formats
import Glibc
import Platform
import SystemPackage

/// A place on a server that files are sent to.
struct ServerPlace: ArtifactPlace {
  private let server: MLflowServer
  private let names: [String]
  /// The sizes of the files in the folders that were asked for.
  private let listed = Listed()

  private final class Listed { var sizes: [[String]: [String: Int64]] = [:] }

  private static let base = "/api/2.0/mlflow-artifacts/artifacts"

  init(_ server: MLflowServer, _ names: [String]) {
    self.server = server
    self.names = names
  }

  func size(of path: [String]) throws -> Int64? {
    guard let name = path.last else { return nil }
    let folder = Array(path.dropLast())
    if let known = listed.sizes[folder] { return known[name] }
    var sizes: [String: Int64] = [:]
    do {
      let place = (names + folder).joined(separator: "/")
      for file in try server.get(Self.base, [("path", place)])["files"]?.array ?? [] {
        guard let name = file.text("path")?.split(separator: "/").last else { continue }
        // The size of an empty file is not told.
        if file["is_dir"]?.bool != true { sizes[String(name)] = file.whole("file_size") ?? 0 }
      }
    } catch let failure as Failure where failure.code == .notFound {}
    listed.sizes[folder] = sizes
    return sizes[name]
  }

  /// Through a file of our own, so that it can be sent again, and its length is known before.
  func write(
    _ path: [String], size: Int64?,
    content: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws -> Int64 {
    let folder = try TemporaryDirectory(prefix: "reprise-export-")
    let file = folder.path.appending("file")
    let descriptor = try FileSystem.openForWriting(file)
    var count: Int64 = 0
    do {
      defer { try? descriptor.close() }
      try content { bytes in
        try FileSystem.writeAll(descriptor.rawValue, bytes, to: file)
        count += Int64(bytes.count)
      }
    }
    let place = (names + path).map { URLText.escaped($0) }.joined(separator: "/")
    try server.upload(
      Self.base + "/" + place, count == 0 ? .bytes([]) : .file(file, offset: 0, count: count))
    return count
  }
}
