import Formats

/// Edits of a JSON text that are collected in any order: values replaced, members and items taken out with the comma
/// that goes with them. What is not named keeps its bytes.
struct JSONEdits {
  private var replacements: [TextEdit] = []
  /// By the place of the object or array: what goes out of it.
  private var removals: [Int: (node: JSONNode, indices: Set<Int>)] = [:]
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isEmpty: Bool { replacements.isEmpty && removals.isEmpty }

  mutating func replace(_ node: JSONNode, with text: String) {
    replacements.append(TextEdit(node.range, text))
  }

  /// Takes members (of an object) or items (of an array) out.
  mutating func remove(_ indices: some Sequence<Int>, of node: JSONNode) {
    removals[node.range.lowerBound, default: (node, [])].indices.formUnion(indices)
  }

  /// Takes every member of that name out of an object.
  ///
  /// - Returns: whether there was one.
  @discardableResult
  mutating func remove(_ key: String, of node: JSONNode) -> Bool {
    let found = (node.members ?? []).indices.filter { node.members?[$0].key == key }
    if !found.isEmpty { remove(found, of: node) }
    return !found.isEmpty
  }

  /// Puts a member into an object, where the order of keys by their code points wants it.
  ///
  /// - Parameter value: JSON as it is to be written.
  mutating func insert(_ key: String, _ value: String, into node: JSONNode) {
    guard let members = node.members else { return }
    guard let first = members.first else {
      return replace(node, with: "{\"\(key)\": \(value)}")
    }
    let colon = String(
      decoding: bytes[first.keyRange.upperBound..<first.value.range.lowerBound], as: UTF8.self)
    // What stands between two members behind the comma, or in front of the only one.
    let gap =
      members.count > 1
      ? bytes[members[0].value.range.upperBound..<members[1].keyRange.lowerBound].filter {
        $0 != UInt8(ascii: ",")
      } : Array(bytes[(node.range.lowerBound + 1)..<first.keyRange.lowerBound])
    let space = String(decoding: gap, as: UTF8.self)
    if let next = members.first(where: { $0.key.utf8.lexicographicallyPrecedes(key.utf8) == false })
    {
      let place = next.keyRange.lowerBound
      replacements.append(TextEdit(place..<place, "\"\(key)\"\(colon)\(value),\(space)"))
    } else if let last = members.last {
      let place = last.value.range.upperBound
      replacements.append(TextEdit(place..<place, ",\(space)\"\(key)\"\(colon)\(value)"))
    }
  }

  /// All edits, in order; those inside of what goes away are left out.
  func sorted() -> [TextEdit] {
    var edits = replacements
    for (node, indices) in removals.values { edits += cuts(node, indices) }
    edits.sort {
      $0.range.lowerBound != $1.range.lowerBound
        ? $0.range.lowerBound < $1.range.lowerBound : $0.range.upperBound > $1.range.upperBound
    }
    var end = 0
    return edits.filter { edit in
      guard edit.range.lowerBound >= end else { return false }
      end = edit.range.upperBound
      return true
    }
  }

  /// What to cut out of an object or array; `{}` or `[]` when nothing of it stays.
  private func cuts(_ node: JSONNode, _ indices: Set<Int>) -> [TextEdit] {
    let ranges =
      node.items?.map(\.range)
      ?? node.members?.map { $0.keyRange.lowerBound..<$0.value.range.upperBound } ?? []
    guard indices.count < ranges.count else {
      return [TextEdit(node.range, node.items == nil ? "{}" : "[]")]
    }
    var cuts: [TextEdit] = []
    var index = 0
    while index < ranges.count {
      guard indices.contains(index) else {
        index += 1
        continue
      }
      let first = index
      while index < ranges.count, indices.contains(index) { index += 1 }
      // At the front the comma behind goes too, elsewhere the one before.
      let range =
        first == 0
        ? ranges[0].lowerBound..<ranges[index].lowerBound
        : ranges[first - 1].upperBound..<ranges[index - 1].upperBound
      cuts.append(TextEdit(range, ""))
    }
    return cuts
  }
}
