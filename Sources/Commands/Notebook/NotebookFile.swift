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
    if let address = RemoteName(name) {
      guard address.isWeb else { throw address.unread }
      return try HTTPClient().get(name, limit: 1 << 30)
    }
    return try FileSystem.read(path())
  }

  /// The notebook that is there, or the text that is one by its name.
  func read() throws -> NotebookDocument {
    let bytes = try bytes()
    do throws(ParseFailure) {
      return try NotebookDocument(parsing: bytes, named: name)
    } catch {
      throw error.failure(in: name == "-" ? "standard input" : name)
    }
  }

  /// Fails for what cannot be written to, and for a folder that is not there, before a run has cost anything.
  func checkWritable() throws {
    guard name != "-" else { return }
    if let address = RemoteName(name) { throw address.unwritten }
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
}
