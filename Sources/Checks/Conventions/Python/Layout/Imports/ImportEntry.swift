/// The comments of an import, or of a name in one.
struct ImportComments {
  /// On lines above it.
  var atop: [[UInt8]] = []
  /// Behind it in its line.
  var inline: [[UInt8]] = []
  /// Below it, before the bracket closes; of an import behind the bracket.
  var trailing: [[UInt8]] = []

  var isEmpty: Bool { atop.isEmpty && inline.isEmpty && trailing.isEmpty }
}

/// An imported module or name, and what it is called here.
struct ImportedName: Hashable {
  var name: [UInt8]
  var asName: [UInt8]?
}

/// An import as it is written at last: what several statements import from one module is one.
struct ImportEntry {
  struct Member {
    var name: ImportedName
    var comments = ImportComments()
  }

  var isFrom: Bool
  /// Of a `from` import the module without dots; nil when there are only dots.
  var module: ImportedName?
  var level = 0
  var comments = ImportComments()
  var members: [Member] = []
  /// Somebody wants one name a line.
  var hasTrailingComma = false

  mutating func add(_ name: ImportedName, _ comments: ImportComments) {
    let place =
      members.firstIndex { $0.name == name }
      ?? {
        members.append(Member(name: name))
        return members.count - 1
      }()
    members[place].comments.atop += comments.atop
    members[place].comments.inline += comments.inline
    members[place].comments.trailing += comments.trailing
  }

  /// The dots and the name behind `from`.
  var source: [UInt8] { Array(repeating: UInt8(ascii: "."), count: level) + (module?.name ?? []) }
}
