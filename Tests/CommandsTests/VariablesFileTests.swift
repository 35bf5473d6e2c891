import Platform
import Support
import SystemPackage
import Testing

@testable import Commands

@Suite("Files of variables") struct VariablesFileTests {
  @Test("what the environment has already stays") func environment() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("A=file\nB=${A}-${HOME}\nC=1\n", to: "variables")
    #expect(
      try VariablesFile.read(file, in: ["A": "mine", "HOME": "/h"]) == ["B": "mine-/h", "C": "1"])
  }

  @Test("a line that is none is told with its place") func refused() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("A=1\n\n  nonsense\n", to: "variables")
    let failure = try #require(throws: Failure.self) { try VariablesFile.read(file, in: [:]) }
    #expect(failure.code == .parse)
    #expect(failure.message == "a line that is not `NAME=value`")
    #expect(failure.location == SourceLocation(file: file.string, line: 3, column: 3))
  }

  @Test("a file that is not there, or no text, is a failure") func unreadable() throws {
    let folder = try TemporaryFolder()
    let missing = try #require(throws: Failure.self) {
      try VariablesFile.read(folder.path.appending("missing"), in: [:])
    }
    #expect(missing.code == .notFound)
    let file = folder.path.appending("bytes")
    try FileSystem.write([0x41, 0x3D, 0xFF], to: file)
    let damaged = try #require(throws: Failure.self) { try VariablesFile.read(file, in: [:]) }
    #expect(damaged.code == .parse)
  }
}
