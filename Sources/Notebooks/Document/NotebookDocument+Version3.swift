import Platform

extension NotebookDocument {
  /// Upgrades a notebook of nbformat 3: the worksheets' cells one after the other, headings as Markdown, outputs under
  /// their new names.
  init(version3 root: NotebookObject) throws(NotebookMisfit) {
    var root = root
    for name in ["nbformat", "nbformat_minor", "orig_nbformat", "orig_nbformat_minor"] {
      root.removeValue(forKey: name)
    }
    guard case .array(let sheets)? = root.removeValue(forKey: "worksheets") else {
      throw NotebookMisfit(
        "the notebook of format 3 has no list of `worksheets`", at: .key("worksheets"))
    }
    guard var metadata = (root.removeValue(forKey: "metadata") ?? [:]).object else {
      throw NotebookMisfit("the notebook's `metadata` is no object", at: .key("metadata"))
    }
    metadata.removeValue(forKey: "name")
    self.init(metadata: metadata)
    others = root
    for (index, sheet) in sheets.enumerated() {
      guard let items = sheet.object?["cells"]?.array else {
        throw NotebookMisfit(
          "worksheet \(index + 1) of the notebook has no list of `cells`", at: .key("worksheets"),
          .item(index), .key("cells"))
      }
      for (place, item) in items.enumerated() {
        do throws(NotebookMisfit) {
          cells.append(try Cell(version3: item, number: cells.count + 1))
        } catch {
          throw error.inside(.key("worksheets"), .item(index), .key("cells"), .item(place))
        }
      }
    }
    identify { _ in false }
  }
}

extension NotebookDocument.Cell {
  /// - Parameter number: from 1, for failures.
  init(version3 item: NotebookJSON, number: Int) throws(NotebookMisfit) {
    guard var members = item.object else { throw NotebookMisfit("cell \(number) is no object") }
    let kind = try Self.kind(members, number: number)
    members.removeValue(forKey: "cell_type")
    guard let metadata = (members.removeValue(forKey: "metadata") ?? [:]).object else {
      throw NotebookMisfit("the `metadata` of cell \(number) is no object", at: .key("metadata"))
    }
    members.removeValue(forKey: "id")
    let isCode = kind == "code"
    let text = isCode ? "input" : "source"
    guard
      var source = NotebookVersion3.joined(members.removeValue(forKey: text) ?? "").string
    else { throw NotebookMisfit("the `\(text)` of cell \(number) is no text", at: .key(text)) }
    if kind == "heading" {
      let level = members.removeValue(forKey: "level")?.int ?? 1
      // More than six signs make no heading, and a number of any size must not fill the memory.
      source =
        String(repeating: "#", count: min(max(level, 0), 100)) + " "
        + PythonLines.splitWithoutEnds(source).joined(separator: " ")
    }
    self.init(
      kind == "heading" || kind == "html" ? .markdown : Kind(kind), id: "", source: source,
      metadata: metadata)
    self.metadata.removeValue(forKey: "trusted")
    if isCode {
      members.removeValue(forKey: "language")
      members.removeValue(forKey: "source")
      if let collapsed = members.removeValue(forKey: "collapsed") {
        self.metadata["collapsed"] = collapsed
      }
      executionCountValue = members.removeValue(forKey: "prompt_number") ?? .null
      guard let outputs = (members.removeValue(forKey: "outputs") ?? []).array else {
        throw NotebookMisfit("the `outputs` of cell \(number) are no list", at: .key("outputs"))
      }
      for (index, output) in outputs.enumerated() {
        guard let object = output.object else {
          throw NotebookMisfit(
            "an output of cell \(number) is no object", at: .key("outputs"), .item(index))
        }
        do throws(NotebookMisfit) {
          self.outputs.append(.object(try NotebookVersion3.upgraded(object, cell: number)))
        } catch {
          throw error.inside(.key("outputs"), .item(index))
        }
      }
    } else if let rendered = members["rendered"] {
      members["rendered"] = NotebookVersion3.joined(rendered)
    }
    others = members
  }
}
