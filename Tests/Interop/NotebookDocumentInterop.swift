import Formats
import Notebooks
import Platform
import Support
import SystemPackage
import Testing

/// Reading and writing notebooks, beside the real nbformat.
@Suite("Notebooks as nbformat writes them") struct NotebookDocumentInterop {
  @Test(
    "500 notebooks of the versions 3 and 4.0 to 4.6 come out byte for byte, and read back the same")
  func canonical() throws {
    let folder = try TemporaryFolder()
    let made = try #require(try Peer.run(NotebookDocumentPeer.script, in: folder).array)
    #expect(made.count == 500)
    for (number, cells) in made.enumerated() {
      var document = try NotebookDocument(reading: folder.path.appending("\(number).ipynb"))
      // What comes from version 3 may hold arrays that only version 4 joins.
      let again = try NotebookDocument(parsing: document.utf8())
      let third = try NotebookDocument(parsing: again.utf8())
      #expect(third == again, "\(number).ipynb does not read back the same")
      #expect(
        Set(document.cells.map(\.id)).count == document.cells.count, "\(number).ipynb: ids repeat")
      for cell in (cells.array ?? []).compactMap(\.int) { document.cells[Int(cell)].id = "MADE" }
      let expected = try FileSystem.read(folder.path.appending("\(number).want"))
      let written = document.utf8()
      guard written != expected else { continue }
      let place = zip(written, expected).prefix { $0 == $1 }.count
      let near = { (bytes: [UInt8]) in
        String(decoding: bytes.dropFirst(max(0, place - 80)).prefix(160), as: UTF8.self)
      }
      Issue.record("\(number).ipynb: ours \(near(written)), nbformat's \(near(expected))")
    }
  }
}
