import Formats
import Platform
import Support
import SystemPackage
import Testing

@testable import Runner

@Suite("What a child displays") struct DisplayFileTests {
  @Test("bundles come when their lines are complete, each once; the last also without a line end")
  func pieces() throws {
    let folder = try TemporaryFolder()
    var file = DisplayFile(at: folder.path.appending("d.jsonl"))
    #expect(try file.next().isEmpty)
    try folder.write(#"{"data":{"text/plain":"a"}}"# + "\n" + #"{"data":{"#, to: "d.jsonl")
    #expect(try file.next().count == 1)
    #expect(try file.next().isEmpty)
    try folder.write(
      #"{"data":{"text/plain":"a"}}"# + "\n" + #"{"data":{"text/plain":["b","c"]}}"#, to: "d.jsonl")
    #expect(try file.next().isEmpty)
    let last = try file.next(isLast: true)
    #expect(last.map(\.data) == [[.init("text/plain", ["b", "c"])]])
    #expect(try file.next(isLast: true).isEmpty)
    #expect(file.problems.isEmpty)
  }

  @Test(
    "what is no bundle is told with its line, and those beside it are kept",
    arguments: [
      "no json", "[]", "{}", #"{"data":{}}"#, #"{"data":{"text/plain":1}}"#, #"{"data":[1]}"#,
    ])
  func broken(line: String) throws {
    let folder = try TemporaryFolder()
    let good = #"{"data":{"application/json":{"a":[1]}},"metadata":{"b":1}}"#
    try folder.write("\(good)\n\(line)\n\n\(good)\n", to: "d.jsonl")
    var file = DisplayFile(at: folder.path.appending("d.jsonl"))
    #expect(try file.next().count == 2)
    #expect(file.problems.map(\.location?.line) == [2])
  }
}
