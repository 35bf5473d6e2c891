import Formats
import Notebooks
import Platform
import SystemPackage

/// A notebook, or parameters for one, as papermill names them: a file, `-` for standard input, an address.
struct NotebookFile {
  let name: String
  private let place: Place

  init(_ name: String, in place: Place) {
    self.name = name
    self.place = place
  }

  /// Where the file is, for names that are files.
  func path() throws -> FilePath { try FileSystem.absolute(FilePath(name), in: place.folder) }

  /// The bytes that are there.
  ///
  /// - Throws: ``Failure`` when they cannot be had.
  func bytes() throws -> [UInt8] {
    if name == "-" { return try StandardInput.readAll() }
    if name.hasPrefix("http://") || name.hasPrefix("https://") {
      return try HTTPClient().get(name, limit: 1 << 30)
    }
    try refuseStores()
    return try FileSystem.read(path())
  }

  /// The notebook that is there.
  func read() throws -> NotebookDocument {
    let bytes = try bytes()
    do throws(ParseFailure) {
      return try NotebookDocument(parsing: bytes)
    } catch {
      throw error.failure(in: name == "-" ? "standard input" : name)
    }
  }

  /// Fails for what cannot be written to, and for a folder that is not there, before a run has cost anything.
  func checkWritable() throws {
    guard name != "-" else { return }
    if name.hasPrefix("http://") || name.hasPrefix("https://") {
      throw Failure(
        .unsupported, "a notebook cannot be written to `\(name)`", hint: "name a file, or `-`")
    }
    try refuseStores()
    let path = try path()
    if FileSystem.isDirectory(path) {
      throw Failure(.invalid, "the output `\(name)` is a folder", hint: "name a file in it")
    }
    let folder = path.removingLastComponent()
    guard FileSystem.isDirectory(folder) else {
      throw Failure(
        .notFound, "output folder \(FilePath(name).removingLastComponent()) doesn't exist",
        hint: "make it: mkdir -p \(FilePath(name).removingLastComponent())")
    }
  }

  private func refuseStores() throws {
    for scheme in ["s3://", "gs://", "abs://", "adl://", "hdfs://"] where name.hasPrefix(scheme) {
      throw Failure(
        .unsupported, "notebooks of \(scheme.dropLast(3)) cannot be reached: `\(name)`",
        hint: "copy it to a file, and name that")
    }
  }
}
