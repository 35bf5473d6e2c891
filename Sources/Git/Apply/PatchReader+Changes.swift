import Platform

extension PatchReader {
  /// The changes of a text, up to the next line that begins none.
  mutating func hunks() throws -> [FilePatch.Hunk] {
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
  mutating func binary() throws -> FilePatch.BinaryPart {
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
