import Formats
import Platform
import Records
import SystemPackage
import Testing

@testable import Server

/// A run whose files a test writes as a runner does.
final class CellWorld {
  let world: PageWorld
  let run: Run

  /// - Parameter script: its source; nil for a run without one.
  init(_ script: String?, status: RunStatus = .running) throws {
    world = try PageWorld()
    run = try world.run("one", status: status)
    if let script {
      try world.write(script, to: "document/source/s.py", of: run)
      try event(#""kind":"status","status":"RUNNING","script":"s.py""#)
    }
  }

  var reader: Reader { Reader(of: run, in: world.store) }

  /// Adds to a file among the artifacts.
  func add(_ text: String, to name: String) throws {
    let path = FilePath(run.artifactURI).pushing(FilePath(name))
    try FileSystem.createDirectory(path.removingLastComponent())
    let file = try FileSystem.openForWriting(path, appending: true)
    defer { try? file.close() }
    try FileSystem.writeAll(file.rawValue, Array(text.utf8), to: path)
  }

  /// Writes an event: the members behind the time.
  func event(_ members: String) throws {
    try add("{\"ms\":5,\(members)}\n", to: "document/events.jsonl")
  }

  func cell(_ number: Int) throws { try event(#""kind":"cell","cell":\#(number)"#) }

  func show(_ data: JSONValue) throws {
    try event(#""kind":"display","data":\#(data.text()),"metadata":{}"#)
  }

  /// Puts text out, told of or not.
  func say(_ text: String, _ stream: String = "stdout", isTold: Bool = true) throws {
    try add(text, to: "logs/\(stream).txt")
    if isTold { try event(#""kind":"stream","name":"\#(stream)","bytes":\#(text.utf8.count)"#) }
  }
}

extension Reader {
  /// The cells that are told of: what stands in each, part by part, as the page's script gets it.
  mutating func cells() async throws -> [JSONValue] {
    let text = try #require(try await next())
    return try text.components(separatedBy: "\n\n").filter { $0.hasPrefix("event: cell\n") }.map {
      let data = try #require($0.split(separator: "\n").first { $0.hasPrefix("data: ") })
      return try JSONValue(parsing: String(data.dropFirst(6)))
    }
  }
}

extension JSONValue {
  /// Of a cell that was told of: `cell-2 running: 0=<pre…`.
  var story: String {
    let parts = (self["parts"]?.array ?? []).map { part in
      "\(part.array?[0].int ?? -1)=\(part.array?[1].string ?? "")"
    }
    return "\(self["cell"]?.string ?? "") \(self["state"]?.string ?? ""): "
      + parts.joined(separator: " ")
  }
}

extension String {
  /// The pieces between separators.
  func components(separatedBy separator: String) -> [String] {
    split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }
}
