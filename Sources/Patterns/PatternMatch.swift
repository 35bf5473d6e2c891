/// A place that a pattern matches, in bytes.
package struct PatternMatch: Sendable, Hashable {
  /// The whole match, then each group; nil for those that took no part.
  package let groups: [Range<Int>?]
  private let names: [String?]

  /// The whole match.
  package let range: Range<Int>

  init(slots: [Int], names: [String?]) {
    range = slots[0]..<slots[1]
    groups = stride(from: 0, to: slots.count, by: 2).map {
      slots[$0] >= 0 && slots[$0 + 1] >= 0 ? slots[$0]..<slots[$0 + 1] : nil
    }
    self.names = names
  }

  /// A group's range by its number.
  package subscript(_ group: Int) -> Range<Int>? {
    groups.indices.contains(group) ? groups[group] : nil
  }

  /// A group's range by its name.
  package subscript(_ name: String) -> Range<Int>? {
    names.firstIndex(of: name).flatMap { groups[$0] }
  }
}
