import Formats
import Platform

/// Goes through a notebook of any version and collects what is to be cut.
struct NotebookCutter {
  private(set) var edits: JSONEdits
  private let bytes: [UInt8]
  private let options: StripOptions
  private let droppedTags: Set<String>

  init(_ bytes: [UInt8], _ options: StripOptions) {
    self.bytes = bytes
    self.options = options
    edits = JSONEdits(bytes)
    droppedTags = Set(options.droppedTags)
  }

  mutating func cut(_ root: JSONNode) throws(ParseFailure) {
    let metadata = root["metadata"]
    let keeps = options.keepsOutput ?? metadata?["keep_output"]?.isTrue(in: bytes) ?? false
    for key in options.keys where key.owner == .metadata {
      // Of version 4 a signature is gone before anybody looks, and so no change.
      guard let metadata, key.path != "signature" || root["cells"] == nil else { continue }
      remove(key.path, of: metadata)
    }
    let major = root["nbformat"]?.plain(in: bytes).flatMap { Int($0) }
    let minor = root["nbformat_minor"]?.plain(in: bytes).flatMap { Int($0) } ?? 0
    let lists =
      (major ?? 4) < 4
      ? (root["worksheets"]?.items ?? []).compactMap { $0["cells"] }
      : root["cells"].map { [$0] } ?? []
    guard lists.contains(where: { $0.items != nil }) || lists.isEmpty && root["worksheets"] != nil
    else {
      throw NotebookMisfit("a notebook has a list of `cells`", at: .key("cells")).failure(in: bytes)
    }
    var number = 0
    for list in lists {
      let cells = list.items ?? []
      let dropped = cells.indices.filter { isDropped(cells[$0]) }
      if !dropped.isEmpty { edits.remove(dropped, of: list) }
      let goes = Set(dropped)
      for index in cells.indices where !goes.contains(index) {
        guard cells[index].members != nil else {
          throw ParseFailure(
            "the cell \(index + 1) is no object", at: cells[index].range.lowerBound, in: bytes)
        }
        try cut(cell: cells[index], number: number, keeps: keeps, hasIDs: major == 4 && minor >= 5)
        number += 1
      }
    }
  }

  /// What nbformat never writes.
  mutating func cutTransient(_ root: JSONNode) {
    guard root["cells"] != nil, let metadata = root["metadata"] else { return }
    for key in ["orig_nbformat", "orig_nbformat_minor", "signature"] {
      edits.remove(key, of: metadata)
    }
    for cell in root["cells"]?.items ?? [] {
      if let metadata = cell["metadata"] { edits.remove("trusted", of: metadata) }
    }
  }

  private func isDropped(_ cell: JSONNode) -> Bool {
    if options.dropsEmptyCells, isEmpty(cell) { return true }
    guard !droppedTags.isEmpty else { return false }
    return (cell["metadata"]?["tags"]?.items ?? []).contains { tag in
      tag.string(in: bytes).map(droppedTags.contains) ?? false
    }
  }

  private func isEmpty(_ cell: JSONNode) -> Bool {
    let source = cell["source"] ?? cell["input"]
    return (source?.items ?? source.map { [$0] } ?? []).allSatisfy { piece in
      (piece.string(in: bytes) ?? "").unicodeScalars.allSatisfy {
        $0.properties.isWhitespace || (0x1C...0x1F).contains($0.value)
      }
    }
  }

  private mutating func cut(
    cell: JSONNode, number: Int, keeps: Bool, hasIDs: Bool
  ) throws(ParseFailure) {
    let wish = OutputWish(cell["metadata"], bytes, stripsInitial: options.stripsInitialCells)
    if wish.isContradicted {
      throw ParseFailure(
        "cell \(number + 1): its metadata contradicts its tags: "
          + "`keep_output` is false, but `keep_output` in tags",
        hint: "remove one of the two")
    }
    if let outputs = cell["outputs"], let items = outputs.items {
      cut(outputs, items, keeps: wish.keeps ?? keeps)
    }
    if !options.keepsCount {
      for key in ["prompt_number", "execution_count"] { clear(cell[key]) }
    }
    if !options.keepsIDs {
      if let id = cell["id"] {
        if id.string(in: bytes) != String(number) { edits.replace(id, with: "\"\(number)\"") }
      } else if hasIDs {
        edits.insert("id", "\"\(number)\"", into: cell)
      }
    }
    for key in options.keys where key.owner == .cell { remove(key.path, of: cell) }
  }

  private mutating func cut(_ outputs: JSONNode, _ items: [JSONNode], keeps: Bool) {
    let decides = !keeps || !options.keptOutputs.isEmpty
    var dropped: [Int] = []
    for (index, output) in items.enumerated() {
      if options.droppedOutputs.contains(where: { $0.matches(output, in: bytes) }) {
        dropped.append(index)
      } else if decides, !options.keptOutputs.contains(where: { $0.matches(output, in: bytes) }),
        options.largestKept == 0 || output.characterCount(in: bytes) > options.largestKept
      {
        dropped.append(index)
      } else if !options.keepsCount {
        clear(output["execution_count"])
      }
    }
    if !dropped.isEmpty { edits.remove(dropped, of: outputs) }
  }

  private mutating func clear(_ node: JSONNode?) {
    guard let node, node.plain(in: bytes) != "null" else { return }
    edits.replace(node, with: "null")
  }

  /// Takes `a.b.c` out: the member of that whole name, else what is below `a`.
  private mutating func remove(_ path: String, of node: JSONNode) {
    if edits.remove(path, of: node) { return }
    guard let dot = path.firstIndex(of: "."), let below = node[String(path[..<dot])] else { return }
    remove(String(path[path.index(after: dot)...]), of: below)
  }
}
