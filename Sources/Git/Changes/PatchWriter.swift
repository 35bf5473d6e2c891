import CGit2
import Platform

/// Writes the form of `git diff --binary --full-index`, byte by byte as `git apply` reads it.
///
/// libgit2 makes the hunks and the deltas; the headers are ours, because libgit2 has none for two buffers with modes.
struct PatchWriter {
  private(set) var bytes: [UInt8] = []

  /// One side of a change.
  struct Side {
    var mode: UInt32
    var object: ObjectID
    var content: [UInt8]
  }

  /// Appends the change of one path; a side is nil where nothing is.
  mutating func append(_ path: [UInt8], from old: Side?, to new: Side?) throws {
    if let old, let new, !GitMode.sameKind(old.mode, new.mode) {
      try append(path, from: old, to: nil)
      try append(path, from: nil, to: new)
      return
    }
    let a = quoted("a/", path)
    let b = quoted("b/", path)
    line("diff --git ".utf8 + a + " ".utf8 + b)
    switch (old, new) {
    case (let old?, let new?):
      if old.mode != new.mode {
        line("old mode \(octal(old.mode))".utf8)
        line("new mode \(octal(new.mode))".utf8)
      }
    case (nil, let new?): line("new file mode \(octal(new.mode))".utf8)
    case (let old?, nil): line("deleted file mode \(octal(old.mode))".utf8)
    case (nil, nil): break
    }
    guard old?.object != new?.object else { return }
    let zeros = String(repeating: "0", count: 40)
    let suffix = old?.mode == new?.mode ? " " + octal(old?.mode ?? 0) : ""
    line("index \(old?.object.hex ?? zeros)..\(new?.object.hex ?? zeros)\(suffix)".utf8)
    let before = old?.content ?? []
    let after = new?.content ?? []
    if before.isEmpty && after.isEmpty { return }
    if isBinary(before) || isBinary(after) {
      try appendBinary(before, after)
      return
    }
    // GNU patch needs a tab to know where a name with a space ends.
    let tab = path.contains(UInt8(ascii: " ")) ? "\t" : ""
    line("--- ".utf8 + (old == nil ? Array("/dev/null".utf8) : a + tab.utf8))
    line("+++ ".utf8 + (new == nil ? Array("/dev/null".utf8) : b + tab.utf8))
    if before.isEmpty {
      appendWhole(after, UInt8(ascii: "+"), header: { "@@ -0,0 +1\($0) @@" })
    } else if after.isEmpty {
      appendWhole(before, UInt8(ascii: "-"), header: { "@@ -1\($0) +0,0 @@" })
    } else {
      try appendHunks(before, after)
    }
  }

  /// Drops what was appended beyond a length.
  mutating func truncate(to count: Int) { bytes.removeLast(bytes.count - count) }

  /// git's own test: a NUL in the first 8,000 bytes.
  private func isBinary(_ content: [UInt8]) -> Bool { content.prefix(8000).contains(0) }

  private mutating func line(_ text: some Sequence<UInt8>) {
    bytes.append(contentsOf: text)
    bytes.append(UInt8(ascii: "\n"))
  }

  private func octal(_ mode: UInt32) -> String { String(mode, radix: 8) }

  /// A file that comes or goes: every line of it.
  private mutating func appendWhole(
    _ content: [UInt8], _ sign: UInt8, header: (String) -> String
  ) {
    let newline = UInt8(ascii: "\n")
    var lines = content.count { $0 == newline }
    if content.last != newline { lines += 1 }
    line(header(lines == 1 ? "" : ",\(lines)").utf8)
    bytes.reserveCapacity(bytes.count + content.count + lines)
    var start = 0
    while start < content.count {
      let end = content[start...].firstIndex(of: newline) ?? content.count
      bytes.append(sign)
      bytes.append(contentsOf: content[start..<end])
      bytes.append(newline)
      start = end + 1
    }
    if content.last != newline { line("\\ No newline at end of file".utf8) }
  }
}

/// What the callbacks of libgit2 add to.
private final class PatchSink {
  var bytes: [UInt8] = []
}

extension PatchWriter {
  private mutating func appendHunks(_ old: [UInt8], _ new: [UInt8]) throws {
    let sink = PatchSink()
    try withDiffOptions(GIT_DIFF_FORCE_TEXT.rawValue) { options in
      try LibGit2.check(
        git_diff_buffers(
          old, old.count, nil, new, new.count, nil, options, nil, nil,
          { _, hunk, payload in
            guard let hunk, let payload else { return -1 }
            let sink = Unmanaged<PatchSink>.fromOpaque(payload).takeUnretainedValue()
            withUnsafeBytes(of: &UnsafeMutablePointer(mutating: hunk).pointee.header) {
              sink.bytes.append(contentsOf: $0.prefix(hunk.pointee.header_len))
            }
            return 0
          },
          { _, _, line, payload in
            guard let line, let payload else { return -1 }
            let sink = Unmanaged<PatchSink>.fromOpaque(payload).takeUnretainedValue()
            let origin = UInt8(bitPattern: line.pointee.origin)
            if " +-".utf8.contains(origin) { sink.bytes.append(origin) }
            sink.bytes.append(
              contentsOf: UnsafeRawBufferPointer(
                start: line.pointee.content, count: line.pointee.content_len))
            return 0
          }, Unmanaged.passUnretained(sink).toOpaque()), "compare two contents")
    }
    bytes.append(contentsOf: sink.bytes)
  }

