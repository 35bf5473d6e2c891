import Platform

extension NotebookDocument {
  /// Reads a notebook of nbformat 3 or 4 and makes it one of 4.5, as `nbformat.read(…, as_version=4)` and
  /// `nbformat.v4.upgrade` do.
  ///
  /// Where nbformat draws ids at random they are made from the cells (``CellIdentifiers``). A cell without metadata or
  /// outputs, which nbformat cannot read or write, gets empty ones.
  ///
  /// - Throws: ``ParseFailure``: no JSON (with line and column), another version, or parts that are not what the format
  ///   says where nbformat too could do nothing with them.
  package init(parsing bytes: [UInt8]) throws(ParseFailure) {
    guard case .object(let root) = try NotebookJSON(parsing: bytes) else {
      throw ParseFailure("a notebook is a JSON object, and this is another value")
    }
    try self.init(root)
  }

  package init(_ root: NotebookObject) throws(ParseFailure) {
    guard let format = root["nbformat"] else {
      throw ParseFailure(
        "this is JSON and no notebook: `nbformat` is missing",
        hint: "a notebook has `nbformat`, `nbformat_minor`, `metadata` and `cells`")
    }
    switch format.int {
    case 3: self = try NotebookDocument(version3: root)
    case 4:
      guard root["nbformat_minor"]?.int != nil else {
        throw ParseFailure("the notebook has `nbformat` 4 and no whole `nbformat_minor`")
      }
      self = try NotebookDocument(version4: root)
    case let version:
      let shown = version.map { String($0) } ?? format.text()
      throw ParseFailure(
        "the notebook's format is \(shown), and 3 and 4 can be read",
        hint: (version ?? 5) < 3
          ? "open it in a newer Jupyter and save it" : "save it as nbformat 4")
    }
    for name in ["orig_nbformat", "orig_nbformat_minor", "signature"] {
      metadata.removeValue(forKey: name)
    }
  }

  private init(version4 root: NotebookObject) throws(ParseFailure) {
    var root = root
    let minor = root.removeValue(forKey: "nbformat_minor")?.int ?? 0
    root.removeValue(forKey: "nbformat")
    guard case .array(let items)? = root.removeValue(forKey: "cells") else {
      throw ParseFailure("the notebook has no list of `cells`")
    }
    guard let metadata = (root.removeValue(forKey: "metadata") ?? [:]).object else {
      throw ParseFailure("the notebook's `metadata` is no object")
    }
    self.init(metadata: metadata)
    others = root
    cells.reserveCapacity(items.count)
    for (index, item) in items.enumerated() {
      cells.append(try Cell(version4: item, number: index + 1))
    }
    // Where the file's version has no ids, nbformat draws all anew, also those that are there.
    identify { index in minor >= 5 && items[index].object?["id"]?.string != nil }
  }

  /// Gives every cell an id that no cell before it has.
  ///
  /// - Parameter hasID: whether the id that a cell has is the file's own, and stays if no cell before has the same.
  mutating func identify(_ hasID: (Int) -> Bool) {
    var identifiers = CellIdentifiers()
    let lacking = cells.indices.filter { !hasID($0) || !identifiers.keep(cells[$0].id) }
    for index in lacking {
      let cell = cells[index]
      cells[index].id = identifiers.next(
        kind: cell.kind.name, index: index, source: cell.source)
    }
  }
}

extension NotebookDocument.Cell {
  /// - Parameter number: from 1, for failures.
  init(version4 item: NotebookJSON, number: Int) throws(ParseFailure) {
    guard let members = item.object else { throw ParseFailure("cell \(number) is no object") }
    guard let kind = members["cell_type"]?.string else {
      throw ParseFailure("cell \(number) has no `cell_type`")
    }
    guard let source = (members["source"] ?? "").joinedText else {
      throw ParseFailure("the `source` of cell \(number) is no text")
    }
    guard let metadata = (members["metadata"] ?? [:]).object else {
      throw ParseFailure("the `metadata` of cell \(number) is no object")
    }
    self.init(Kind(kind), id: members["id"]?.string ?? "", source: source, metadata: metadata)
    self.metadata.removeValue(forKey: "trusted")
    if let attachments = members["attachments"] {
      guard let files = attachments.object else {
        throw ParseFailure("the `attachments` of cell \(number) are no object")
      }
      self.attachments = NotebookObject(
        files.members.map { ($0.key, NotebookMimeBundle.joined($0.value)) })
    }
    executionCountValue = nil
    if self.kind == .code {
      executionCountValue = members["execution_count"]
      guard let outputs = (members["outputs"] ?? []).array else {
        throw ParseFailure("the `outputs` of cell \(number) are no list")
      }
      self.outputs.reserveCapacity(outputs.count)
      for output in outputs {
        guard var object = output.object else {
          throw ParseFailure("an output of cell \(number) is no object")
        }
        NotebookMimeBundle.join(output: &object)
        self.outputs.append(.object(object))
      }
    }
    let others = members.members.filter { !isKnown($0.key) }
    if !others.isEmpty { self.others = NotebookObject(members: others) }
  }

  /// Whether a member of a cell is one that the format has for its kind.
  private func isKnown(_ key: String) -> Bool {
    switch key {
    case "cell_type", "source", "metadata", "id", "attachments": true
    case "execution_count", "outputs": kind == .code
    default: false
    }
  }
}
