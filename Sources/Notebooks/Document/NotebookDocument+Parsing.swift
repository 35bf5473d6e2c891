import Platform

extension NotebookDocument {
  /// Reads a notebook of nbformat 3 or 4 and makes it one of 4.5, as `nbformat.read(…, as_version=4)` and
  /// `nbformat.v4.upgrade` do.
  ///
  /// Where nbformat draws ids at random they are made from the cells (``CellIdentifiers``). A cell without metadata or
  /// outputs, which nbformat cannot read or write, gets empty ones.
  ///
  /// - Throws: ``ParseFailure`` with line and column: no JSON, another version, or parts that are not what the format
  ///   says where nbformat too could do nothing with them.
  package init(parsing bytes: [UInt8]) throws(ParseFailure) {
    self = try Self.parsed(bytes).document
  }

  /// The same, with the JSON that it was made of.
  static func parsed(
    _ bytes: [UInt8]
  ) throws(ParseFailure) -> (document: NotebookDocument, root: NotebookObject) {
    let value = try NotebookJSON(parsing: bytes)
    do throws(NotebookMisfit) {
      guard case .object(let root) = value else {
        throw NotebookMisfit("a notebook is a JSON object, and this is another value")
      }
      return (try NotebookDocument(root), root)
    } catch {
      throw error.failure(in: bytes)
    }
  }

  private init(_ root: NotebookObject) throws(NotebookMisfit) {
    guard let format = root["nbformat"] else {
      throw NotebookMisfit(
        "this is JSON and no notebook: `nbformat` is missing",
        hint: "a notebook has `nbformat`, `nbformat_minor`, `metadata` and `cells`")
    }
    switch format.int {
    case 3: self = try NotebookDocument(version3: root)
    case 4:
      guard root["nbformat_minor"]?.isWhole == true else {
        throw NotebookMisfit(
          "the notebook has `nbformat` 4 and no whole `nbformat_minor`", at: .key("nbformat_minor"))
      }
      self = try NotebookDocument(version4: root)
    case let version:
      let shown = version.map { String($0) } ?? format.text()
      throw NotebookMisfit(
        "the notebook's format is \(shown), and 3 and 4 can be read", at: .key("nbformat"),
        hint: (version ?? 5) < 3
          ? "open it in a newer Jupyter and save it" : "save it as nbformat 4")
    }
    for name in ["orig_nbformat", "orig_nbformat_minor", "signature"] {
      metadata.removeValue(forKey: name)
    }
  }

  private init(version4 root: NotebookObject) throws(NotebookMisfit) {
    var root = root
    // One that does not fit is larger than all that there are.
    let minor = root.removeValue(forKey: "nbformat_minor")?.int ?? Int.max
    root.removeValue(forKey: "nbformat")
    guard case .array(let items)? = root.removeValue(forKey: "cells") else {
      throw NotebookMisfit("the notebook has no list of `cells`", at: .key("cells"))
    }
    guard let metadata = (root.removeValue(forKey: "metadata") ?? [:]).object else {
      throw NotebookMisfit("the notebook's `metadata` is no object", at: .key("metadata"))
    }
    self.init(metadata: metadata)
    others = root
    cells.reserveCapacity(items.count)
    for (index, item) in items.enumerated() {
      do throws(NotebookMisfit) {
        cells.append(try Cell(version4: item, number: index + 1))
      } catch {
        throw error.inside(.key("cells"), .item(index))
      }
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
  init(version4 item: NotebookJSON, number: Int) throws(NotebookMisfit) {
    guard let members = item.object else { throw NotebookMisfit("cell \(number) is no object") }
    let kind = try Self.kind(members, number: number)
    guard let source = (members["source"] ?? "").joinedText else {
      throw NotebookMisfit("the `source` of cell \(number) is no text", at: .key("source"))
    }
    guard let metadata = (members["metadata"] ?? [:]).object else {
      throw NotebookMisfit("the `metadata` of cell \(number) is no object", at: .key("metadata"))
    }
    self.init(Kind(kind), id: members["id"]?.string ?? "", source: source, metadata: metadata)
    self.metadata.removeValue(forKey: "trusted")
    if let attachments = members["attachments"] {
      guard let files = attachments.object else {
        throw NotebookMisfit(
          "the `attachments` of cell \(number) are no object", at: .key("attachments"))
      }
      self.attachments = NotebookObject(
        files.members.map { ($0.key, NotebookMimeBundle.joined($0.value)) })
    }
    executionCountValue = nil
    if self.kind == .code {
      executionCountValue = members["execution_count"]
      guard let outputs = (members["outputs"] ?? []).array else {
        throw NotebookMisfit("the `outputs` of cell \(number) are no list", at: .key("outputs"))
      }
      self.outputs.reserveCapacity(outputs.count)
      for (index, output) in outputs.enumerated() {
        guard var object = output.object else {
          throw NotebookMisfit(
            "an output of cell \(number) is no object", at: .key("outputs"), .item(index))
        }
        NotebookMimeBundle.join(output: &object)
        self.outputs.append(.object(object))
      }
    }
    let others = members.members.filter { !isKnown($0.key) }
    if !others.isEmpty { self.others = NotebookObject(members: others) }
  }

  /// The `cell_type`. Where a member has a name that is almost that one, it is this that is told.
  static func kind(_ members: NotebookObject, number: Int) throws(NotebookMisfit) -> String {
    if let value = members["cell_type"] {
      if let kind = value.string { return kind }
      throw NotebookMisfit(
        "the `cell_type` of cell \(number) is no text", at: .key("cell_type"),
        hint: "it is `code`, `markdown` or `raw`")
    }
    guard let name = nearestName(to: "cell_type", among: members.keys) else {
      throw NotebookMisfit("cell \(number) has no `cell_type`")
    }
    throw NotebookMisfit(
      "cell \(number) has no `cell_type`, and a member `\(name)`", at: .key(name),
      hint: "write `cell_type` for `\(name)`")
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
