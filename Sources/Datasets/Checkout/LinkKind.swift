import Platform
import SystemPackage

/// How a file of the work tree gets its content from the cache (`cache.type`).
package enum LinkKind: String, Sendable, Hashable, CaseIterable {
  /// Shares blocks until one of the two is written to.
  case reflink
  /// The same file under a second name, which must not be written to.
  case hardlink
  /// A link to the object, which must not be written to.
  case symlink
  case copy

  /// Reads `reflink,copy`; nil when a word is none of these.
  package static func list(_ text: String) -> [LinkKind]? {
    let words = text.split(separator: ",").map { $0.filter { $0 != " " } }
    let kinds = words.compactMap { LinkKind(rawValue: String($0)) }
    return kinds.count == words.count && !kinds.isEmpty ? kinds : nil
  }
}

extension DataRepository {
  /// How files are to be made: as the command line says, else as `cache.type` does, else by copies that share blocks.
  package func linkKinds(override: String?) throws -> [LinkKind] {
    let setting = settings["cache", "type"]
    guard let text = override ?? setting?.value else { return [.reflink, .copy] }
    guard let kinds = LinkKind.list(text) else {
      throw Failure(
        .invalid, "`\(text)` is no kind of link",
        hint: "give any of reflink, hardlink, symlink, copy, with commas between",
        at: override == nil ? setting.map { SourceLocation(file: $0.file.string) } : nil)
    }
    return kinds
  }
}
