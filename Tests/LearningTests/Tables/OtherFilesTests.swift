import Learning
import Platform
import Support
import SystemPackage
import Testing

@Suite("Files that are no tables") struct OtherFilesTests {
  @Test(
    "are not read as text",
    arguments: [
      ("t.csv.zst", Array("a,b\n1,2\n".utf8), "its name says that zstd packed it"),
      ("t.csv.gz", Array("a,b\n1,2\n".utf8), "its name says that gzip packed it"),
      ("t.xlsx", [0x50, 0x4B, 3, 4, 1, 2], "a workbook of Excel, which is not read"),
      ("t.xls", [0xD0, 0xCF, 0x11, 0xE0, 0xA1], "a workbook of Excel, which is not read"),
      ("t.csv", [0x50, 0x4B, 3, 4, 1, 2], "a ZIP archive, and no table"),
    ])
  func refused(name: String, bytes: [UInt8], message: String) throws {
    let folder = try TemporaryFolder()
    let path = folder.path.appending(name)
    try FileSystem.write(bytes, to: path)
    let readers: [() throws -> Void] = [
      { _ = try TableFile.read(path) }, { _ = try TableStreams.open(path) },
    ]
    for read in readers {
      let failure = #expect(throws: Failure.self) { try read() }
      #expect(failure?.message.hasPrefix(message) == true, "\(failure?.message ?? "")")
      #expect(failure?.hint != nil && failure?.location?.file == path.string)
    }
  }

  @Test(
    "a cell that is not UTF-8 is told by its own place",
    arguments: [
      ("a,b\n1,caf#\n", 2, 3), ("a,b\n1,2\n#,2\n", 3, 1), ("a,b\n1,\"x#\"\n", 2, 4),
      ("a,b\n\n1,\"2\n3\"\n4,#\n", 5, 3),
    ])
  func notUTF8(text: String, line: Int, column: Int) throws {
    let folder = try TemporaryFolder()
    let path = folder.path.appending("t.csv")
    try FileSystem.write(text.utf8.map { $0 == 0x23 ? 0xE9 : $0 }, to: path)
    let failure = #expect(throws: Failure.self) { try TableFile.read(path) }
    #expect(failure?.location?.line == line && failure?.location?.column == column)
    #expect(failure?.message.contains("holds text that is not UTF-8") == true)
  }
}
