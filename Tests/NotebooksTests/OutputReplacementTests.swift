import Formats
import Notebooks
import Platform
import Testing

@Suite("New outputs in a notebook's file") struct OutputReplacementTests {
  private let new: NotebookJSON = [
    "output_type": "stream", "name": "stdout", "text": "one\n\"two\", \r",
  ]

  private func replaced(
    _ text: String, _ cells: [Int: [OutputReplacement.Output]]
  ) throws -> String {
    var replacement = try OutputReplacement(in: Array(text.utf8))
    for (cell, outputs) in cells { replacement.replace(outputsOf: cell, with: outputs) }
    return String(decoding: replacement.bytes, as: UTF8.self)
  }

  /// As `json.dumps` writes it with an indentation.
  private func file(_ outputs: String, unit: String, end: String = "\n") -> String {
    let lines = """
      {
      .cells: [
      ..{
      ...cell_type: markdown
      ..},
      ..{
      ...cell_type:    code,
      ...outputs: \(outputs),
      ...source: []
      ..}
      .],
      .nbformat: 4,
      .nbformat_minor: 4
      }
      """
    var text = lines
    for word in ["cells", "cell_type", "markdown", "code", "outputs", "source", "nbformat_minor"] {
      text = text.replacing(word, with: "\"\(word)\"")
    }
    text = text.replacing("nbformat:", with: "\"nbformat\":")
    let all = text.split(separator: "\n" as Character, omittingEmptySubsequences: false)
    return all.map { line -> String in
      let depth = line.prefix { $0 == "." }.count
      return String(repeating: unit, count: depth) + line.dropFirst(depth)
    }.joined(separator: end)
  }

  @Test(
    "are laid out as the file is, and no other byte changes",
    arguments: [(" ", "\n"), ("  ", "\n"), ("    ", "\r\n"), ("\t", "\n")])
  func laidOut(unit: String, end: String) throws {
    let kept = "{ \"output_type\":\"x\" , \"a\": 1.50 }"
    let text = file("[\(kept)]", unit: unit, end: end)
    let expected = file(
      """
      [
      ....{
      .....@name@: @stdout@,
      .....@output_type@: @stream@,
      .....@text@: [
      ......@one\\n@,
      ......@\\"two\\", \\r@
      .....]
      ....},
      ....KEPT
      ...]
      """, unit: unit, end: end
    ).replacing("@", with: "\"").replacing("KEPT", with: kept)
    #expect(try replaced(text, [1: [.new(new), .kept(0)]]) == expected)
    #expect(try replaced(text, [1: []]) == file("[]", unit: unit, end: end))
    #expect(try replaced(text, [:]) == text)
  }

  @Test("stand in one line where the file does")
  func compact() throws {
    let text =
      #"{"cells": [{"cell_type": "code", "outputs": [], "source": ""}], "nbformat": 4, "metadata": {}}"#
    #expect(
      try replaced(text, [0: [.new(new), .new(new)]])
        == text.replacing(
          #""outputs": []"#,
          with:
            #""outputs": [{"name": "stdout", "output_type": "stream", "text": ["one\n", "\"two\", \r"]}, {"name": "stdout", "output_type": "stream", "text": ["one\n", "\"two\", \r"]}]"#
        ))
  }

  @Test("are not put where there is no place for them")
  func elsewhere() throws {
    let text = #"{"cells": [{"cell_type": "markdown"}, {"outputs": 3}], "nbformat": 4}"#
    #expect(try replaced(text, [0: [.new(new)], 7: [], -1: []]) == text)
    #expect(try replaced(text, [1: [.kept(0)]]) == text.replacing("3", with: "[]"))
    let old = #"{"worksheets": [{"cells": []}], "nbformat": 3}"#
    let failure = #expect(throws: ParseFailure.self) { try OutputReplacement(in: Array(old.utf8)) }
    #expect(failure?.message.contains("nbformat 4") == true)
  }
}
