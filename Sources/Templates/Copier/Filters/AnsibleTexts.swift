import Glibc
import Platform

/// Ansible's filters for texts: regular expressions, paths, quoting, hashes, dates.
enum AnsibleTexts {
  static func register(in library: inout TemplateLibrary) {
    registerPatterns(in: &library)
    registerPaths(in: &library)
    library.addFilter("quote") { (value, _, _) in
      .text(quoted(ContextValue(value).pythonText))
    }
    library.addFilter("b64encode") { (value, _, _) in
      .text(Base64.encode(Array(ContextValue(value).pythonText.utf8)))
    }
    library.addFilter("b64decode") {
      (value: Value, given: Arguments, render: Render) throws(TemplateError) -> Value in
      guard let bytes = Base64.decode(ContextValue(value).pythonText) else {
        throw TemplateError("Error", "Incorrect padding")
      }
      return .text(String(decoding: bytes, as: UTF8.self))
    }
    library.addFilter("hash") {
      (value: Value, arguments: Arguments, render: Render) throws(TemplateError) -> Value in
      var arguments = FilterArguments(arguments)
      let kind = arguments.next("hashtype")?.text?.string ?? "sha1"
      guard let digest = digest(kind, ContextValue(value).pythonText) else { return .none }
      return .text(digest)
    }
    for (name, kind) in [("md5", "md5"), ("sha1", "sha1"), ("checksum", "sha1")] {
      library.addFilter(name) { (value, _, _) in
        .text(digest(kind, ContextValue(value).pythonText) ?? "")
      }
    }
    library.addFilter("strftime") {
      (value: Value, arguments: Arguments, render: Render) throws(TemplateError) -> Value in
      var arguments = FilterArguments(arguments)
      var seconds = time(nil)
      if let given = arguments.next("second"), !given.isNone {
        guard let number = try? CopierType.int.cast(ContextValue(given)),
          case .int(let whole) = number
        else {
          throw .filterArgument("Invalid value for epoch value (\(ContextValue(given).pythonText))")
        }
        seconds = whole
      }
      var parts = tm()
      guard localtime_r(&seconds, &parts) != nil else {
        throw .overflow("timestamp out of range for platform time_t")
      }
      let format = ContextValue(value).pythonText
      guard !format.isEmpty else { return .text("") }
      var buffer = [CChar](repeating: 0, count: 256 + format.utf8.count * 16)
      let count = strftime(&buffer, buffer.count, format, &parts)
      return .text(
        String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }
  }

  private static func registerPatterns(in library: inout TemplateLibrary) {
    library.addFilter("regex_replace") {
      (value: Value, arguments: Arguments, render: Render) throws(TemplateError) -> Value in
      var arguments = FilterArguments(arguments)
      let pattern = ContextValue(arguments.next("pattern") ?? .text("")).pythonText
      let replacement = ContextValue(arguments.next("replacement") ?? .text("")).pythonText
      let ignores = arguments.next("ignorecase")?.isPlainlyTrue == true
      let compiled = try Pattern(Text(pattern), flags: ignores ? .ignoreCase : [])
      let template = try PatternReplacement(Text(replacement), for: compiled)
      return .string(
        try compiled.replace(in: Text(ContextValue(value).pythonText)) {
          (match) throws(TemplateError) in template.text(for: match)
        })
    }
    library.addFilter("regex_escape") {
      (value: Value, given: Arguments, render: Render) throws(TemplateError) -> Value in
      var text = ""
      for scalar in ContextValue(value).pythonText.unicodeScalars {
        if "()[]{}?*+-|^$\\.&~# \t\n\r\u{0B}\u{0C}".unicodeScalars.contains(scalar) { text += "\\" }
        text.unicodeScalars.append(scalar)
      }
      return .text(text)
    }
    library.addFilter("regex_findall") {
      (value: Value, arguments: Arguments, render: Render) throws(TemplateError) -> Value in
      var arguments = FilterArguments(arguments)
      let pattern = try pattern(&arguments, hasFlags: true)
      guard let text = value.text else {
        throw .type("expected string or bytes-like object, got '\(value.typeName)'")
      }
      var found: [Value] = []
      for match in try pattern.matches(in: text) {
        switch pattern.groupCount {
        case 0: found.append(.string(match.group(0) ?? .empty))
        case 1: found.append(.string(match.group(1) ?? .empty))
        default:
          found.append(
            .tuple((1...pattern.groupCount).map { .string(match.group($0) ?? .empty) }))
        }
      }
      return .list(found)
    }
    library.addFilter("regex_search") {
      (value: Value, given: Arguments, render: Render) throws(TemplateError) -> Value in
      var arguments = FilterArguments(given)
      let pattern = try pattern(&arguments, hasFlags: false)
      guard let text = value.text else {
        throw .type("expected string or bytes-like object, got '\(value.typeName)'")
      }
      var groups: [Int] = []
      for argument in arguments.rest {
        groups.append(try group(ContextValue(argument).pythonText, in: pattern))
      }
      guard let match = try pattern.firstMatch(in: text) else { return .none }
      if groups.isEmpty { return .string(match.group(0) ?? .empty) }
      return .list(groups.map { match.group($0).map { .string($0) } ?? .none })
    }
  }

  /// `\1` and `\g<name>`.
  private static func group(_ text: String, in pattern: Pattern) throws(TemplateError) -> Int {
    var name = text
    if text.hasPrefix("\\g<"), text.hasSuffix(">") {
      name = String(text.dropFirst(3).dropLast())
    } else if text.hasPrefix("\\") {
      name = String(text.dropFirst().prefix { $0.isASCII && $0.isNumber })
    } else {
      throw .filterArgument("Unknown argument")
    }
    let number = Int(name) ?? pattern.names.first { $0.name == name }?.number
    guard let number, (0...pattern.groupCount).contains(number) else {
      throw .index("no such group")
    }
    return number
  }

  private static func pattern(
    _ arguments: inout FilterArguments, hasFlags: Bool
  ) throws(TemplateError) -> Pattern {
    guard let source = arguments.next("regex")?.text else {
      throw .type("first argument must be string or compiled pattern")
    }
    var flags: Pattern.Flags = []
    let multiline = hasFlags ? arguments.next("multiline") : arguments.named("multiline")
    let ignores = hasFlags ? arguments.next("ignorecase") : arguments.named("ignorecase")
    if multiline?.isPlainlyTrue == true { flags.insert(.multiline) }
    if ignores?.isPlainlyTrue == true { flags.insert(.ignoreCase) }
    return try Pattern(source, flags: flags)
  }

  private static func registerPaths(in library: inout TemplateLibrary) {
    func text(_ name: String, _ body: @escaping @Sendable (String) -> String) {
      library.addFilter(name) { (value, _, _) in
        .text(body(ContextValue(value).pythonText))
      }
    }
    text("basename") { path in
      path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    }
    text("dirname") { path in
      guard let cut = path.lastIndex(of: "/") else { return "" }
      var head = path[...cut]
      if head.contains(where: { $0 != "/" }) { while head.last == "/" { head.removeLast() } }
      return String(head)
    }
    library.addFilter("splitext") {
      (value: Value, given: Arguments, render: Render) throws(TemplateError) -> Value in
      let path = ContextValue(value).pythonText
      let nameStart = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
      let name = path[nameStart...]
      let isNamed = name.drop { $0 == "." }.contains(".")
      guard isNamed, let dot = name.lastIndex(of: ".") else {
        return .tuple([.text(path), .text("")])
      }
      return .tuple([.text(String(path[..<dot])), .text(String(path[dot...]))])
    }
  }

  /// A word as a shell reads it back.
  static func quoted(_ text: String) -> String {
    guard !text.isEmpty else { return "''" }
    let isSafe = text.unicodeScalars.allSatisfy { scalar in
      scalar.isASCII
        && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
          || "_@%+=:,./-".unicodeScalars.contains(scalar))
    }
    if isSafe { return text }
    return "'"
      + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\"'\"'")
      + "'"
  }

  private static func digest(_ kind: String, _ text: String) -> String? {
    Digest(named: kind, of: Array(text.utf8))?.hex
  }
}

/// Base64 (RFC 4648, section 4).
enum Base64 {
  private static let digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let count = min(3, bytes.count - start)
      var group: UInt32 = 0
      for place in 0..<3 { group = group << 8 | (place < count ? UInt32(bytes[start + place]) : 0) }
      for place in 0..<4 {
        let isPad = place > count
        text.append(isPad ? 0x3D : digits[Int(group >> UInt32(18 - 6 * place)) & 63])
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  static func decode(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var group: UInt32 = 0
    var bits = 0
    for byte in text.utf8 {
      guard let digit = digits.firstIndex(of: byte) else { continue }
      group = (group << 6 | UInt32(digit)) & 0xFF_FFFF
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: group >> UInt32(bits)))
      }
    }
    return bits < 6 ? bytes : nil
  }
}
