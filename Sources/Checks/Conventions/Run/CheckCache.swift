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
  private let known: [String: Entry]
  private let added = Mutex<[String: Entry]>([:])

  /// - Parameter key: stands for all that decides what is found in a file.
  package init(_ project: FilePath, key: String) {
    self.project = project
    path = project.pushing(".reprise/cache/check")
    head = "reprise-check-2 \(key)"
    known = Self.read(path, head)
  }

  private static func read(_ path: FilePath, _ head: String) -> [String: Entry] {
    guard let bytes = try? FileSystem.read(path, limit: 1 << 30) else { return [:] }
    let lines = bytes.split(separator: 0x0A)
    guard let first = lines.first, first.elementsEqual(head.utf8) else { return [:] }
    var known: [String: Entry] = [:]
    for line in lines.dropFirst() {
      guard line.count > 65, line[line.startIndex + 64] == 0x20 else { return [:] }
      let digest = String(decoding: line.prefix(64), as: UTF8.self)
      let rest = line.dropFirst(65)
      let name = rest.prefix { $0 != 0x09 }
      let path = String(decoding: name, as: UTF8.self)
      guard let findings = CachedFinding.findings(rest.dropFirst(name.count + 1), path: path)
      else { return [:] }
      known[path] = Entry(digest: digest, findings: findings)
    }
    return known
  }

  /// What was found in these bytes; nil when they were not looked at.
  func findings(_ path: String, _ digest: String) -> [Finding]? {
    guard let entry = known[path], entry.digest == digest else { return nil }
    added.withLock { $0[path] = entry }
    return entry.findings
  }

  func keep(_ path: String, _ digest: String, _ findings: [Finding]) {
    guard !path.utf8.contains(where: { $0 == 0x09 || $0 == 0x0A }) else { return }
    added.withLock { $0[path] = Entry(digest: digest, findings: findings) }
  }

  /// Writes what was looked at now, and what is known of other files; nothing when nothing is new.
  package func write() {
    let added = added.withLock { $0 }
    guard added.contains(where: { known[$0.key]?.digest != $0.value.digest }) else { return }
    let all = known.merging(added) { _, new in new }
    var text = Array((head + "\n").utf8)
    for (path, entry) in all.sorted(by: { $0.key < $1.key }) {
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
