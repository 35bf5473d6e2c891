import Formats
import Support
import Templates
import Testing

/// Our template language against the real jinja2: the same bytes, or the same exception with the same message and, for
/// syntax errors, the same line.
@Suite("Templates as jinja2 renders them") struct TemplatesJinjaInterop {
  @Test(
    "templates of every tag, operator, option and undefined kind", arguments: [11, 12, 13, 14])
  func templates(seed: Int) throws {
    try compare("cases(\(seed), 1500)", atLeast: 1400)
  }

  @Test("tags and operators in any order, with delimiters of any kind", arguments: [21, 22])
  func tokens(seed: Int) throws {
    try compare("token_cases(\(seed), 3000)", atLeast: 2900)
  }

  @Test("texts to be translated, with and without their functions", arguments: [31, 32])
  func translations(seed: Int) throws {
    try compare("trans_cases(\(seed), 2000)", atLeast: 1900)
  }

  @Test("what is known where a template asks for it") func debug() throws {
    try compare("debug_cases(41, 300)", atLeast: 290)
  }

  /// - Parameter expression: Python that gives the cases.
  private func compare(_ expression: String, atLeast least: Int) throws {
    let folder = try TemporaryFolder()
    let answers = try Peer.run(
      TemplatesJinjaGenerator.source + TemplatesTranslationCases.source + """

        import os
        with open(os.path.join(folder, "result.json"), "w") as out:
            json.dump([[json.dumps(case), answer(case)] for case in \(expression)], out)
        """, in: folder)
    var compared = 0
    for pair in try #require(answers.array) {
      let parts = try #require(pair.array)
      let request = try #require(parts[0].string)
      let ours = try JSONValue(
        parsing: RenderRequest.answer(to: Array(request.utf8)), allowsNonFinite: true)
      guard isComparable(parts[1], ours) else { continue }
      compared += 1
      for key in ["output", "error", "message"] + (parts[1]["line"] == nil ? [] : ["line"]) {
        #expect(plain(ours[key]) == plain(parts[1][key]), "\(key) of \(request.prefix(900))")
      }
    }
    #expect(compared >= least)
  }

  /// Our limits stand where CPython runs out of memory or time; how deep it recurses is its own.
  private func isComparable(_ theirs: JSONValue, _ ours: JSONValue) -> Bool {
    let error = theirs["error"]?.string ?? ""
    if error == "TimeoutError" { return false }
    // jinja2 makes a generator of a macro that includes without context; and the keys of a dict are a set to Python.
    let text = (theirs["output"] ?? theirs["message"])?.string ?? ""
    if text.contains("<generator object root") || text.contains("generator found") { return false }
    if ours["message"]?.string?.contains("'dict_keys'") == true { return false }
    if error == "RecursionError" { return ours["error"] != theirs["error"] }
    return !(ours["error"] == "LimitExceeded" && ["MemoryError", "OverflowError"].contains(error))
  }

  /// Without addresses, and the line that Python names in code that jinja2 made.
  private func plain(_ value: JSONValue?) -> JSONValue? {
    guard let text = value?.string else { return value }
    return .string(
      text.replacing(#/0x[0-9a-f]{6,}/#, with: "0x")
        // Which piece it is depends on what jinja2 folds into constants.
        .replacing(#/sequence item \d+/#, with: "sequence item")
        .replacing(#/ \(<template>, line \d+\)$/#, with: ""))
  }
}
