extension NotebookDocument {
  /// Hands on the notebook as nbformat 4.5 and as nbformat writes it, one line end at the end, piece by piece.
  package func write(to put: ([UInt8]) throws -> Void) throws {
    var members: [(key: String, part: Part)] = others.members.map { ($0.key, .json($0.value)) }
    members += [
      ("cells", .cells(cells)), ("metadata", .json(.object(metadata))),
      ("nbformat", .json(4)), ("nbformat_minor", .json(5)),
    ]
    try NotebookJSONWriter.write(to: put) { writer in
      try writer.write(members)
      writer.put("\n")
    }
  }

  /// What can stand below a key of a notebook, a cell or an output.
  fileprivate enum Part {
    case json(NotebookJSON)
    case cells([Cell])
    case outputs([NotebookJSON])
    /// A text as an array of lines.
    case lines(String)
    case attachments(NotebookObject)
    /// A bundle of MIME types.
    case bundle(NotebookJSON)
  }
}

extension NotebookDocument.Cell {
  fileprivate var members: [(key: String, part: NotebookDocument.Part)] {
    var members: [(key: String, part: NotebookDocument.Part)] = [
      ("cell_type", .json(.string(kind.name))), ("id", .json(.string(id))),
      ("metadata", .json(.object(metadata))), ("source", .lines(source)),
    ]
    if let attachments { members.append(("attachments", .attachments(attachments))) }
    if let executionCountValue { members.append(("execution_count", .json(executionCountValue))) }
    if kind == .code { members.append(("outputs", .outputs(outputs))) }
    let known = members.map(\.key)
    for other in others.members where !known.contains(other.key) {
      members.append((other.key, .json(other.value)))
    }
    return members
  }
}

extension NotebookJSON {
  /// An output of a cell as nbformat writes it, texts in lines.
  func outputText() -> String {
    var bytes: [UInt8] = []
    // Nothing fails where the pieces only meet again.
    try? NotebookJSONWriter.write(to: { bytes += $0 }) { try $0.write(output: self) }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension NotebookJSONWriter {
  fileprivate mutating func write(_ members: [(key: String, part: NotebookDocument.Part)]) throws {
    let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    try list("{", "}", sorted) { writer, member in
      try writer.key(member.key)
      try writer.write(member.part)
    }
  }

  private mutating func write(_ part: NotebookDocument.Part) throws {
    switch part {
    case .json(let value): try write(value)
    case .lines(let text): try lines(text)
    case .cells(let cells): try list("[", "]", cells) { try $0.write($1.members) }
    case .outputs(let outputs): try list("[", "]", outputs) { try $0.write(output: $1) }
    case .attachments(let files):
      try write(files.members.map { ($0.key, .bundle($0.value)) })
    case .bundle(let bundle):
      guard let object = bundle.object else { return try write(bundle) }
      try write(
        object.members.map { member in
          guard let text = member.value.string, NotebookMimeBundle.isSplit(member.key) else {
            return (member.key, .json(member.value))
          }
          return (member.key, .lines(text))
        })
    }
  }

  /// The texts of an output that files hold in lines.
  fileprivate mutating func write(output: NotebookJSON) throws {
    guard let object = output.object else { return try write(output) }
    let type = object["output_type"]?.string
    try write(
      object.members.map { member in
        switch (type, member.key) {
        case ("execute_result"?, "data"), ("display_data"?, "data"):
          return (member.key, .bundle(member.value))
        case ("stream"?, "text"):
          return (member.key, member.value.string.map { .lines($0) } ?? .json(member.value))
        default: return (member.key, .json(member.value))
        }
      })
  }
}
