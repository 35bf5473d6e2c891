import Platform
import Support
import SystemPackage
import Testing

@testable import Projects

@Suite("Places of tables") struct TablePlaceTests {
  @Test(
    "the longest name that is a file comes first",
    arguments: [
      ("a.db#t", ["a.db"], "a.db", "t"), ("a.db#t", ["a.db", "a.db#t"], "a.db#t", nil),
      ("a.db#x#y", ["a.db"], "a.db", "x#y"), ("a.db#x#y", ["a.db", "a.db#x"], "a.db#x", "y"),
      ("a.db", ["a.db"], "a.db", nil), ("a.db#t", [], "a.db#t", nil), ("#t", [""], "#t", nil),
      ("a.db#", ["a.db"], "a.db", ""),
    ] as [(String, [String], String, String?)])
  func splits(path: String, files: [String], file: String, table: String?) {
    let folder = FilePath("/data#1")
    let place = TablePlace(folder.appending(path)) { files.map(folder.appending).contains($0) }
    #expect(place.file == folder.appending(file))
    #expect(place.table == table)
    #expect(place.path == folder.appending(path))
  }

  @Test("a path parameter may name a table of a file that is there") func parameters() throws {
    let folder = try TemporaryFolder()
    try FileSystem.write("", to: folder.path.appending("store.sqlite"))
    #expect(TablePlace(folder.path.appending("store.sqlite#t")).table == "t")
    #expect(TablePlace(folder.path.appending("other.sqlite#t")).table == nil)
  }
}
