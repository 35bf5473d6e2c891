import Platform

/// Reads what ``PatchWriter`` and `git diff` write (git-diff(1), "Generating patch text with -p").
///
/// Text before the first file, as in a letter, is passed over.
struct PatchReader {
  private let bytes: [UInt8]
  private var rest: ArraySlice<UInt8>
  private var number = 0

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
  private func peek() -> ArraySlice<UInt8>? {
    rest.isEmpty ? nil : rest.prefix { $0 != 0x0A }
  }

  private mutating func next() -> ArraySlice<UInt8>? {
    guard let line = peek() else { return nil }
    rest = rest[line.endIndex...].dropFirst()
    number += 1
    return line
  }

  private mutating func next(after prefix: StaticString) -> ArraySlice<UInt8>? {
    guard let line = peek(), prefix.withUTF8Buffer({ line.starts(with: $0) }) else { return nil }
    return next()?.dropFirst(prefix.utf8CodeUnitCount)
  }

  private func problem(_ reason: String) -> Failure {
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

extension PatchReader {
  private mutating func hunks() throws -> [FilePatch.Hunk] {
    var hunks: [FilePatch.Hunk] = []
    while let header = next(after: "@@ -") { hunks.append(try hunk(header)) }
    return hunks
  }

  /// `1,2 +3,4 @@`, a count of 1 being left out.
  private mutating func hunk(_ header: ArraySlice<UInt8>) throws -> FilePatch.Hunk {
    let words = header.split(separator: 0x20, maxSplits: 2)
    guard words.count == 3, words[1].first == UInt8(ascii: "+"), words[2].starts(with: "@@".utf8),
      let (start, oldCount) = Self.range(words[0]),
      let (_, newCount) = Self.range(words[1].dropFirst())
    else { throw problem("the numbers of lines cannot be read") }
    var hunk = FilePatch.Hunk(oldStart: start, old: [], new: [], line: number)
    var last: (old: Bool, new: Bool) = (false, false)
    while hunk.old.count < oldCount || hunk.new.count < newCount || isNoLineEnd {
      let isEnd = isNoLineEnd
      let from = rest.startIndex
      guard let line = next() else { throw problem("the patch ends within a change") }
      if isEnd {
        if last.old { Self.dropLineFeed(&hunk.old) }
        if last.new { Self.dropLineFeed(&hunk.new) }
        last = (false, false)
        continue
      }
      // The line with its line feed, which the patch's last line may lack.
      guard rest.startIndex > line.endIndex else { throw problem("the patch ends within a line") }
      let whole = bytes[min(from + 1, rest.startIndex)..<rest.startIndex]
      switch line.first {
      case UInt8(ascii: " "): last = (true, true)
      case UInt8(ascii: "-"): last = (true, false)
      case UInt8(ascii: "+"): last = (false, true)
      case nil:
        // An empty line whose space some program cut off.
        hunk.old.append([0x0A])
        hunk.new.append([0x0A])
        last = (true, true)
        continue
      default: throw problem("a line that neither stays nor comes nor goes")
      }
      if last.old { hunk.old.append(whole) }
      if last.new { hunk.new.append(whole) }
    }
    guard hunk.old.count == oldCount, hunk.new.count == newCount else {
      throw problem("the numbers of lines do not fit the lines")
    }
    return hunk
  }

  /// `\ No newline at end of file`, in any language.
  private var isNoLineEnd: Bool { peek()?.starts(with: "\\ ".utf8) ?? false }

  private static func dropLineFeed(_ lines: inout [ArraySlice<UInt8>]) {
    guard let last = lines.popLast() else { return }
    lines.append(last.last == 0x0A ? last.dropLast() : last)
  }

  private static func range(_ text: ArraySlice<UInt8>) -> (start: Int, count: Int)? {
    let parts = text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    let numbers = parts.map { Int(String(decoding: $0, as: UTF8.self)) ?? -1 }
    guard (1...2).contains(numbers.count), numbers.allSatisfy({ (0...Int(Int32.max)).contains($0) })
    else { return nil }
    return (numbers[0], numbers.count == 2 ? numbers[1] : 1)
  }

  /// The part that goes forwards; the other one is passed over.
  private mutating func binary() throws -> FilePatch.BinaryPart {
    let isDelta: Bool
    let text: ArraySlice<UInt8>
    if let size = next(after: "literal ") {
      (isDelta, text) = (false, size)
    } else if let size = next(after: "delta ") {
      (isDelta, text) = (true, size)
    } else {
      throw problem("a binary change is neither `literal` nor `delta`")
    }
    guard let size = Int(String(decoding: text, as: UTF8.self)), (0...Self.limit).contains(size)
    else { throw problem("the size of a binary change cannot be read") }
    var packed: [UInt8] = []
    while let line = next(), !line.isEmpty {
      guard Base85.append(line, to: &packed) else {
        throw problem("a binary change is not written in base 85")
      }
    }
    let content = packed.withUnsafeBytes { Inflation.read($0, keeping: size, limit: size) }
    guard let content, content.size == size, content.taken == packed.count else {
      throw problem("a binary change cannot be unpacked")
    }
    // Of the way back only the form is looked at.
    if next(after: "literal ") != nil || next(after: "delta ") != nil {
      while let line = next(), !line.isEmpty {}
    }
    return isDelta ? .delta(content.head) : .literal(content.head)
  }
}
