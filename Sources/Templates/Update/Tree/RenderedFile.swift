import Git
import Platform

/// What stands at one path of a rendering or a project: a file's bytes, or where a link leads.
package struct RenderedFile: Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable {
    case file
    /// A file that may be run.
    case program
    case link
  }

  package var kind: Kind
  /// The bytes of the file; where it leads, for a link.
  package var content: [UInt8]

  package init(_ content: [UInt8], kind: Kind = .file) {
    self.kind = kind
    self.content = content
  }

  /// A file of text.
  package init(_ text: String, kind: Kind = .file) { self.init(Array(text.utf8), kind: kind) }

  /// What is recorded of the file: enough to know it again.
  package var print: FilePrint { FilePrint(kind: kind, digest: SHA256.digest(of: content).hex) }

  /// Whether a merge by lines makes no sense.
  var isOpaque: Bool { kind == .link || FileMerge.isBinary(content) }

  /// The file as the index of git and a patch have it.
  package var side: IndexConflict.Side {
    let kind: IndexConflict.Side.Kind =
      switch kind {
      case .file: .file
      case .program: .program
      case .link: .link
      }
    return IndexConflict.Side(kind: kind, content: content)
  }
}

/// Enough of a file to know it again: its kind and the SHA-256 of its content.
package struct FilePrint: Sendable, Hashable {
  package var kind: RenderedFile.Kind
  /// 64 hexadecimal digits.
  package var digest: String

  package init(kind: RenderedFile.Kind, digest: String) {
    self.kind = kind
    self.digest = digest
  }
}
