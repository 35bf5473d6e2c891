import Notebooks
import Platform
import Support
import Testing

@Suite("Stripping notebooks") struct StrippedNotebookTests {
  private func stripped(
    _ text: String, _ change: (inout StripOptions) -> Void = { _ in }
  ) throws -> (text: String, isChanged: Bool) {
    var options = StripOptions()
    change(&options)
    let result = try StrippedNotebook(Array(text.utf8), options)
    return (String(decoding: result.bytes, as: UTF8.self), result.isChanged)
  }

  private func notebook(_ cells: String, metadata: String = "{}", minor: Int = 4) -> String {
    #"{"cells": [\#(cells)], "metadata": \#(metadata), "nbformat": 4, "nbformat_minor": \#(minor)}"#
  }

  private func code(_ rest: String, source: String = "1") -> String {
    #"{"cell_type": "code", \#(rest), "source": ["\#(source)"]}"#
  }

  private let stream = #"{"output_type": "stream", "name": "stdout", "text": "hello"}"#

  @Test("only the bytes that go are touched") func bytes() throws {
    let text = notebook(code(#""execution_count":  7, "metadata": { }, "outputs": [ \#(stream) ]"#))
    let wanted = notebook(code(#""execution_count":  null, "metadata": { }, "outputs": []"#))
    let result = try stripped(text)
    #expect(result.text == wanted)
    #expect(result.isChanged)
    #expect(try stripped(wanted).isChanged == false)
  }

  @Test("ids become numbers, and are given to cells that lack them") func ids() throws {
    let text = notebook(
      code(#""id": "ab", "metadata": {}"#) + ", " + code(#""metadata": {}"#), minor: 5)
    #expect(
      try stripped(text).text
        == notebook(
          code(#""id": "0", "metadata": {}"#) + ", " + code(#""id": "1", "metadata": {}"#), minor: 5
        ))
    #expect(try stripped(text) { $0.keepsIDs = true }.text == text)
  }

  @Test(
    "keys are taken out at any depth, with their commas",
    arguments: [
      (#"{"a": 1, "collapsed": true, "b": 2}"#, "", #"{"a": 1, "b": 2}"#),
      (#"{"collapsed": true, "scrolled": 1}"#, "", "{}"),
      (#"{"a": {"b": 1, "c": 2}}"#, "cell.metadata.a.b", #"{"a": {"c": 2}}"#),
      (#"{"a.b": 1, "a": {"b": 1}}"#, "cell.metadata.a.b", #"{"a": {"b": 1}}"#),
      (#"{"x": 1, "hidden": 1, "y": 1, "execution": {}}"#, "", #"{"x": 1, "y": 1}"#),
    ])
  func keys(metadata: String, key: String, wanted: String) throws {
    let cell = { (metadata: String) in
      notebook(#"{"cell_type": "markdown", "metadata": \#(metadata), "source": []}"#)
    }
    let result = try stripped(cell(metadata)) { options in
      if let key = MetadataKey(key) { options.keys.append(key) }
    }
    #expect(result.text == cell(wanted))
  }

  @Test("outputs are kept by tag, type and size") func kept() throws {
    let error = #"{"output_type": "error", "ename": "E", "evalue": "", "traceback": []}"#
    let cell = { (tags: String, outputs: String) in
      self.notebook(self.code(#""metadata": {"tags": [\#(tags)]}, "outputs": [\#(outputs)]"#))
    }
    #expect(try stripped(cell(#""keep_output""#, stream)).text == cell(#""keep_output""#, stream))
    let both = cell("", stream + ", " + error)
    let kinds = try [OutputKind(parsing: "error")]
    #expect(try stripped(both) { $0.keptOutputs = kinds }.text == cell("", error))
    #expect(
      try stripped(both) {
        $0.keepsOutput = true
        $0.droppedOutputs = kinds
      }.text == cell("", stream))
    // `stream`, `stdout` and `hello` are 17 characters.
    #expect(try stripped(cell("", stream)) { $0.largestKept = 17 }.isChanged == false)
    #expect(try stripped(cell("", stream)) { $0.largestKept = 16 }.text == cell("", ""))
  }

  @Test("a cell that contradicts itself is told with its number") func contradiction() throws {
    let text = notebook(
      code(#""metadata": {"keep_output": false, "tags": ["keep_output"]}, "outputs": []"#))
    let failure = #expect(throws: ParseFailure.self) { try stripped(text) }
    #expect(failure?.message.contains("cell 1") == true)
  }

  @Test("every tag of a list drops cells, and empty ones go when asked") func dropped() throws {
    let cells = ["a", "b", "c"].map { code(#""metadata": {"tags": ["\#($0)"]}"#, source: $0) }
    let text = notebook(
      cells.joined(separator: ", ") + ", " + code(#""metadata": {}"#, source: " "))
    let result = try stripped(text) {
      $0.droppedTags = ["a", "b"]
      $0.dropsEmptyCells = true
    }
    #expect(result.text == notebook(cells[2]))
  }

  @Test("results of Zeppelin go") func zeppelin() throws {
    let text = #"{"paragraphs": [{"text": "x", "results": {"code": "SUCCESS"}}, {"results": {}}]}"#
    let result = try StrippedZeppelin(Array(text.utf8))
    #expect(
      String(decoding: result.bytes, as: UTF8.self)
        == #"{"paragraphs": [{"text": "x", "results": {}}, {"results": {}}]}"#)
  }

  @Test("broken notebooks never trap", arguments: 0..<400) func fuzz(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var bytes = Array(
      notebook(
        code(#""id": "\ud83d\ude00", "metadata": {"tags": ["x"]}, "outputs": [\#(stream)]"#),
        minor: 5
      ).utf8)
    for _ in 0..<(1 + random.next() % 6) {
      let place = Int(random.next() % UInt64(bytes.count))
      switch random.next() % 3 {
      case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
      case 1: bytes.remove(at: place)
      default: bytes.insert(random.pick(Array(#"{}[]",:\u1"#.utf8)), at: place)
      }
    }
    var options = StripOptions()
    options.largestKept = 3
    options.dropsEmptyCells = true
    if let result = try? StrippedNotebook(bytes, options) {
      // What is stripped is stripped.
      #expect(try StrippedNotebook(result.bytes, options).isChanged == false)
    }
  }
}
