import Glibc
import SystemPackage

/// Where the program keeps what belongs to a user and not to a project (XDG Base Directory Specification).
package enum UserFolders {
  /// `$XDG_CACHE_HOME/reprise`, by default `~/.cache/reprise`.
  package static func cache(_ variables: [String: String]) -> FilePath {
    if let base = variables["XDG_CACHE_HOME"], base.hasPrefix("/") {
      return FilePath(base).appending("reprise")
    }
    return home(variables).appending(".cache/reprise")
  }

  /// `$HOME`, else what the user database says.
  package static func home(_ variables: [String: String]) -> FilePath {
    if let home = variables["HOME"], !home.isEmpty { return FilePath(home) }
    guard let entry = getpwuid(getuid()), let home = entry.pointee.pw_dir else { return "/" }
    return FilePath(platformString: home)
  }
}
