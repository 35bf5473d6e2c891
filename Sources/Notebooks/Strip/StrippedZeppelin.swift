import Formats
import Platform

/// A notebook of Zeppelin (`.zpln`) without the results of its paragraphs.
package struct StrippedZeppelin: Sendable {
  package let bytes: [UInt8]
  package let isChanged: Bool

  /// - Throws: ``ParseFailure`` for what is no JSON or has no `paragraphs`.
  package init(_ bytes: [UInt8]) throws(ParseFailure) {
    let root = try JSONNode(parsing: bytes)
    guard let paragraphs = root["paragraphs"]?.items else {
      throw ParseFailure("a notebook of Zeppelin has `paragraphs`", line: 1, column: 1)
    }
    var edits = JSONEdits(bytes)
    for paragraph in paragraphs {
      guard let results = paragraph["results"], results.members?.isEmpty != true else { continue }
      edits.replace(results, with: "{}")
    }
    isChanged = !edits.isEmpty
    self.bytes = TextEdit.apply(edits.sorted(), to: bytes)
  }
}
