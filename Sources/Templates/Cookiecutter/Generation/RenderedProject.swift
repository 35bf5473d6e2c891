import SystemPackage

/// A project as a template gives it, before anything is written.
package struct RenderedProject: Sendable {
  /// One file, folder or link. Folders stand before what is in them.
  package struct Entry: Sendable {
    package enum Content: Sendable {
      /// A folder; one that is copied has the mode of its source and replaces what was there.
      case folder(mode: UInt32?, replaces: Bool)
      case bytes([UInt8])
      /// A file that is copied as it is.
      case copy(FilePath)
      /// A link that leads nowhere in the template.
      case link(FilePath)
    }

    /// Below the project's folder, with `/` between the steps.
    package var path: String
    package var content: Content
    /// The permission bits; of folders and links they are not used.
    package var mode: UInt32
    /// Where it stands in the template, below its project root.
    package var source: String

    package init(path: String, content: Content, mode: UInt32, source: String) {
      self.path = path
      self.content = content
      self.mode = mode
      self.source = source
    }
  }

  /// The project's folder below the output folder; more than one step when the name has slashes.
  package var name: String
  package var entries: [Entry]

  package init(name: String, entries: [Entry]) {
    self.name = name
    self.entries = entries
  }
}
