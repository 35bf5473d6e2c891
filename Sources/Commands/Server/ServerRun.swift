import Formats
import Platform
import Records
import Runner
import Server
import SystemPackage

/// Serves the records of a folder until the program is told to end.
struct ServerRun: Sendable {
  private let records: RecordsFolder
  private let address: HTTPListener.Address
  private let mlflowPages: FilePath?
  private let console: Console
  private let safety: SafetyOptions

  init(_ records: RecordsFolder, _ options: ServerOptions, console: Console) throws {
    guard (0...65_535).contains(options.port) else {
      throw Failure(.usage, "`\(options.port)` is no port", hint: "choose one from 0 to 65535")
    }
    self.records = records
    self.console = console
    mlflowPages = try options.mlflowPages.map { try FileSystem.absolute(FilePath($0)) }
    safety = options.safety
    address = HTTPListener.Address(host: options.host, port: options.port)
  }

  func perform() async throws {
    try records.create()
    let server = try TrackingServer(
      store: try RecordStore(in: records.path), on: address,
      safety: try safety.safety(in: records.path, host: address.host, console: console),
      mlflowPages: mlflowPages,
      logger: ServerLog.logger())
    Interruption.onNext { _ in Task { await server.stop() } }
    defer { Interruption.release() }
    let (console, host) = (console, address.host)
    try await server.run { port in
      let url = "http://\(host.contains(":") ? "[\(host)]" : host):\(port)"
      console.show(["url": .string(url)]) { "serving \(url)" }
    }
  }
}
