import Formats
import Platform
import SystemPackage

extension NotebookDocument {
  /// Reads a notebook, or a text that is one by its name: a percent script or Markdown.
  ///
  /// A text that names no language is in that of its name, and one that names no kernel is run by the usual one of its language,
  /// where there is one.
  ///
  /// - Throws: ``Failure`` with the file and the place.
  package init(readingAnyForm path: FilePath) throws {
    let bytes = try FileSystem.read(path)
    do throws(ParseFailure) {
      self = try NotebookDocument(parsing: bytes, named: path.string)
    } catch {
      throw error.failure(in: path.string)
    }
  }

  /// The same, of bytes that were read from a file of this name.
  package init(parsing bytes: [UInt8], named name: String) throws(ParseFailure) {
    guard let suffix = FilePath(name).extension,
      let format = TextFormat(fileExtension: "." + suffix)
    else {
      self = try NotebookDocument(parsing: bytes)
      return
    }
    self = try TextNotebook.notebook(parsing: bytes, as: format)
    let name = language ?? format.language?.name ?? "python"
    if language == nil { metadata["language_info"] = ["name": .string(name)] }
    if kernelName == nil, let kernel = Self.usualKernels[name] {
      metadata["kernelspec"] = ["name": .string(kernel), "language": .string(name)]
    }
  }

  /// Of the packages that most people install for a language.
  private static let usualKernels = ["python": "python3", "R": "ir", "bash": "bash"]
}