  private mutating func appendBinary(_ old: [UInt8], _ new: [UInt8]) throws {
    let sink = PatchSink()
    let flags = GIT_DIFF_FORCE_BINARY.rawValue | GIT_DIFF_SHOW_BINARY.rawValue
    try withDiffOptions(flags) { options in
      try LibGit2.check(
        git_diff_buffers(
          old, old.count, nil, new, new.count, nil, options, nil,
          { _, binary, payload in
            guard let binary, let payload else { return -1 }
            let sink = Unmanaged<PatchSink>.fromOpaque(payload).takeUnretainedValue()
            sink.bytes.append(contentsOf: "GIT binary patch\n".utf8)
            for side in [binary.pointee.new_file, binary.pointee.old_file] {
              let kind = side.type == GIT_DIFF_BINARY_DELTA ? "delta" : "literal"
              sink.bytes.append(contentsOf: "\(kind) \(side.inflatedlen)\n".utf8)
              let data = UnsafeRawBufferPointer(start: side.data, count: side.datalen)
              appendBase85(data, to: &sink.bytes)
              sink.bytes.append(UInt8(ascii: "\n"))
            }
            return 0
          }, nil, nil, Unmanaged.passUnretained(sink).toOpaque()), "compare two contents")
    }
    bytes.append(contentsOf: sink.bytes)
  }

  private func withDiffOptions(
    _ flags: UInt32, _ body: (UnsafePointer<git_diff_options>) throws -> Void
  ) throws {
    var options = git_diff_options()
    git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION))
    options.flags |= flags
    // The default of 512 MB would turn a larger file into a binary one without content.
    options.max_size = -1
    try body(&options)
  }

  /// A name as git writes it: in quotes when it holds a control byte, a quote or a backslash; and also when a space
  /// meets a slash, where `git apply` cannot read what `git diff` writes.
  private func quoted(_ prefix: String, _ path: [UInt8]) -> [UInt8] {
    let slash = UInt8(ascii: "/")
    let space = UInt8(ascii: " ")
    var special = path.first == space || path.last == space
    var last = slash
    for byte in path {
      if byte < 0x20 || byte == 0x7F || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
        || (byte == slash && last == space) || (byte == space && last == slash)
      {
        special = true
      }
      last = byte
    }
    guard special else { return prefix.utf8 + path }
    var text = Array("\"\(prefix)".utf8)
    for byte in path {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): text += [UInt8(ascii: "\\"), byte]
      case 0x09: text += "\\t".utf8
      case 0x0A: text += "\\n".utf8
      case 0x0D: text += "\\r".utf8
      case 0..<0x20, 0x7F:
        let digits = String(byte, radix: 8)
        let zeros = String(repeating: "0", count: 3 - digits.utf8.count)
        text += "\\\(zeros)\(digits)".utf8
      default: text.append(byte)
      }
    }
    return text + "\"".utf8
  }
}

private let base85Digits = Array(
  "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~".utf8)

/// Lines of up to 52 bytes, each led by its length (A to Z, a to z) and written in groups of five digits.
private func appendBase85(_ data: UnsafeRawBufferPointer, to text: inout [UInt8]) {
  text.reserveCapacity(text.count + data.count / 4 * 5 + data.count / 26 + 8)
  var start = 0
  while start < data.count {
    let count = min(52, data.count - start)
    text.append(UInt8(count <= 26 ? 64 + count : 96 + count - 26))
    for group in stride(from: start, to: start + count, by: 4) {
      var value: UInt32 = 0
      for place in group..<(group + 4) {
        value = value << 8 | (place < start + count ? UInt32(data[place]) : 0)
      }
      var digits: (UInt8, UInt8, UInt8, UInt8, UInt8) = (0, 0, 0, 0, 0)
      withUnsafeMutableBytes(of: &digits) {
        for place in (0..<5).reversed() {
          $0[place] = base85Digits[Int(value % 85)]
          value /= 85
        }
      }
      withUnsafeBytes(of: digits) { text.append(contentsOf: $0) }
    }
    text.append(UInt8(ascii: "\n"))
    start += count
  }
}
