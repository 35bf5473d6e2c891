import Formats
import Platform

/// What a `.dvc` file says.
package struct Pointer: Sendable, Hashable {
  package var outputs: [PointerOutput]
  /// The folder that the outputs' paths start from, relative to the file's own.
  package var workingFolder: String?
  /// Where an import came from.
  package var source: ImportSource?
  package var isFrozen = false

  package init(outputs: [PointerOutput]) { self.outputs = outputs }

  /// Reads a pointer; see ``PointerText`` for one that is to be changed.
  ///
  /// - Throws: ``ParseFailure`` with line and column.
  package init(parsing bytes: [UInt8]) throws(ParseFailure) {
    guard let root = try YAMLNode(parsing: bytes) else {
      throw ParseFailure("the file is empty", line: 1, column: 1)
    }
    guard let pairs = root.pairs else { throw root.failure("a mapping is wanted here") }
    self.init(outputs: [])
    for pair in pairs {
      switch pair.key.text {
      case "outs":
        for item in try Self.items(pair.value) { outputs.append(try PointerOutput(item)) }
      case "wdir": workingFolder = pair.value.text
      case "frozen": isFrozen = pair.value.text == "true"
      case "deps":
        for item in try Self.items(pair.value) where source == nil {
          source = try ImportSource(item)
        }
      default: continue
      }
    }
  }

  /// A list; `outs:` with nothing behind it is an empty one.
  private static func items(_ node: YAMLNode) throws(ParseFailure) -> [YAMLNode] {
    if let items = node.items { return items }
    guard let text = node.text, ["", "null", "~"].contains(text) else {
      throw node.failure("a list is wanted here")
    }
    return []
  }
}

extension PointerOutput {
  /// Reads an entry. Digests are text whatever YAML takes them for; keys that are not known are left alone.
  package init(_ node: YAMLNode) throws(ParseFailure) {
    guard let pairs = node.pairs else { throw node.failure("an output is a mapping") }
    var fields: [String: YAMLNode] = [:]
    for pair in pairs {
      if let key = pair.key.text, fields[key] == nil { fields[key] = pair.value }
    }
    guard let path = fields["path"]?.text, !path.isEmpty else {
      throw node.failure("the output has no `path`")
    }
    self.init(path: path)
    if let field = fields["md5"], let text = field.text, !text.isEmpty, text != "null" {
      let family: ObjectName.Family = fields["hash"] == nil ? .legacy : .md5
      guard let name = ObjectName(text, family: family) else {
        throw field.failure("`\(text)` is no md5", hint: "32 hexadecimal digits are wanted")
      }
      object = name
    }
    size = try Self.number(fields["size"])
    fileCount = try Self.number(fields["nfiles"]).map { Int($0) }
    isExecutable = fields["isexec"]?.text == "true"
    isCached = fields["cache"]?.text != "false"
    isPushed = fields["push"]?.text != "false"
    description = fields["desc"]?.text
    remote = fields["remote"]?.text
    let own = fields["meta"]?.pairs?.first { $0.key.text == "reprise" }?.value.pairs
    extras = own?.first { $0.key.text == "extras" }?.value.text.flatMap { MD5Digest(hex: $0) }
    // DVC keeps what it does not know when it names another content; then the digest is none of this one's.
    let belongs = own?.first { $0.key.text == "md5" }?.value.text
    if let field = own?.first(where: { $0.key.text == "sha256" })?.value, let text = field.text,
      !text.isEmpty, let object, belongs?.lowercased() == object.text
    {
      guard let digest = StrongDigest(hex: text) else {
        throw field.failure("`\(text)` is no SHA-256", hint: "64 hexadecimal digits are wanted")
      }
      strong = digest
    }
  }

  private static func number(_ node: YAMLNode?) throws(ParseFailure) -> Int64? {
    guard let node, let text = node.text, !text.isEmpty, text != "null" else { return nil }
    guard let value = Int64(text), value >= 0 else {
      throw node.failure("`\(text)` is no number of bytes or files")
    }
    return value
  }
}
