import Git
import Platform

/// Two versions of a file whose common origin is not known: every place in which they differ is put to a person.
///
/// As git writes a file that two branches added: lines that both have stand once, others between markers without the part
/// for the base.
struct TwoWayMerge {
  let content: [UInt8]

  /// - Throws: ``Failure`` when a text is too large to be compared (1 GB).
  init(ours: [UInt8], theirs: [UInt8], labels: FileMerge.Labels) throws {
    let patch = try Patch.text(
      Array("file".utf8), from: .init(kind: .file, content: ours),
      to: .init(kind: .file, content: theirs))
    let ends = ProjectLineEnds.kind(of: ours) == .crlf ? "\r\n" : "\n"
    var writer = Writer(
      ours: Self.lines(ours), theirs: Self.lines(theirs), labels: labels, lineEnd: ends)
    writer.follow(patch)
    content = writer.content
  }

  private static func lines(_ content: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    for place in content.indices where content[place] == 0x0A {
      lines.append(content[start...place])
      start = place + 1
    }
    if start < content.count { lines.append(content[start...]) }
    return lines
  }
}

/// Walks a unified diff: only its structure counts, the lines are taken from the two versions.
private struct Writer {
  let ours: [ArraySlice<UInt8>]
  let theirs: [ArraySlice<UInt8>]
  let labels: FileMerge.Labels
  let lineEnd: String
  private(set) var content: [UInt8] = []
  private var place = (ours: 0, theirs: 0)
  private var open = (ours: 0, theirs: 0)

  init(
    ours: [ArraySlice<UInt8>], theirs: [ArraySlice<UInt8>], labels: FileMerge.Labels,
    lineEnd: String
  ) {
    self.ours = ours
    self.theirs = theirs
    self.labels = labels
    self.lineEnd = lineEnd
  }

  mutating func follow(_ patch: [UInt8]) {
    var isInside = false
    for line in patch.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if line.starts(with: "@@ -".utf8) {
        flush()
        isInside = true
        copy(upTo: Self.start(of: line))
      } else if isInside {
        switch line.first {
        case UInt8(ascii: " "):
          flush()
          copy(upTo: place.ours + 1)
        case UInt8(ascii: "-"): open.ours += 1
        case UInt8(ascii: "+"): open.theirs += 1
        default: break
        }
      }
    }
    flush()
    copy(upTo: ours.count)
  }

  /// The lines of ours in front of a hunk: `@@ -12,3 +14,2 @@`; a hunk without lines of ours names the line before it.
  private static func start(of header: ArraySlice<UInt8>) -> Int {
    let range = header.dropFirst(4).prefix { $0 != UInt8(ascii: " ") }
      .split(separator: UInt8(ascii: ","))
      .map { Int(String(decoding: $0, as: UTF8.self)) ?? 0 }
    let (line, count) = (range.first ?? 0, range.count > 1 ? range[1] : 1)
    return count == 0 ? line : max(0, line - 1)
  }

  private mutating func copy(upTo end: Int) {
    let end = min(end, ours.count)
    guard place.ours < end else { return }
    for line in ours[place.ours..<end] { content += line }
    place.theirs += end - place.ours
    place.ours = end
  }

  private mutating func flush() {
    guard open.ours > 0 || open.theirs > 0 else { return }
    marker("<<<<<<< " + labels.ours)
    for line in ours[place.ours...].prefix(open.ours) { content += line }
    marker("=======")
    for line in theirs[min(place.theirs, theirs.count)...].prefix(open.theirs) { content += line }
    marker(">>>>>>> " + labels.theirs)
    place.ours = min(place.ours + open.ours, ours.count)
    place.theirs += open.theirs
    open = (0, 0)
  }

  private mutating func marker(_ text: String) {
    if let last = content.last, last != 0x0A { content += lineEnd.utf8 }
    content += (text + lineEnd).utf8
  }
}
