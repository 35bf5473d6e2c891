import Platform

/// Reads what ``PatchWriter`` and `git diff` write (git-diff(1), "Generating patch text with -p").
///
/// Text before the first file, as in a letter, is passed over.
struct PatchReader {
  let bytes: [UInt8]
  private(set) var rest: ArraySlice<UInt8>
  private(set) var number = 0

  /// The largest content of a binary part.
  static let limit = 1 << 30

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
    rest = bytes[...]
  }

  /// - Throws: ``Failure`` with code `.parse`, and the line.
  static func read(_ bytes: [UInt8]) throws -> [FilePatch] {
    var reader = PatchReader(bytes)
    var files: [FilePatch] = []
    while let line = reader.peek() {
      if line.starts(with: "diff --git ".utf8) {
        files.append(try reader.file())
      } else if line.starts(with: "@@ -".utf8) {
        reader.number += 1
        throw reader.problem("lines to change stand before the name of a file")
      } else {
        _ = reader.next()
      }
    }
    return files
  }

  // MARK: Lines

  /// The next line without its line feed; nil at the end.
  func peek() -> ArraySlice<UInt8>? {
    rest.isEmpty ? nil : rest.prefix { $0 != 0x0A }
  }

  mutating func next() -> ArraySlice<UInt8>? {
    guard let line = peek() else { return nil }
    rest = rest[line.endIndex...].dropFirst()
    number += 1
    return line
  }

  mutating func next(after prefix: StaticString) -> ArraySlice<UInt8>? {
    guard let line = peek(), prefix.withUTF8Buffer({ line.starts(with: $0) }) else { return nil }
    return next()?.dropFirst(prefix.utf8CodeUnitCount)
  }

  func problem(_ reason: String) -> Failure {
    Failure(.parse, "the patch cannot be read: line \(number): \(reason)")
  }

  // MARK: Parts

  private mutating func file() throws -> FilePatch {
    let header = next()?.dropFirst(11) ?? []
    var file = FilePatch(line: number)
    var name = Self.name(inHeader: header)
    if let name { (file.oldPath, file.newPath) = (name, name) }
    var (comes, goes, isNamed) = (false, false, name != nil)
    while peek() != nil {
      if let mode = next(after: "old mode ") {
        file.oldMode = try self.mode(mode)
      } else if let mode = next(after: "new mode ") {
        file.newMode = try self.mode(mode)
      } else if let mode = next(after: "new file mode ") {
        file.newMode = try self.mode(mode)
        comes = true
      } else if let mode = next(after: "deleted file mode ") {
        file.oldMode = try self.mode(mode)
        goes = true
      } else if let path = next(after: "rename from ") ?? next(after: "rename old ") {
        file.oldPath = try plain(path)
      } else if let path = next(after: "rename to ") ?? next(after: "rename new ") {
        file.newPath = try plain(path)
        isNamed = true
      } else if let path = next(after: "copy from ") {
        file.oldPath = try plain(path)
        file.isCopy = true
      } else if let path = next(after: "copy to ") {
        file.newPath = try plain(path)
        isNamed = true
      } else if let words = next(after: "index ") {
        try readObjects(words, &file)
      } else if next(after: "similarity index ") == nil, next(after: "dissimilarity index ") == nil
      {
        break
      }
    }
    if let path = next(after: "--- ") {
      let old = try marked(path)
      guard let path = next(after: "+++ ") else { throw problem("`+++` is missing") }
      let new = try marked(path)
      if let old, name == nil { file.oldPath = old }
      if let new, name == nil { file.newPath = new }
      name = name ?? new ?? old
      if file.oldPath == nil { file.oldPath = name }
      if file.newPath == nil { file.newPath = name }
      isNamed = true
      if old == nil { comes = true }
      if new == nil { goes = true }
      file.change = .hunks(try hunks())
    } else if next(after: "GIT binary patch") != nil {
      file.change = .binary(try binary())
    } else if next(after: "Binary files ") != nil {
      throw Failure(
        .unsupported, "the patch leaves out the content of `\(file.shown)`, which is binary",
        hint: "git diff --binary")
    }
    guard isNamed, !(comes && goes) else { throw problem("no name of a file can be read") }
    if comes { file.oldPath = nil }
    if goes { file.newPath = nil }
    return file
  }

  private func mode(_ text: ArraySlice<UInt8>) throws -> UInt32 {
    let mode = UInt32(String(decoding: text, as: UTF8.self), radix: 8)
    guard let mode, [GitMode.file, GitMode.program, GitMode.link, GitMode.submodule].contains(mode)
    else { throw problem("there is no such mode of a file") }
    return mode
  }

  /// `OLD..NEW`, and the mode when it stays.
  private func readObjects(_ text: ArraySlice<UInt8>, _ file: inout FilePatch) throws {
    let words = text.split(separator: 0x20)
    let names = words.first.map { String(decoding: $0, as: UTF8.self) } ?? ""
    guard let dots = names.range(of: ".."), words.count <= 2 else {
      throw problem("the names of the contents cannot be read")
    }
    file.oldObject = String(names[..<dots.lowerBound])
    file.newObject = String(names[dots.upperBound...])
    if words.count == 2 {
      let mode = try mode(words[1])
      if file.oldMode == nil { file.oldMode = mode }
      if file.newMode == nil { file.newMode = mode }
    }
  }

  /// A name without `a/` or `b/`, in quotes or to the end of the line.
  private func plain(_ text: ArraySlice<UInt8>) throws -> [UInt8] {
    var rest = text
    return QuotedName.read(&rest) ?? Array(text)
  }

  /// A name behind `---` or `+++`; nil for `/dev/null`.
  private func marked(_ text: ArraySlice<UInt8>) throws -> [UInt8]? {
    var rest = text
    let name: [UInt8]
    if let quoted = QuotedName.read(&rest) {
      name = quoted
    } else {
      // A tab ends the name, where a time could follow.
      name = Array(text.prefix { $0 != 0x09 })
      if name.elementsEqual("/dev/null".utf8) { return nil }
    }
    guard let slash = name.firstIndex(of: UInt8(ascii: "/")) else {
      throw problem("a name without `a/` or `b/`")
    }
    return Array(name[(slash + 1)...])
  }

  /// The name that stands twice behind `diff --git`; nil when both halves differ.
  private static func name(inHeader text: ArraySlice<UInt8>) -> [UInt8]? {
    func stripped(_ name: some Collection<UInt8>) -> [UInt8]? {
      guard let slash = name.firstIndex(of: UInt8(ascii: "/")) else { return nil }
      return Array(name[name.index(after: slash)...])
    }
    var rest = text
    if let first = QuotedName.read(&rest) {
      guard rest.popFirst() == 0x20 else { return nil }
      let second = QuotedName.read(&rest) ?? Array(rest)
      return stripped(first) == stripped(second) ? stripped(second) : nil
    }
    guard text.count % 2 == 1 else { return nil }
    let middle = text.startIndex + text.count / 2
    let (first, second) = (stripped(text[..<middle]), stripped(text[(middle + 1)...]))
    return text[middle] == 0x20 && first == second ? second : nil
  }
}
