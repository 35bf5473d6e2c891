import Platform

/// One of the notebooks that are compared, as its file has it.
package struct NotebookSide: Sendable {
  package var document: NotebookDocument
  /// Whether the file's ids tell cells apart: it has one for each, and they are not the numbers that strippers give.
  let hasTrueIDs: Bool
  /// Whether the file has ids at all; those of others are made up, and no difference.
  let hasIDs: Bool
  let minor: Int

  /// - Throws: ``ParseFailure`` for what is no notebook.
  package init(parsing bytes: [UInt8]) throws(ParseFailure) {
    let root: NotebookObject
    (document, root) = try NotebookDocument.parsed(bytes)
    minor = root["nbformat"]?.int == 4 ? root["nbformat_minor"]?.int ?? 0 : 0
    let ids = (root["cells"]?.array ?? []).map { $0["id"]?.string }
    hasIDs = minor >= 5 && !ids.isEmpty && ids.allSatisfy { $0 != nil }
    let arePositions = ids.allSatisfy { $0?.utf8.allSatisfy { (0x30...0x39).contains($0) } ?? true }
    hasTrueIDs = hasIDs && !arePositions
  }

  /// A notebook that no file has: its ids are made up.
  init(_ document: NotebookDocument) {
    self.document = document
    (hasTrueIDs, hasIDs, minor) = (false, false, 5)
  }

  /// A notebook that is not there.
  package init() {
    document = NotebookDocument()
    hasTrueIDs = false
    hasIDs = false
    minor = 5
  }
}
