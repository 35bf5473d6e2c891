import Formats
import Platform

/// The text of a `.dvc` file, to be made or changed: comments, key order and keys that are not ours stay as they are.
package struct PointerText {
  package private(set) var text: String

  /// A new file with one output, in DVC's own order and words.
  ///
  /// - Parameter source: where it came from, for an import.
  package init(new output: PointerOutput, from source: ImportSource? = nil) {
    text = ""
    if let source {
      text += "md5: \(StageDigest.digest(source, output).hex)\nfrozen: true\n"
      text += "deps:\n- path: " + PointerScalar.text(source.path, column: 8, indent: 4) + "\n"
      text += "  repo:\n"
      let fields = [
        ("url", source.repository), ("rev", source.revision), ("rev_lock", source.lockedCommit),
      ]
      for case (let key, let value?) in fields {
        text +=
          "    \(key): "
          + PointerScalar.text(value, column: key.utf8.count + 6, indent: 6) + "\n"
      }
    }
    text += "outs:\n" + Self.lines(of: output, first: "- ", rest: "  ")
  }

  /// A file that is there.
  package init(_ bytes: [UInt8]) { text = String(decoding: bytes, as: UTF8.self) }

  private static func lines(of output: PointerOutput, first: String, rest: String) -> String {
    var lines: [String] = []
    if let object = output.object { lines.append("md5: " + object.text) }
    if let size = output.size { lines.append("size: \(size)") }
    if let count = output.fileCount { lines.append("nfiles: \(count)") }
    if output.isExecutable { lines.append("isexec: true") }
    if output.object?.family == .md5 { lines.append("hash: md5") }
    lines.append(
      "path: " + PointerScalar.text(output.path, column: rest.utf8.count + 6, indent: 4))
    if let text = output.description {
      lines.append("desc: " + PointerScalar.text(text, column: rest.utf8.count + 6, indent: 4))
    }
    if let own = ownLines(of: output, indent: rest) { lines.append(own) }
    return first + lines.joined(separator: "\n" + rest) + "\n"
  }

  /// Gives the output of a path another content.
  ///
  /// - Throws: ``ParseFailure`` when the file cannot be read or has no such output.
  package mutating func update(_ output: PointerOutput) throws(ParseFailure) {
    for (key, value) in Self.values(of: output) { try set(key, value, of: output.path) }
    if let text = output.description {
      try set("desc", PointerScalar.text(text, column: 8, indent: 4), of: output.path)
    }
    try setOwn(output)
  }

  /// Says that an import came from another commit.
  ///
  /// - Throws: as ``update(_:)``.
  package mutating func update(
    _ source: ImportSource, _ output: PointerOutput
  ) throws(ParseFailure) {
    func root() throws(ParseFailure) -> [YAMLNode.Pair] {
      try YAMLNode(parsing: Array(text.utf8))?.pairs ?? []
    }
    func repo() throws(ParseFailure) -> [YAMLNode.Pair] {
      let deps = try root().first { $0.key.text == "deps" }?.value.items?.first?.pairs
      return deps?.first { $0.key.text == "repo" }?.value.pairs ?? []
    }
    for (key, value) in [("rev", source.revision), ("rev_lock", source.lockedCommit)] {
      let pairs = try repo()
      let pair = pairs.first { $0.key.text == key }
      guard let value, pair?.value.text != value else { continue }
      let written = PointerScalar.text(value, column: key.utf8.count + 6, indent: 6)
      if let pair {
        replace(pair.value.start.offset, pair.value.end.offset, with: written)
      } else if let before = pairs.first(where: { $0.key.text == "url" }) {
        let indent = String(repeating: " ", count: max(0, before.key.start.column - 1))
        let end = before.value.end.offset
        replace(end, end, with: "\n\(indent)\(key): \(written)")
      }
    }
    if let pair = try root().first(where: { $0.key.text == "md5" }) {
      let digest = StageDigest.digest(source, output).hex
      replace(pair.value.start.offset, pair.value.end.offset, with: digest)
    }
  }

  /// Gives the output of a path another one.
  ///
  /// - Throws: as ``update(_:)``.
  package mutating func rename(_ path: String, to new: String) throws(ParseFailure) {
    for pair in try pairs(of: path) where pair.key.text == "path" {
      let column = max(0, pair.key.start.column - 1) + 6
      replace(
        pair.value.start.offset, pair.value.end.offset,
        with: PointerScalar.text(new, column: column, indent: 4))
    }
  }

  /// The keys that name the content, in DVC's order; nil takes a key away.
  private static func values(of output: PointerOutput) -> [(String, String?)] {
    [
      ("md5", output.object?.text), ("size", output.size.map { "\($0)" }),
      ("nfiles", output.fileCount.map { "\($0)" }),
      ("isexec", output.isExecutable ? "true" : nil),
      ("hash", output.object?.family == .md5 ? "md5" : nil),
    ]
  }

  /// The pairs of the output with a path.
  func pairs(of path: String) throws(ParseFailure) -> [YAMLNode.Pair] {
    guard let root = try YAMLNode(parsing: Array(text.utf8)) else {
      throw ParseFailure("the file is empty", line: 1, column: 1)
    }
    let outputs = root.pairs?.first { $0.key.text == "outs" }?.value
    for item in outputs?.items ?? [] {
      guard let pairs = item.pairs, pairs.contains(where: { $0.isPath(path) }) else { continue }
      guard case .mapping(_, .block) = item.content else {
        throw item.failure(
          "an output in braces cannot be changed", hint: "write one key on each line")
      }
      return pairs
    }
    throw root.failure("there is no output with the path `\(path)`")
  }

  private mutating func set(
    _ key: String, _ value: String?, of path: String
  ) throws(ParseFailure) {
    let pairs = try pairs(of: path)
    let order = ["md5", "size", "nfiles", "isexec", "hash", "path", "desc"]
    if let pair = pairs.first(where: { $0.key.text == key }) {
      if let value {
        guard pair.value.text != value else { return }
        replace(pair.value.start.offset, pair.value.lastEnd, with: value)
      } else if let next = pairs.first(where: { $0.key.start.offset > pair.key.start.offset }) {
        // The next key takes this one's place, and what was written between them goes.
        replace(pair.key.start.offset, next.key.start.offset, with: "")
      } else {
        var start = pair.key.start.offset
        let scalars = Array(text.unicodeScalars)
        while start > 0, scalars[start - 1] == " " { start -= 1 }
        if start > 0, scalars[start - 1] == "\n" { start -= 1 }
        replace(start, pair.value.lastEnd, with: "")
      }
      return
    }
    guard let value, let place = order.firstIndex(of: key) else { return }
    // Behind the nearest key that DVC writes before this one.
    let before = pairs.last { pair in
      order.firstIndex(of: pair.key.text ?? "").map { $0 < place } ?? false
    }
    let indent = String(repeating: " ", count: max(0, pairs[0].key.start.column - 1))
    if let before {
      let end = before.value.lastEnd
      replace(end, end, with: "\n\(indent)\(key): \(value)")
    } else {
      let start = pairs[0].key.start.offset
      replace(start, start, with: "\(key): \(value)\n\(indent)")
    }
  }

  /// Replaces characters, counted in Unicode scalars without a byte-order mark.
  mutating func replace(_ start: Int, _ end: Int, with new: String) {
    let scalars = text.unicodeScalars
    let mark = scalars.first == "\u{FEFF}" ? 1 : 0
    guard
      let from = scalars.index(
        scalars.startIndex, offsetBy: start + mark, limitedBy: scalars.endIndex),
      let to = scalars.index(scalars.startIndex, offsetBy: end + mark, limitedBy: scalars.endIndex)
    else { return }
    text.unicodeScalars.replaceSubrange(from..<to, with: new.unicodeScalars)
  }
}

extension YAMLNode.Pair {
  fileprivate func isPath(_ path: String) -> Bool {
    key.text == "path" && value.text.map { $0.utf8.elementsEqual(path.utf8) } == true
  }
}
