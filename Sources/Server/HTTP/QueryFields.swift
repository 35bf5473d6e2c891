/// The names and values of a query (`a=1&b=2&a=3`), decoded, in their order.
package struct QueryFields: Sendable, Hashable {
  package private(set) var pairs: [(name: String, value: String)] = []

  package init() {}

  /// Reads what stands behind the `?` of a target; `+` is a space, as in forms.
  package init(parsing text: Substring) {
    guard !text.isEmpty else { return }
    for piece in text.split(separator: "&", omittingEmptySubsequences: true) {
      let parts = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      pairs.append(
        (
          PercentEncoding.decodedForm(parts[0]),
          parts.count > 1 ? PercentEncoding.decodedForm(parts[1]) : ""
        ))
    }
  }

  package var isEmpty: Bool { pairs.isEmpty }

  /// The first value of a name.
  package subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }

  /// All values of a name.
  package func all(_ name: String) -> [String] {
    pairs.filter { $0.name == name }.map(\.value)
  }

  package static func == (left: Self, right: Self) -> Bool {
    left.pairs.elementsEqual(right.pairs) { $0 == $1 }
  }

  package func hash(into hasher: inout Hasher) {
    for pair in pairs {
      hasher.combine(pair.name)
      hasher.combine(pair.value)
    }
  }
}
