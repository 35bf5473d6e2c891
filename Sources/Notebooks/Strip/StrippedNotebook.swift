import Formats
import Platform

/// A notebook without its outputs, counts and the notes of programs about themselves: what nbstripout leaves, by
/// cutting the bytes that go and writing nothing anew.
package struct StrippedNotebook: Sendable {
  package let bytes: [UInt8]
  /// Whether something went that counts; keys that nobody keeps (`metadata.signature`) go without being told.
  package let isChanged: Bool

  /// - Throws: ``ParseFailure`` for what is no notebook, and for a cell that says both that its output is to be kept
  ///   and that it is not.
  package init(_ bytes: [UInt8], _ options: StripOptions = StripOptions()) throws(ParseFailure) {
    let root = try JSONNode(parsing: bytes)
    guard root.members != nil else {
      throw ParseFailure("a notebook is a JSON object", line: 1, column: 1)
    }
    var cutter = NotebookCutter(bytes, options)
    try cutter.cut(root)
    isChanged = !cutter.edits.isEmpty
    // Marks of trust that no writer of notebooks writes: gone when the file is, as with nbformat.
    cutter.cutTransient(root)
    self.bytes = TextEdit.apply(cutter.edits.sorted(), to: bytes)
  }
}
