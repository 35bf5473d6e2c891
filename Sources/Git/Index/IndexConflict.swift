/// A path whose merge a person has to finish: what the index keeps in its stages 1, 2 and 3.
package struct IndexConflict: Sendable, Hashable {
  /// One version of the file.
  package struct Side: Sendable, Hashable {
    package enum Kind: Sendable { case file, program, link }

    package var kind: Kind
    /// The bytes of the file, or where a link leads.
    package var content: [UInt8]

    package init(kind: Kind, content: [UInt8]) {
      self.kind = kind
      self.content = content
    }

    var mode: UInt32 {
      switch kind {
      case .file: GitMode.file
      case .program: GitMode.program
      case .link: GitMode.link
      }
    }
  }

  /// From the top of the work tree, with slashes.
  package var path: [UInt8]
  /// Stage 1: the common origin; nil when there is none.
  package var base: Side?
  /// Stage 2: what is there; nil when it was deleted.
  package var ours: Side?
  /// Stage 3: what comes in; nil when it was deleted.
  package var theirs: Side?

  package init(path: [UInt8], base: Side?, ours: Side?, theirs: Side?) {
    self.path = path
    self.base = base
    self.ours = ours
    self.theirs = theirs
  }
}
