import Formats
import Notebooks
import Platform
import Support
import SystemPackage
import Testing

/// What happens to a notebook before it runs, beside the real papermill.
@Suite("Notebooks as papermill prepares them") struct NotebookPapermillInterop {
  @Test("400 notebooks are prepared byte for byte, and their parameters listed in the same words")
  func prepared() throws {
    let folder = try TemporaryFolder()
    let cases = try #require(try Peer.run(NotebookPapermillPeer.script, in: folder).array)
    #expect(cases.count == 400)
    var (written, refused, stricter, helped) = (0, 0, 0, 0)
    for (number, peer) in cases.enumerated() {
      let path = folder.path.appending("\(number).ipynb")
      let ours = try? prepared(path, peer)
      if try contradicts(path, peer) {
        // papermill runs a notebook with values of types that its parameters cell rules out.
        stricter += 1
        #expect(ours == nil, "\(number): \(peer.text())")
      } else if peer["want"]?.bool == true {
        written += 1
        let expected = try folder.read("\(number).want")
        #expect(ours == expected, "\(number): \(peer.text())")
      } else {
        refused += 1
        #expect(ours == nil, "\(number): \(peer.text())")
      }
      let document = try NotebookDocument(reading: path)
      let help = try? ParameterHelp(of: document, at: path.string)
      if help != nil { helped += 1 }
      let said = help.map {
        JSONValue.array([.int(Int64($0.exitCode)), .string("usage\n" + $0.text)])
      }
      #expect(said ?? .null == peer["help"], "\(number)")
    }
    #expect(written > 200, "\(written)")
    #expect(refused > 20, "\(refused)")
    #expect(stricter > 5, "\(stricter)")
    #expect(helped > 200, "\(helped)")
  }

  /// Whether a value is of another type than the notebook declares.
  private func contradicts(_ path: FilePath, _ peer: JSONValue) throws -> Bool {
    let check = ParameterCheck(
      of: try parameters(peer), for: try NotebookDocument(reading: path), isStrict: false)
    return !check.failures.isEmpty
  }

  private func parameters(_ peer: JSONValue) throws -> NotebookParameters {
    var parameters = NotebookParameters()
    try parameters.merge(yaml: Array((peer["yaml"]?.string ?? "").utf8))
    return parameters
  }

  /// Our text, with the ids of the cells that we made blanked.
  private func prepared(_ path: FilePath, _ peer: JSONValue) throws -> String {
    var options = NotebookRunOptions()
    options.kernel = peer["kernel"]?.string
    options.language = peer["language"]?.string
    options.isReport = peer["report"]?.bool == true
    let parameters = try parameters(peer)
    let read = try NotebookDocument(reading: path)
    let output = path.removingLastComponent().appending("\(path.stem ?? "").out")
    let preparation = try NotebookPreparation(
      read, parameters: parameters, inputPath: path.string, outputPath: output.string,
      options: options)
    var document = preparation.request.document
    for index in document.cells.indices
    where document.cells[index].hasTag(NotebookDocument.injectedTag) && !parameters.isEmpty {
      // Ours keeps the id of the cell that it replaces.
      document.cells[index].id = "MADE"
      break
    }
    return String(decoding: document.utf8(), as: UTF8.self)
  }
}
