import Glibc
import Platform
import Projects
import Synchronization
import SystemPackage

/// Findings of earlier checks: nothing that did not change is looked at twice.
///
/// One file, `.reprise/cache/check`, written whole: a line for each file of the project with the digest of its bytes, and its
/// findings. What it was made with (rules, settings, program) stands in the first line; another one begins it
/// anew. A damaged cache is an empty one.
package final class CheckCache: Sendable {
  private struct Entry: Sendable {
    var digest: String
    var findings: [Finding]
  }

  private let project: FilePath
  private let path: FilePath
  private let head: String
  private let bytes: [UInt8]
  /// The line of each file in `bytes`. Its findings are read when they are asked for: a hook asks for those of a few files.
  private let lines: [String: Range<Int>]
  private let added = Mutex<[String: Entry]>([:])
  /// A file with more is looked at each time, rather than read each time by those who do not ask for it.
  private static let mostFindings = 20_000

  /// - Parameter key: stands for all that decides what is found in a file.
  package init(_ project: FilePath, key: String) {
    self.project = project
    path = project.pushing(".reprise/cache/check")
    head = "reprise-check-2 \(key)"
    let bytes = (try? FileSystem.read(path, limit: 1 << 30)) ?? []
    self.bytes = bytes
    lines = Self.lines(of: bytes, head)
  }

  private static func lines(of bytes: [UInt8], _ head: String) -> [String: Range<Int>] {
    let start = head.utf8.count + 1
    guard bytes.starts(with: head.utf8), bytes.count >= start, bytes[start - 1] == 0x0A else {
      return [:]
    }
    var lines: [String: Range<Int>] = [:]
    return bytes.withUnsafeBufferPointer { text in
      guard let base = text.baseAddress else { return [:] }
      func next(_ byte: Int32, from place: Int) -> Int? {
        memchr(base + place, byte, text.count - place).map {
          UnsafeRawPointer($0) - UnsafeRawPointer(base)
        }
      }
      var place = start
      while place < text.count {
        guard let end = next(0x0A, from: place), let tab = next(0x09, from: place),
          tab < end, tab - place > 65, text[place + 64] == 0x20
        else { return [:] }
        let path = String(
          decoding: UnsafeBufferPointer(rebasing: text[(place + 65)..<tab]), as: UTF8.self)
        lines[path] = place..<end
        place = end + 1
      }
      return lines
    }
  }

  /// What was found in these bytes; nil when they were not looked at.
  func findings(_ path: String, _ digest: String) -> [Finding]? {
    guard let line = lines[path], bytes[line].prefix(64).elementsEqual(digest.utf8) else {
      return nil
    }
    return CachedFinding.findings(bytes[line].dropFirst(66 + path.utf8.count), path: path)
  }

  func keep(_ path: String, _ digest: String, _ findings: [Finding]) {
    guard !path.utf8.contains(where: { $0 == 0x09 || $0 == 0x0A }),
      findings.count <= Self.mostFindings
    else { return }
    added.withLock { $0[path] = Entry(digest: digest, findings: findings) }
  }

  /// Writes what was looked at now, and what is known of other files; nothing when nothing is new.
  package func write() {
    let added = added.withLock { $0 }
    guard !added.isEmpty else { return }
    var text = Array((head + "\n").utf8)
    text.reserveCapacity(bytes.count + bytes.count / 8)
    for path in Set(lines.keys).union(added.keys).sorted() {
      guard let entry = added[path] else {
        if let line = lines[path] {
          text += bytes[line]
          text.append(0x0A)
        }
        continue
      }
      let start = text.count
      text += "\(entry.digest) \(path)".utf8
      text.append(0x09)
      if CachedFinding.append(entry.findings, to: &text) {
        text.append(0x0A)
      } else {
        text.removeSubrange(start...)
      }
    }
    // A cache that cannot be written costs time only.
    try? StateFolder.create(in: project)
    try? FileSystem.createDirectory(path.removingLastComponent())
    try? FileSystem.write(text, to: path, durable: false)
  }
}
