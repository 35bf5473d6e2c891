import Glibc
import Server
import Support
import Testing

@Suite("A server that is told to stop") struct StopTests {
  @Test("a client that never reads what it asked for does not keep it")
  func stalled() async throws {
    let server = try await RawServer { $0.limits.stopSeconds = 1 }
    let path = "/api/2.0/mlflow-artifacts/artifacts/0/large"
    let large = [UInt8](repeating: 7, count: 24 << 20)
    let head = "PUT \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\n"
    let put = await server.send(
      [Array((head + "Connection: close\r\nContent-Length: \(large.count)\r\n\r\n").utf8), large],
      patience: 120)
    #expect(put.status == 200)
    let descriptor = try server.connect(
      sending: "GET \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\n\r\n")
    defer { close(descriptor) }
    // The first bytes of the answer are here: it is being sent, and stands.
    var byte: UInt8 = 0
    #expect(recv(descriptor, &byte, 1, Int32(MSG_PEEK)) == 1)
    try await server.stop()
  }
}
