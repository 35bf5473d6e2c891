import Platform

/// A line that a person types, edited with the keys of a terminal.
struct LineEditor {
  private(set) var characters: [Character] = []
  private(set) var cursor = 0

  var text: String { String(characters) }

  /// How many cells stand in front of the cursor.
  var cursorCells: Int { textWidth(String(characters[..<cursor])) }

  mutating func take(_ key: RawTerminal.Key) {
    switch key {
    case .text(let character):
      characters.insert(character, at: cursor)
      cursor += 1
    case .backspace where cursor > 0:
      cursor -= 1
      characters.remove(at: cursor)
    case .delete where cursor < characters.count: characters.remove(at: cursor)
    case .left: cursor = max(0, cursor - 1)
    case .right: cursor = min(characters.count, cursor + 1)
    case .home: cursor = 0
    case .end: cursor = characters.count
    case .clear:
      characters = []
      cursor = 0
    default: break
    }
  }
}
