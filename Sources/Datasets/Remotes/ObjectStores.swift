import Glibc
import Platform

/// Opens remotes.
package enum ObjectStores {
  /// The store at an address.
  ///
  /// - Parameters:
  ///   - url: a folder (absolute), `s3://BUCKET/PREFIX`, `http(s)://…` or `ssh://…`; `remote://` is the caller's to resolve.
  ///   - settings: the keys of the remote's section in DVC's config.
  ///   - variables: the environment.
  /// - Throws: ``Failure`` when the address or a setting makes no sense, or credentials are missing. Nobody is asked
  ///   anything yet.
  package static func open(
    url: String, settings: [String: String], variables: [String: String]
  ) throws -> any ObjectStore {
    // A connection that the other side closes is told by an error, and not by our death.
    signal(SIGPIPE, SIG_IGN)
    switch try RemoteAddress(url) {
    case .folder(let folder): return FolderStore(folder)
    case .s3(let bucket, let prefix):
      return try S3Store(bucket: bucket, prefix: prefix, settings: settings, variables: variables)
    case .http(let base): return try HTTPStore(base, settings: settings)
    case .ssh(let address):
      return try SSHStore(address, settings: settings, variables: variables)
    }
  }
}
