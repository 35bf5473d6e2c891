/// A key that is taken out of notebooks: `metadata.widgets`, `cell.metadata.scrolled`.
package struct MetadataKey: Sendable, Hashable {
  package enum Owner: String, Sendable { case metadata, cell }

  package let owner: Owner
  /// Below the owner, with dots between levels; a key with dots of its own is found too.
  package let path: String

  /// Nil for what begins neither with `cell.` nor with `metadata.`.
  package init?(_ text: String) {
    guard let dot = text.firstIndex(of: "."), let owner = Owner(rawValue: String(text[..<dot]))
    else { return nil }
    self.owner = owner
    path = String(text[text.index(after: dot)...])
  }

  package var text: String { "\(owner.rawValue).\(path)" }

  /// Notes of programs about themselves, which change with every look at the notebook (those of nbstripout).
  package static let noise = [
    "metadata.signature", "metadata.widgets", "cell.metadata.collapsed",
    "cell.metadata.ExecuteTime",
    "cell.metadata.execution", "cell.metadata.heading_collapsed", "cell.metadata.hidden",
    "cell.metadata.scrolled",
  ]
}
