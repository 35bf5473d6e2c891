/// What `.gitmodules` of a commit says (gitmodules(5)); read by ourselves, because libgit2 would follow an `include` in it.
struct ModulesFile {
  struct Module {
    var name: [UInt8]
    var url: [UInt8]?
  }

  /// By path.
  private(set) var modules: [[UInt8]: Module] = [:]

  /// Lines that make no sense are passed over: a submodule without an entry is told as such.
  init(_ bytes: [UInt8]) {
    var sections: [[UInt8]: [[UInt8]: [UInt8]]] = [:]
    var name: [UInt8]?
    var rest = bytes[...]
    while !rest.isEmpty {
      let line = Self.line(&rest)
      if line.first == UInt8(ascii: "[") {
        name = Self.section(line)
        continue
      }
      guard let name, let equals = line.firstIndex(of: UInt8(ascii: "=")) else { continue }
      let key = Self.trimmed(line[..<equals]).map { $0 | 0x20 }
      sections[name, default: [:]][key] = Self.value(line[(equals + 1)...])
    }
    let (path, url) = (Array("path".utf8), Array("url".utf8))
    for (name, values) in sections.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      guard let path = values[path], Self.isSafe(name: name) else { continue }
      modules[path] = Module(name: name, url: values[url])
    }
  }

  /// A name is a folder below `.git/modules`; git refuses one that leads out.
  private static func isSafe(name: [UInt8]) -> Bool {
    !name.isEmpty && !name.contains(0) && name.first != UInt8(ascii: "/")
      && name.split(omittingEmptySubsequences: false, whereSeparator: { $0 == 0x2F || $0 == 0x5C })
        .allSatisfy { !$0.elementsEqual("..".utf8) }
  }

  /// The next line, with those that it goes on in.
  private static func line(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var line: [UInt8] = []
    while let byte = rest.popFirst() {
      if byte == 0x0A {
        guard line.last == UInt8(ascii: "\\") else { break }
        line.removeLast()
        continue
      }
      line.append(byte)
    }
    return trimmed(line[...])
  }

  /// The name in `[submodule "name"]`; nil for another section.
  private static func section(_ line: ArraySlice<UInt8>) -> [UInt8]? {
    guard let quote = line.firstIndex(of: UInt8(ascii: "\"")),
      trimmed(line[..<quote].dropFirst()).map({ $0 | 0x20 }).elementsEqual("submodule".utf8)
    else { return nil }
    var name: [UInt8] = []
    var rest = line[(quote + 1)...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\"") { return name }
      if byte == UInt8(ascii: "\\"), let next = rest.popFirst() {
        name.append(next)
      } else {
        name.append(byte)
      }
    }
    return nil
  }

  private static func value(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var value: [UInt8] = []
    var isQuoted = false
    var kept = 0
    var rest = trimmed(text)
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: "\\"):
        switch rest.popFirst() {
        case UInt8(ascii: "n"): value.append(0x0A)
        case UInt8(ascii: "t"): value.append(0x09)
        case let next?: value.append(next)
        case nil: break
        }
      case UInt8(ascii: "#"), UInt8(ascii: ";"):
        if isQuoted { value.append(byte) } else { rest = [] }
      default: value.append(byte)
      }
      if isQuoted || (byte != 0x20 && byte != 0x09) { kept = value.count }
    }
    return Array(value.prefix(kept))
  }

  private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
    let start = text.drop(while: isSpace)
    return start.prefix(
      (start.lastIndex { !isSpace($0) } ?? start.startIndex - 1) + 1 - start.startIndex)
  }
}
