import Formats
import Platform
import Records
import Support
import SystemPackage
import Testing

/// A server with users behind nginx as docs/deploy/nginx.conf has it, from MLflow's client to the disk and back.
@Suite("Behind nginx, with TLS", .serialized) struct ProxyInterop {
  private static let megabytes = 300

  @Test(
    "a large artifact streams through, addresses are the clients', and nothing is served in the clear"
  )
  func tour() async throws {
    let port = try ProxyProcess.freePort()
    let server = try TrackingProcess.ours(
      withUsers: ["--allowed-host", "localhost:\(port)", "--behind-proxy"])
    let idle = try server.mostMemory()
    let proxy = try await ProxyProcess(before: server.address, port: port)
    let script = TrackingProcess.scripts.appending("proxy_tour.py").string
    let result = try await Program.run(
      try Peer.python,
      [
        "-W", "ignore", script, "localhost", "\(port)", proxy.certificate.string,
        "\(Self.megabytes)",
      ], in: proxy.folder.path)
    try #require(
      result.status == 0,
      "\(result.error.suffix(4000)) \((try? proxy.folder.read("error.log")) ?? "")")
    let told = try JSONValue(parsing: result.output)
    let size = Int64(Self.megabytes) << 20
    #expect(told["same"] == true)
    #expect(told["size"]?.int == size)
    #expect(told["listed"] == [["large.bin", .int(size)]])
    #expect(told["version"] == 200)
    #expect(told["strict transport"] == "max-age=31536000")
    #expect(told["wrong password"] == 401)
    #expect(told["other host"] == 403)
    #expect(told["own page"] == 200)
    #expect(told["other page"] == 403)
    // nginx refuses what comes without TLS, and hands nothing of it on.
    #expect(told["plain"] == 400)
    let audit = try AccessStore(in: server.records).audit(newest: 100)
    let failed = audit.filter { $0.action == "sign-in" }
    #expect(failed.map { [$0.user, $0.address] } == [["mallory", "127.0.0.2"]])
    #expect(audit.allSatisfy { $0.user != "plain" })
    // What a build for debugging weighs is not the question, but that a file's size does not matter. Most of it is the
    // digest of the first sign-in.
    let most = try server.mostMemory() - idle
    #expect(most < 60 << 20, "\(most >> 20) MB over \(idle >> 20)")
    #expect(proxy.stop() == 0, "nginx ends when it is told to")
    #expect(server.stop() == 0, "the server ends when it is told to")
  }
}
