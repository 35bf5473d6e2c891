import CGit2
import Glibc
import Platform
import SystemPackage

/// Values of git's configuration (system, global, repository), read once per repository.
final class RepositorySettings {
  let snapshot: OpaquePointer?

  init(_ repository: Repository) {
    var snapshot: OpaquePointer?
    guard git_repository_config_snapshot(&snapshot, repository.handle) == 0 else {
      self.snapshot = nil
      return
    }
    self.snapshot = snapshot
  }

  deinit { git_config_free(snapshot) }

  /// A text value; nil when it is not set.
  func string(_ name: String) -> String? {
    var value: UnsafePointer<CChar>?
    guard let snapshot, git_config_get_string(&value, snapshot, name) == 0, let value else {
      return nil
    }
    return String(cString: value)
  }

  /// A truth value as git reads one (`yes`, `on`, `true`, `1`); nil when it is not set or is none.
  func bool(_ name: String) -> Bool? {
    var value: Int32 = 0
    guard let snapshot, git_config_get_bool(&value, snapshot, name) == 0 else { return nil }
    return value != 0
  }

  /// A path value, `~` expanded; nil when it is not set.
  func path(_ name: String) -> FilePath? {
    var buffer = git_buf()
    guard let snapshot, git_config_get_path(&buffer, snapshot, name) == 0 else { return nil }
    defer { git_buf_dispose(&buffer) }
    return buffer.ptr.map { FilePath(platformString: $0) }
  }
}
