import Formats
import Platform
import Records
import SystemPackage

/// Sends the artifacts of a run to where a server keeps them: through the server, or into a folder of this machine.
struct RemoteArtifacts {
  let client: TrackingClient
  /// Where the run's artifacts are, as the server says.
  let uri: String

  private enum Place {
    /// Below this address, by PUT.
    case address(String)
    case folder(FilePath)
  }

  /// Sends all files of a folder, in the order of their names.
  func send(_ folder: FilePath, _ progress: (_ sent: Int) -> Void) throws {
    guard FileSystem.isDirectory(folder) else { return }
    let place = try place()
    if case .folder(let target) = place {
      for name in try FileSystem.components(in: folder) {
        try FileSystem.copyTree(folder.appending(name), to: target.appending(name))
      }
      return
    }
    guard case .address(let address) = place else { return }
    var sent = 0
    try send(folder, to: address) {
      sent += 1
      progress(sent)
    }
  }

  private func send(_ folder: FilePath, to address: String, _ sent: () -> Void) throws {
    for name in try FileSystem.components(in: folder) {
      let path = folder.appending(name)
      let target = "\(address)/\(URLText.escaped(name.string))"
      guard let status = try FileSystem.status(path) else { continue }
      switch status.kind {
      case .directory: try send(path, to: target, sent)
      case .file:
        try client.put(path, size: status.size, to: target)
        sent()
      default: break
      }
    }
  }

  private func place() throws -> Place {
    let proxy = "/api/2.0/mlflow-artifacts/artifacts"
    let scheme = uri.prefix { $0 != ":" }.lowercased()
    let rest = uri.dropFirst(scheme.count + 1)
    switch scheme {
    case "mlflow-artifacts":
      // With a host it is another server's; without one that of the run.
      guard rest.hasPrefix("//") else {
        return .address(client.address + proxy + "/" + escaped(rest))
      }
      let host = rest.dropFirst(2).prefix { $0 != "/" }
      let path = rest.dropFirst(2 + host.count)
      let base = host.isEmpty ? client.address : client.address.prefix { $0 != ":" } + "://" + host
      return .address(base + proxy + "/" + escaped(path))
    case "http", "https": return .address(uri)
    case "file": return .folder(FilePath(String(rest.drop { $0 == "/" }).withSlash))
    default:
      if uri.hasPrefix("/") { return .folder(FilePath(uri)) }
      throw Failure(
        .unsupported, "the artifacts of the run belong to `\(uri)`, which reprise cannot write",
        hint: "start the server with `--serve-artifacts --artifacts-destination \(uri)`")
    }
  }

  private func escaped(_ path: Substring) -> String {
    URLText.escaped(String(path.drop { $0 == "/" }), keeping: "/")
  }
}

extension String {
  fileprivate var withSlash: String { "/" + self }
}
