import Git
import Platform
import SystemPackage

/// A template that lies on the disk, ready to be read.
package struct TemplateSource: Sendable {
  /// Where it came from.
  package enum Origin: Sendable, Hashable {
    case folder
    /// A layout that comes with the program, by its name.
    case own
    case zip
    /// A repository somewhere; the commit is that of the clone.
    case repository(url: String, commit: String?)
    case remoteZip(url: String, digest: String)

    /// Whether somebody else decides what is in it.
    package var isRemote: Bool {
      switch self {
      case .folder, .own, .zip: false
      case .repository, .remoteZip: true
      }
    }
  }

  /// The folder with `cookiecutter.json` as cookiecutter names it: relative when it was given so.
  package var folderText: String
  /// The same, absolute.
  package var folder: FilePath
  /// What links in the template may not lead out of; nil for a folder of the user's own.
  package var boundary: FilePath?
  package var origin: Origin
  /// The address with abbreviations written out; what an update fetches again.
  package var address: String
  /// Where the template lies below that address; nil at its top.
  package var directory: String?
  /// Goes when nobody needs the template any more.
  let temporary: RemovedFolder?
}

/// A folder that is removed when nobody holds it any more.
final class RemovedFolder: Sendable {
  let path: FilePath

  init(prefix: String) throws { path = try TemporaryDirectory(prefix: prefix).keep() }

  deinit { try? FileSystem.removeTree(path) }
}

/// The user does not want what would have to be done; nothing is wrong.
package struct Declined: Error, Sendable {}
