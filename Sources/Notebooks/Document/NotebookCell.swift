import Formats

/// A cell of a notebook.
package struct NotebookCell: Sendable {
  package enum Kind: String, Sendable {
    case code, markdown, raw, heading
  }

  /// A piece of a cell's text, as one string of the file holds it.
  package struct Piece: Sendable {
    package var text: String
    /// In bytes of the file, with the quotes.
    package var range: Range<Int>
  }

  package let node: JSONNode
  /// Counted from 1, among all cells.
  package let number: Int
  /// Nil for a kind that there is not.
  package let kind: Kind?
  package let pieces: [Piece]
  package let tags: [String]

  init(_ node: JSONNode, number: Int, bytes: [UInt8]) {
    self.node = node
    self.number = number
    kind = node["cell_type"]?.string(in: bytes).flatMap(Kind.init(rawValue:))
    let source = node["source"] ?? node["input"]
    let strings = source?.items ?? source.map { [$0] } ?? []
    pieces = strings.compactMap { piece in
      piece.string(in: bytes).map { Piece(text: $0, range: piece.range) }
    }
    let tags = node["metadata"]?["tags"]?.items ?? []
    self.tags = tags.compactMap { $0.string(in: bytes) }
  }

  package var source: String {
    pieces.count == 1 ? pieces[0].text : pieces.reduce(into: "") { $0 += $1.text }
  }

  package var outputs: JSONNode? { node["outputs"] }

  package var executionCount: JSONNode? { node["execution_count"] ?? node["prompt_number"] }

  package var id: JSONNode? { node["id"] }
}
