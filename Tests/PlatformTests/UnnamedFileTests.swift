import Platform
import Support
import SystemPackage
import Testing

@Suite("Temporary files without a name") struct UnnamedFileTests {
  @Test("what was written is read again, and no name is left")
  func readsAgain() throws {
    let folder = try TemporaryFolder()
    let file = try UnnamedFile(in: folder.path)
    let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 * 31) }
    for piece in [bytes[..<7], bytes[7..<7], bytes[7..<60_000], bytes[60_000...]] {
      try piece.withUnsafeBytes { try file.append($0) }
    }
    #expect(file.size == bytes.count)
    var some = [UInt8](repeating: 0, count: 5000)
    try some.withUnsafeMutableBytes { try file.read(at: 58_000, into: $0) }
    #expect(some == Array(bytes[58_000..<63_000]))
    #expect(try FileSystem.names(in: folder.path).isEmpty)
  }

  @Test("a folder that is not there is named")
  func noFolder() {
    let failure = #expect(throws: Failure.self) { _ = try UnnamedFile(in: "/nowhere/at/all") }
    #expect(failure?.code == .notFound)
    #expect(
      failure?.message
        == "cannot create a temporary file in `/nowhere/at/all`: no such file or directory")
  }
}
