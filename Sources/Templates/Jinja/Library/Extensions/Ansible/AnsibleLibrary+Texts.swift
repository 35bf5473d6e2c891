import Formats
import Platform

extension AnsibleLibrary {
  static func addTexts(to library: inout TemplateLibrary) {
    library.addFilter("quote", as: Signature("quote", "a")) {
      (call, render) throws(TemplateError) -> Value in
      .text(ShellWord.quoted(try render.str(call.input).string))
    }
    library.addFilter("b64encode", as: Signature("b64encode", "string", "encoding?")) {
      (call, render) throws(TemplateError) -> Value in
      .string(encoded(try render.str(call.input).bytes))
    }
    library.addFilter("b64decode", as: Signature("b64decode", "string", "encoding?")) {
      (call, render) throws(TemplateError) -> Value in
      .text(String(decoding: try decoded(render.str(call.input).bytes), as: UTF8.self))
    }
    library.addFilter("hash", as: Signature("get_hash", "data", "hashtype?")) {
      (call, render) throws(TemplateError) -> Value in
      guard let kind = (call[1] ?? .string("sha1")).text else { return Value.none }
      let content = try render.str(call.input).bytes
      return digest(kind.lowered().string, content).map { .text($0) } ?? Value.none
    }
    for (name, function, kind) in [
      ("md5", "md5s", "md5"), ("sha1", "secure_hash_s", "sha1"),
      ("checksum", "secure_hash_s", "sha1"),
    ] {
      let signature =
        kind == "md5" ? Signature(function, "data") : Signature(function, "data", "hash_func?")
      library.addFilter(name, as: signature) { (call, render) throws(TemplateError) -> Value in
        .text(digest(kind, try render.str(call.input).bytes) ?? "")
      }
    }
    library.addFilter("to_uuid", as: Signature("to_uuid", "string")) {
      (call, render) throws(TemplateError) -> Value in
      .text(uuid(of: try render.str(call.input)))
    }
    library.addFilter(
      "comment", as: Signature("comment", "text", "style?", namedRest: true), comment)
  }

  private static func digest(_ kind: String, _ content: [UInt8]) -> String? {
    let names = ["blake2b": "blake2b512", "blake2s": "blake2s256"]
    let name = names[kind] ?? kind.split(separator: "_").joined(separator: "-")
    return Digest(named: name, of: content)?.hex
  }

  /// A version 5 UUID (RFC 4122) in ansible's own name space, 20851c88-ac15-449f-9ee7-74829105da86.
  private static func uuid(of name: Text) -> String {
    let space: [UInt8] = [
      0x20, 0x85, 0x1C, 0x88, 0xAC, 0x15, 0x44, 0x9F, 0x9E, 0xE7, 0x74, 0x82, 0x91, 0x05, 0xDA,
      0x86,
    ]
    var digits = Array((Digest(named: "sha1", of: space + name.bytes)?.hex ?? "").prefix(32))
    guard digits.count == 32 else { return "" }
    digits[12] = "5"
    let variant = (digits[16].hexDigitValue ?? 0) & 0x3 | 0x8
    digits[16] = Character(String(variant, radix: 16))
    let parts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }
    return parts.joined(separator: "-")
  }

  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// Base64 (RFC 4648, section 4).
  private static func encoded(_ bytes: [UInt8]) -> Text {
    var result: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = Array(bytes[start..<min(start + 3, bytes.count)])
      let bits = (group + [0, 0]).prefix(3).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      for place in 0..<4 {
        result.append(
          place > group.count ? 0x3D : alphabet[Int(bits >> UInt32(18 - 6 * place)) & 63])
      }
    }
    return Text(bytes: result, count: result.count)
  }

  /// As Python's `b64decode`: what is no digit is passed over.
  private static func decoded(_ text: [UInt8]) throws(TemplateError) -> [UInt8] {
    var result: [UInt8] = []
    var bits: UInt32 = 0
    var digits = 0
    var padding = 0
    for byte in text {
      if byte == 0x3D {
        padding += 1
        if digits >= 2, digits + padding >= 4 { return result }
        continue
      }
      guard let value = alphabet.firstIndex(of: byte) else { continue }
      padding = 0
      bits = bits << 6 | UInt32(value)
      digits += 1
      if digits > 1 {
        let shift = UInt32(8 - 2 * digits)
        result.append(UInt8(truncatingIfNeeded: bits >> shift))
      }
      if digits == 4 {
        digits = 0
        bits = 0
      }
    }
    if digits == 1 {
      throw TemplateError(
        "Error",
        "Invalid base64-encoded string: number of data characters (\(result.count / 3 * 4 + 1)) "
          + "cannot be 1 more than a multiple of 4")
    }
    guard digits == 0 else { throw TemplateError("Error", "Incorrect padding") }
    return result
  }

  private static let comment: TemplateLibrary.FilterBody = {
    (call, render) throws(TemplateError) -> Value in
    let styles: [Text: (beginning: Text, decoration: Text, end: Text)] = [
      "plain": ("", "# ", ""), "erlang": ("", "% ", ""), "c": ("", "// ", ""),
      "cblock": ("/*", " * ", " */"), "xml": ("<!--", " - ", "-->"),
    ]
    let style = call[1] ?? .string("plain")
    try render.requireHashable(style)
    guard let name = style.text, let (beginning, decoration, end) = styles[name] else {
      throw .key(style)
    }
    let given = DictBox(call.namedRest.map { ($0.name, $0.value) })
    func part(_ name: Text, _ usual: Text) throws(TemplateError) -> Text {
      try given.get(name).map { (value) throws(TemplateError) in try render.str(value) } ?? usual
    }
    func count(_ name: Text) throws(TemplateError) -> Int {
      let count = try given.get(name).map { (value) throws(TemplateError) in try render.size(value)
      }
      return count ?? 1
    }
    let usedDecoration = try part("decoration", decoration)
    let edge = usedDecoration.strippedRight()
    let newLine = try part("newline", "\n")
    guard let text = call.input.text else {
      if case .undefined(let undefined) = call.input { throw undefined.error }
      throw .attribute("'\(call.input.typeName)' object has no attribute 'replace'")
    }
    var result = Text.empty
    let start = try part("beginning", beginning)
    if !start.isEmpty { result = start + newLine }
    let prefix = try part("prefix", edge)
    if !prefix.isEmpty {
      let line = prefix == newLine ? newLine : prefix + newLine
      result = result + (try line.repeated(count("prefix_count")))
    }
    let body = usedDecoration + (try text.replacing(newLine, with: newLine + usedDecoration))
    result =
      result
      + (try body.replacing(usedDecoration + newLine, with: edge + newLine))
    let postfix = try part("postfix", edge)
    let postfixes = max(0, try count("postfix_count"))
    try render.charge(rounds: postfixes)
    result =
      result
      + (try Text.joined([.empty] + Array(repeating: postfix, count: postfixes), by: newLine))
    let last = try part("end", end)
    if !last.isEmpty { result = result + newLine + last }
    return .string(result)
  }
}
