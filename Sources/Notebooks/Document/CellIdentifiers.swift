import Platform

/// Hands out ids for cells: eight hexadecimal digits that depend on nothing but what the cell is and where it stands, so
/// that the same notebook gets the same ids again.
package struct CellIdentifiers {
  private var taken: Set<String>

  /// - Parameter taken: the ids that the notebook has already.
  package init(taken: some Sequence<String> = []) { self.taken = Set(taken) }

  /// Keeps an id that a cell has, or says that an earlier cell has it.
  mutating func keep(_ id: String) -> Bool { taken.insert(id).inserted }

  /// A new id for the cell at a place.
  package mutating func next(kind: String, index: Int, source: String) -> String {
    var round = 0
    while true {
      let text = "reprise cell\u{0}\(kind)\u{0}\(index)\u{0}\(round)\u{0}\(source)"
      let id = hexadecimal(SHA256.digest(of: text.utf8).bytes.prefix(4))
      if taken.insert(id).inserted { return id }
      round += 1
    }
  }
}
