import Glibc

/// The person who runs the program.
package enum User {
  /// The name of the login: variables such as `$USER` can lie, the user database cannot. The number when it knows no name.
  package static func name() -> String {
    guard let entry = getpwuid(getuid()), let name = entry.pointee.pw_name else {
      return String(getuid())
    }
    return String(cString: name)
  }
}
