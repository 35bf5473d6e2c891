/// A file that a commit holds.
package struct TreeFile: Sendable, Hashable {
  package enum Kind: Sendable { case file, program, link, submodule }

  /// From the top of the tree, with slashes; need not be UTF-8.
  package var path: [UInt8]
  package var kind: Kind
  let object: ObjectID

  /// The name of the content: equal names mean equal bytes.
  package var contentName: String { object.hex }
}

extension TreeFile.Kind {
  /// The kind that a mode stands for; nil for a folder. Old programs wrote odd modes of files.
  init?(_ mode: UInt32) {
    switch mode {
    case GitMode.folder: return nil
    case GitMode.link: self = .link
    case GitMode.program: self = .program
    case GitMode.submodule: self = .submodule
    default: self = .file
    }
  }

  /// The mode that git keeps for the kind.
  var mode: UInt32 {
    switch self {
    case .file: GitMode.file
    case .program: GitMode.program
    case .link: GitMode.link
    case .submodule: GitMode.submodule
    }
  }
}
