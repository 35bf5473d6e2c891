import Formats
import Platform
import SystemPackage

/// A notebook as nbformat 4.5 has it, in memory: what is read, changed by a run, and written again.
///
/// For tools that change a few bytes of a file and leave the rest as it is, see ``Notebook``.
package struct NotebookDocument: Sendable, Equatable {
  package var metadata: NotebookObject
  package var cells: [Cell]
  /// Members of the file that the format does not know; kept as nbformat keeps them.
  package var others: NotebookObject

  package init(metadata: NotebookObject = [:], cells: [Cell] = []) {
    self.metadata = metadata
    self.cells = cells
    others = [:]
  }
}

extension NotebookDocument {
  /// Reads a file.
  ///
  /// - Throws: ``Failure`` with the file and the place: it cannot be read, is no JSON or no notebook.
  package init(reading path: FilePath) throws {
    let bytes = try FileSystem.read(path)
    do throws(ParseFailure) {
      self = try NotebookDocument(parsing: bytes)
    } catch {
      throw error.failure(in: path.string)
    }
  }

  /// Writes a file whole or not at all: a temporary sibling that is renamed, mode kept, a link followed.
  ///
  /// - Parameter durable: whether the bytes are on the disk before the name appears; costs an fsync.
  package func write(to path: FilePath, durable: Bool = false) throws {
    try FileSystem.write(to: path, durable: durable) { put in try write(to: put) }
  }

  /// The bytes that ``write(to:durable:)`` writes.
  package func utf8() -> [UInt8] {
    var bytes: [UInt8] = []
    // Nothing fails where the pieces only meet again.
    try? write { bytes += $0 }
    return bytes
  }

  /// The first cell with a tag.
  package func firstIndex(tagged tag: String) -> Int? { cells.firstIndex { $0.hasTag(tag) } }

  /// What a run or a translator takes for the kernel's name, when none is given; nil when the notebook has none.
  package var kernelName: String? { nonEmpty(metadata["kernelspec"]?.object?["name"]) }

  /// The language of the code cells; nil when the notebook does not say.
  package var language: String? {
    nonEmpty(metadata["language_info"]?.object?["name"])
      ?? nonEmpty(metadata["kernelspec"]?.object?["language"])
  }

  private func nonEmpty(_ value: NotebookJSON?) -> String? {
    value?.string.flatMap { $0.isEmpty ? nil : $0 }
  }
}
