import Formats
import Platform
import Support
import SystemPackage
import Testing

@testable import Runner

@Suite("The output of a run") struct OutputLogTests {
  private func events(_ folder: borrowing TemporaryFolder) -> EventLog {
    EventLog(in: DocumentFolder(at: folder.path.appending("document")), since: Clock.milliseconds())
  }

  @Test("streams are kept byte for byte, and the events tell their order")
  func keeps() throws {
    let folder = try TemporaryFolder()
    let logs = folder.path.appending("logs")
    var log = OutputLog(in: logs, events: events(folder))
    let parts: [(ChildStream, [UInt8])] = [
      (.output, Array("one\n".utf8)), (.error, [0xFF, 0x00, 0x0A]), (.output, Array("two".utf8)),
      (.output, Array("three".utf8)),
    ]
    for (stream, bytes) in parts {
      bytes.withUnsafeBytes { log.receive($0, from: stream) }
    }
    log.finish()
    #expect(log.failure == nil)
    #expect(try FileSystem.readText(logs.appending("stdout.txt")) == "one\ntwothree")
    #expect(try FileSystem.read(logs.appending("stderr.txt")) == [0xFF, 0x00, 0x0A])
    let path = folder.path.appending("document/events.jsonl")
    let events = try FileSystem.readText(path).split(separator: "\n").map {
      try JSONValue(parsing: String($0))
    }
    #expect(events.map { $0["kind"]?.string } == ["stream", "stream", "stream"])
    #expect(events.map { $0["name"]?.string } == ["stdout", "stderr", "stdout"])
    #expect(events.map { $0["bytes"]?.int } == [4, 3, 8])
  }

  @Test("a run that says nothing leaves no files")
  func silent() throws {
    let folder = try TemporaryFolder()
    var log = OutputLog(in: folder.path.appending("logs"), events: events(folder))
    log.finish()
    #expect(try FileSystem.names(in: folder.path).isEmpty)
  }

  @Test("a log that cannot be written is one failure, told in the end")
  func unwritable() throws {
    let folder = try TemporaryFolder()
    try folder.write("a file in the way", to: "logs")
    var log = OutputLog(in: folder.path.appending("logs"), events: events(folder))
    for _ in 0..<3 { Array("text".utf8).withUnsafeBytes { log.receive($0, from: .output) } }
    log.finish()
    #expect(log.failure?.code == .conflict)
  }
}
