/// What comparing an output of two runs came to.
package struct OutputVerdict: Sendable, Hashable {
  package enum Kind: String, Sendable, CaseIterable {
    /// The same bytes.
    case identical
    /// Other bytes, the same values: numbers within the tolerance, texts once times and places are left out.
    case equal
    case different
    /// Only the first run has it.
    case missing
    /// Only the second run has it.
    case new
  }

  /// As the project names it: a path, below the folder for members.
  package var name: String
  package var kind: Kind
  /// How it was compared: `bytes`, `json`, `png`, … ; `folder` for folders.
  package var reader: String
  /// For a person, in one line: the first difference, or in what those that are equal differ.
  package var detail: String?
  /// How many values, lines, pixels or members are not the same. 1 for bytes, which are not counted.
  package var differences: Int
  /// Of all numbers that were compared, those within the tolerance too; nil where none differ.
  package var largestAbsolute: Double?
  /// Relative to the first run's number; nil where none differ, and from 0.
  package var largestRelative: Double?
  /// Of folders and archives: those that are not identical, sorted by the bytes of their names.
  package var members: [OutputVerdict]
  /// How many members were compared.
  package var memberCount: Int

  package init(
    name: String, kind: Kind, reader: String, detail: String? = nil, differences: Int = 0,
    largestAbsolute: Double? = nil, largestRelative: Double? = nil, members: [OutputVerdict] = [],
    memberCount: Int = 0
  ) {
    self.name = name
    self.kind = kind
    self.reader = reader
    self.detail = detail
    self.differences = differences
    self.largestAbsolute = largestAbsolute
    self.largestRelative = largestRelative
    self.members = members
    self.memberCount = memberCount
  }
}

extension OutputVerdict.Kind {
  /// Whether a replay counts as the same.
  package var isSame: Bool { self == .identical || self == .equal }

  /// One word for several: what is missing or new makes the whole different. Nothing at all is identical.
  package static func combined(_ kinds: some Sequence<OutputVerdict.Kind>) -> OutputVerdict.Kind {
    var result = OutputVerdict.Kind.identical
    for kind in kinds {
      switch kind {
      case .identical: continue
      case .equal: result = .equal
      case .different, .missing, .new: return .different
      }
    }
    return result
  }
}

extension OutputVerdict {
  /// A folder's or an archive's, from those of its members.
  ///
  /// - Parameter members: all, identical ones too.
  init(name: String, reader: String, members: [OutputVerdict]) {
    let told = members.filter { $0.kind != .identical }
    let counted = told.filter { !$0.kind.isSame }
    self.init(
      name: name, kind: .combined(told.map(\.kind)), reader: reader,
      detail: (counted.first ?? told.first).map { first in
        let what =
          first.kind == .missing || first.kind == .new
          ? "is \(first.kind.rawValue)" : first.detail ?? "is \(first.kind.rawValue)"
        return OneLine.text("\(first.name): \(what)")
      }, differences: counted.count, largestAbsolute: told.compactMap(\.largestAbsolute).max(),
      largestRelative: told.compactMap(\.largestRelative).max(), members: told,
      memberCount: members.count)
  }
}
