import Formats
import Platform

/// Which outputs of cells are meant: `error`, `stream`, or `stream:stderr` for one of its names.
package struct OutputKind: Sendable, Hashable {
  package var type: String
  package var name: String?

  /// - Throws: ``Failure`` (`.usage`) with more than one `:`.
  package init(parsing text: String) throws {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count <= 2 else {
      throw Failure(
        .usage, "`\(text)` is no type of outputs",
        hint: "write a type, such as `error`, or a type and a name, such as `stream:stderr`")
    }
    type = String(parts[0])
    name = parts.count == 2 ? String(parts[1]) : nil
  }

  func matches(_ output: JSONNode, in bytes: [UInt8]) -> Bool {
    output["output_type"]?.string(in: bytes) == type
      && (name == nil || output["name"]?.string(in: bytes) == name)
  }
}
