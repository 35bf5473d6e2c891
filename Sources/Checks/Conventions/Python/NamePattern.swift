/// A pattern of a dotted name: `*` stands for a part or a piece of one, `**` for any number of parts.
package struct NamePattern: Sendable, Hashable {
  private let parts: [[UInt8]]
  package let text: String
  /// The first and the last part, where they stand for themselves: most names are told apart by them.
  private let first: [UInt8]?
  private let last: [UInt8]?

  package init(_ text: String) {
    self.text = text
    parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Array($0.utf8) }
    func plain(_ part: [UInt8]?) -> [UInt8]? {
      part.flatMap { $0.contains(0x2A) || $0.contains(0x3F) ? nil : $0 }
    }
    first = plain(parts.first)
    last = plain(parts.last)
  }

  /// A first or a last part of dotted names.
  enum Part: Hashable {
    case first(String), last(String)
  }

  /// A part that every name has that matches; nil when the pattern has stars at both ends.
  var part: Part? {
    last.map { .last(String(decoding: $0, as: UTF8.self)) }
      ?? first.map { .first(String(decoding: $0, as: UTF8.self)) }
  }

  /// The first and the last part of a name; both are all of a name without a point.
  static func ends(of name: String) -> (first: String, last: String) {
    let point = UInt8(ascii: ".")
    guard let start = name.utf8.firstIndex(of: point), let end = name.utf8.lastIndex(of: point)
    else { return (name, name) }
    return (String(name[..<start]), String(name[name.utf8.index(after: end)...]))
  }

  package func matches(_ name: String) -> Bool {
    var name = name
    guard name.withUTF8({ mayMatch($0) }) else { return false }
    let names = name.split(separator: ".", omittingEmptySubsequences: false).map { Array($0.utf8) }
    return matches(parts[...], names[...])
  }

  /// Whether a name begins and ends as every one does that matches.
  private func mayMatch(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    func holds(_ part: [UInt8], at start: Int) -> Bool {
      start >= 0 && start + part.count <= name.count
        && part.indices.allSatisfy { part[$0] == name[start + $0] }
    }
    if let last, !holds(last, at: name.count - last.count) { return false }
    if let first, !holds(first, at: 0) { return false }
    return true
  }

  private func matches(_ parts: ArraySlice<[UInt8]>, _ names: ArraySlice<[UInt8]>) -> Bool {
    guard let part = parts.first else { return names.isEmpty }
    if part == [0x2A, 0x2A] {
      return names.indices.contains { matches(parts.dropFirst(), names[$0...]) }
        || matches(parts.dropFirst(), [])
    }
    guard let name = names.first, Self.matches(part[...], name[...]) else { return false }
    return matches(parts.dropFirst(), names.dropFirst())
  }

  /// `*` and `?` in one part; in time linear in the name for each star.
  private static func matches(_ pattern: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
    var place = pattern.startIndex
    var at = name.startIndex
    var star: (pattern: Int, name: Int)?
    while at < name.endIndex {
      if place < pattern.endIndex, pattern[place] == 0x2A {
        star = (place, at)
        place += 1
      } else if place < pattern.endIndex, pattern[place] == name[at] || pattern[place] == 0x3F {
        place += 1
        at += 1
      } else if let last = star {
        star = (last.pattern, last.name + 1)
        place = last.pattern + 1
        at = last.name + 1
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == 0x2A }
  }
}
