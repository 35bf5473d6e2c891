import Glibc

extension AnsibleLibrary {
  static func addPaths(to library: inout TemplateLibrary) {
    func add(
      _ name: String, _ function: String, _ body: @escaping @Sendable (Text) -> Value
    ) {
      library.addFilter(name, as: Signature(function, "p")) {
        (call, _) throws(TemplateError) -> Value in
        guard let path = call.input.text else {
          throw .type(
            "expected str, bytes or os.PathLike object, not \(className(call.input))")
        }
        return body(path)
      }
    }
    add("basename", "basename") { .string(Text($0.bytes[nameStart($0, "/")...])) }
    add("dirname", "dirname") { .string(head($0, nameStart($0, "/"), "/")) }
    add("splitext", "splitext") { path in
      let name = path.bytes[nameStart(path, "/")...]
      let bare = name.drop { $0 == UInt8(ascii: ".") }
      guard let dot = bare.lastIndex(of: UInt8(ascii: ".")) else {
        return .tuple([.string(path), .string(.empty)])
      }
      return .tuple([.string(Text(path.bytes[..<dot])), .string(Text(path.bytes[dot...]))])
    }
    add("expandvars", "expandvars") { .string(expandingVariables($0)) }
    add("expanduser", "expanduser") { .string(expandingHome($0)) }
    add("win_splitdrive", "splitdrive") { path in
      let drive = driveEnd(path)
      return .tuple([.string(Text(path.bytes[..<drive])), .string(Text(path.bytes[drive...]))])
    }
    add("win_basename", "basename") { path in
      .string(Text(path.bytes[max(driveEnd(path), nameStart(path, "/\\"))...]))
    }
    add("win_dirname", "dirname") { path in
      let drive = driveEnd(path)
      let rest = Text(path.bytes[drive...])
      return .string(Text(path.bytes[..<drive]) + head(rest, nameStart(rest, "/\\"), "/\\"))
    }
  }

  /// Where the last part of a path starts.
  private static func nameStart(_ path: Text, _ separators: String) -> Int {
    path.bytes.lastIndex { separators.utf8.contains($0) }.map { $0 + 1 } ?? 0
  }

  /// What stands before the name, without separators at its end unless it has nothing else.
  private static func head(_ path: Text, _ end: Int, _ separators: String) -> Text {
    let head = path.bytes[..<end]
    guard let last = head.lastIndex(where: { !separators.utf8.contains($0) }) else {
      return Text(head)
    }
    return Text(head[...last])
  }

  /// Behind `c:` or `\\host\share`.
  private static func driveEnd(_ path: Text) -> Int {
    let bytes = path.bytes.map { $0 == UInt8(ascii: "/") ? UInt8(ascii: "\\") : $0 }
    let slash = UInt8(ascii: "\\")
    if bytes.count >= 2, bytes[0] == slash, bytes[1] == slash {
      guard bytes.count > 2, bytes[2] != slash else { return bytes.count > 2 ? 0 : 0 }
      guard let host = bytes[2...].firstIndex(of: slash) else { return bytes.count }
      let share = bytes[(host + 1)...].firstIndex(of: slash) ?? bytes.count
      return share == host + 1 ? 0 : share
    }
    return bytes.count >= 2 && bytes[1] == UInt8(ascii: ":") ? 2 : 0
  }

  private static func variable(_ name: ArraySlice<UInt8>) -> [UInt8]? {
    getenv(String(decoding: name, as: UTF8.self)).map { Array(String(cString: $0).utf8) }
  }

  /// `$NAME` and `${NAME}` for what is set.
  private static func expandingVariables(_ path: Text) -> Text {
    var result: [UInt8] = []
    var rest = path.bytes[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "$") else {
        result.append(byte)
        continue
      }
      var name = rest.prefix { ($0 < 0x80 && CodePoint.isAlphanumeric(UInt32($0))) || $0 == 0x5F }
      var end = name.endIndex
      if rest.first == UInt8(ascii: "{"), let close = rest.firstIndex(of: UInt8(ascii: "}")) {
        name = rest[(rest.startIndex + 1)..<close]
        end = close + 1
      }
      if !name.isEmpty, let value = variable(name) {
        result += value
        rest = rest[end...]
      } else {
        result.append(byte)
      }
    }
    return Text(bytes: result)
  }

  private static func expandingHome(_ path: Text) -> Text {
    guard path.bytes.first == UInt8(ascii: "~") else { return path }
    let name = path.bytes.dropFirst().prefix { $0 != UInt8(ascii: "/") }
    var home: [UInt8]?
    if name.isEmpty {
      home = variable(ArraySlice("HOME".utf8))
    } else if let entry = getpwnam(String(decoding: name, as: UTF8.self)) {
      home = Array(String(cString: entry.pointee.pw_dir).utf8)
    }
    guard var home else { return path }
    while home.last == UInt8(ascii: "/") { home.removeLast() }
    let full = home + path.bytes[name.endIndex...]
    return Text(bytes: full.isEmpty ? [UInt8(ascii: "/")] : full)
  }
}
