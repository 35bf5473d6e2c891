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

  /// The name of the user who runs the program: `$USER`-like variables can lie, the database cannot.
  package static func userName() -> String {
    guard let entry = getpwuid(getuid()), let name = entry.pointee.pw_name else {
      return String(getuid())
    }
    return String(cString: name)
  }

  /// The name of this machine.
  package static func hostName() -> String {
    var bytes = [CChar](repeating: 0, count: 256)
    gethostname(&bytes, 255)
    return String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// All variables of this process. A variable that is not UTF-8 is repaired.
  package static func variables() -> [String: String] {
    var result: [String: String] = [:]
    var pointer: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> = environ
    while let entry = pointer.pointee {
      let text = String(cString: entry)
      if let equals = text.firstIndex(of: "=") {
        result[String(text[..<equals])] = String(text[text.index(after: equals)...])
      }
      pointer = pointer.successor()
    }
    return result
  }
}
