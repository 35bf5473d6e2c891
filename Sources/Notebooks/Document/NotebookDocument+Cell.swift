extension NotebookDocument {
  /// A cell.
  package struct Cell: Sendable, Equatable {
    package enum Kind: Sendable, Hashable {
      case code, markdown, raw
      /// A `cell_type` that the format does not have; such a cell is kept and nothing is done with it.
      case other(String)
    }

    package var kind: Kind
    /// 1 to 64 letters, digits, `-` and `_`, unique in the notebook, unless a file has it otherwise.
    package var id: String
    package var source: String
    package var metadata: NotebookObject
    /// Files that Markdown refers to: a bundle of MIME types for each name; nil when there are none.
    package var attachments: NotebookObject?
    /// Of a code cell: objects with an `output_type`. Texts of several lines are one string each.
    package var outputs: [NotebookJSON]
    /// Members of the file that the format does not know; kept as nbformat keeps them. Those that it knows go before.
    package var others: NotebookObject
    /// Of a code cell, as the file has it: a whole number or null; nil when the file has none.
    package var executionCountValue: NotebookJSON?

    package init(
      _ kind: Kind, id: String, source: String, metadata: NotebookObject = [:],
      outputs: [NotebookJSON] = []
    ) {
      self.kind = kind
      self.id = id
      self.source = source
      self.metadata = metadata
      self.outputs = outputs
      others = [:]
      executionCountValue = kind == .code ? .null : nil
    }

    /// How the kernel counted the cell when it ran; nil before.
    package var executionCount: Int? {
      get { executionCountValue?.int }
      set { executionCountValue = newValue.map { .int($0) } ?? .null }
    }
  }
}

extension NotebookDocument.Cell.Kind {
  package init(_ name: String) {
    switch name {
    case "code": self = .code
    case "markdown": self = .markdown
    case "raw": self = .raw
    default: self = .other(name)
    }
  }

  /// The `cell_type`.
  package var name: String {
    switch self {
    case .code: "code"
    case .markdown: "markdown"
    case .raw: "raw"
    case .other(let name): name
    }
  }
}

extension NotebookDocument.Cell {
  /// The words in `metadata.tags`.
  package var tags: [String] {
    get { metadata["tags"]?.array?.compactMap(\.string) ?? [] }
    set { metadata["tags"] = .array(newValue.map { .string($0) }) }
  }

  /// Whether a word is among the tags. In a text where the list should be, papermill finds it anywhere; so do we.
  package func hasTag(_ tag: String) -> Bool {
    if let text = metadata["tags"]?.string { return text.contains(tag) }
    return tags.contains { $0.hasSameBytes(as: tag) }
  }
}
