import Checks
import Formats
import Platform
import Support
import SystemPackage
import Testing

/// The checks of meaning, finding by finding, against ruff: path, line and code.
@Suite("What code means as ruff sees it") struct ConventionsSemanticsInterop {
  @Test("snippets of every rule, in several places") func snippets() throws {
    let folder = try TemporaryFolder()
    var files: [FilePath] = []
    for (index, text) in ConventionsSemanticsCases.all.enumerated() {
      // A folder of a public name, as docstrings are asked of public modules only.
      let name = "case\(index).py"
      try folder.write(text, to: name)
      files.append(folder.path.appending(name))
    }
    #expect(files.count > 300)
    let result = try Agreement(on: files, in: folder)
    #expect(result.f1 >= 0.97, "\(result)")
    #expect(result.codes.count >= 90)
    print(result)
  }

  @Test("snippets of what goes wrong without a word") func bugs() throws {
    let folder = try TemporaryFolder()
    let files = try write(ConventionsBugCases.all, in: folder)
    let result = try Agreement(on: files, in: folder, ConventionsBugCases.question)
    #expect(result.f1 >= 0.97, "\(result)")
    #expect(result.codes.count >= 19)
    print(result)
  }

  @Test("comments that leave nothing out, among the codes of both") func comments() throws {
    let folder = try TemporaryFolder()
    let files = try write(ConventionsCommentCases.all, in: folder)
    let result = try Agreement(on: files, in: folder, ConventionsCommentCases.question)
    #expect(result.f1 >= 0.97, "\(result)")
    #expect((result.codes["RUF100"]?.same ?? 0) >= 200)
    print(result)
  }

  @Test("comments that leave nothing out in real files") func commentCorpus() throws {
    let folder = try TemporaryFolder()
    let files = try PythonCorpus.sample(3, in: folder)
    var question = ConventionsCommentCases.question
    question.compared = "RUF100"
    // Codes that are none of ours are another tool's.
    question.arguments = ["--config", "lint.external=[\"\(ConventionsCommentCases.foreign)\"]"]
    let result = try Agreement(on: files, in: folder, question)
    #expect(result.f1 >= 0.95, "\(result)")
    #expect((result.codes["RUF100"]?.same ?? 0) >= 15)
    print(result)
  }

  @Test(
    "sections of docstrings, in the styles of Google and numpy", arguments: ["google", "numpy"])
  func sections(convention: String) throws {
    let folder = try TemporaryFolder()
    let files =
      try write(ConventionsDocstringCases.all, in: folder)
      + PythonCorpus.sample(23, in: folder).filter { $0.string.contains("site-packages") }
    let question = ConventionsDocstringCases.question(convention)
    let result = try Agreement(on: files, in: folder, question)
    #expect(result.f1 >= 0.95, "\(result)")
    #expect(result.codes.count == 6)
    print(result)
  }

  private func write(_ texts: [String], in folder: TemporaryFolder) throws -> [FilePath] {
    try texts.enumerated().map { number, text in
      try folder.write(text, to: "case\(number).py")
      return folder.path.appending("case\(number).py")
    }
  }

  @Test("real files, of what goes wrong without a word") func bugCorpus() throws {
    let folder = try TemporaryFolder()
    let files = try PythonCorpus.sample(11, in: folder)
    let result = try Agreement(on: files, in: folder, ConventionsBugCases.question)
    #expect(result.f1 >= 0.95, "\(result)")
    print(result)
  }

  @Test("real files") func corpus() throws {
    let folder = try TemporaryFolder()
    let files = try PythonCorpus.sample(13, in: folder)
    #expect(files.count > 200)
    let result = try Agreement(on: files, in: folder)
    #expect(result.f1 >= 0.95, "\(result)")
    print(result)
  }
}

/// What both are asked.
struct AgreementQuestion {
  /// Rules of ours.
  var ids: Set<String>
  /// Of `reprise.yml`, below `rules:`.
  var options: [String] = []
  /// What ruff gets beside its codes.
  var arguments: [String] = []
  /// Codes that ruff has as previews.
  var previews: [String] = []
  /// Whether only codes of these letters are compared; all when empty.
  var compared = ""

  static let semantics = AgreementQuestion(
    ids: [
      "py.unused-import", "py.star-import", "py.undefined", "py.unused-variable",
      "py.redefinition", "py.text-format", "py.literal", "py.placement", "py.compare-none-true",
      "py.bare-except", "py.mutable-default", "py.lambda-assign", "py.ambiguous-name", "py.naming",
      "py.docstring", "py.docstring-sections", "py.type-hints", "py.print", "py.complexity",
    ],
    // ruff's options: no names of machine learning, and every convention's codes.
    options: ["py.naming: {ml-names: []}", "py.docstring-sections: {convention: auto}"],
    previews: ["D420"])
}

/// How far two lists of findings are the same.
struct Agreement: CustomStringConvertible {
  private(set) var codes: [String: (same: Int, ours: Int, theirs: Int)] = [:]
  private var differences: [String] = []

  private static let rules = FilePath(#filePath).removingLastComponent().removingLastComponent()
    .removingLastComponent().appending("lint-rules")

  init(
    on files: [FilePath], in folder: TemporaryFolder, _ question: AgreementQuestion = .semantics
  ) throws {
    let options = question.options.map { "\n    " + $0 }.joined()
    try folder.write(
      options.isEmpty ? "" : "conventions:\n  rules:" + options + "\n", to: "reprise.yml")
    let library = try RuleLibrary([(Self.rules, "lint-rules")])
    let known = library.rules.filter { question.ids.contains($0.id) }.flatMap(\.codes)
    // ruff leaves D203 and D213 out, which others exclude.
    let wanted = known.filter { $0 != "D203" && $0 != "D213" }
    let selection = try RuleSelection(
      library, ConventionSettings(of: folder.path), select: wanted)
    let checker = FileChecker(selection)
    var counts: [String: (ours: Int, theirs: Int)] = [:]
    for file in files {
      let checked = CheckedFile(path: file.string, bytes: try FileSystem.read(file))
      for finding in checker.findings(in: checked) {
        guard let line = finding.line, let code = finding.code, code.hasPrefix(question.compared)
        else { continue }
        counts["\(code) \(line) \(file)", default: (0, 0)].ours += 1
      }
    }
    var broken: [String] = []
    for finding in try Self.theirs(on: files, wanted, question, in: folder) {
      if finding.hasPrefix("- ") {
        broken.append(String(finding.dropFirst(3)))
      } else if finding.hasPrefix(question.compared) {
        counts[finding, default: (0, 0)].theirs += 1
      }
    }
    for path in broken { counts = counts.filter { !$0.key.hasSuffix(path) } }
    for (finding, count) in counts {
      let code = String(finding.prefix { $0 != " " })
      codes[code, default: (0, 0, 0)].same += min(count.ours, count.theirs)
      codes[code, default: (0, 0, 0)].ours += count.ours
      codes[code, default: (0, 0, 0)].theirs += count.theirs
      if count.ours != count.theirs {
        differences.append("\(finding): ours \(count.ours), ruff's \(count.theirs)")
      }
    }
    differences.sort()
  }

  var f1: Double {
    let same = codes.values.reduce(0) { $0 + $1.same }
    return 2 * Double(same) / Double(codes.values.reduce(0) { $0 + $1.ours + $1.theirs })
  }

  var description: String {
    let lines = codes.sorted { $0.key < $1.key }.map { code, count in
      "\(code) \(count.same) \(2 * Double(count.same) / Double(count.ours + count.theirs))"
    }
    return (["F1 \(f1), \(codes.count) codes"] + lines + differences.prefix(40))
      .joined(separator: "\n")
  }

  private static func theirs(
    on files: [FilePath], _ codes: [String], _ question: AgreementQuestion,
    in folder: TemporaryFolder
  ) throws -> [String] {
    try folder.write(files.map { $0.string + "\n" }.joined(), to: "files")
    let stable = codes.filter { !question.previews.contains($0) }.joined(separator: ",")
    let previews = question.previews.joined(separator: ",")
    let more = question.arguments.map { "'\($0)'" }.joined(separator: ", ")
    let script = """
      import json, subprocess, sys

      files = open("files", encoding="utf-8").read().splitlines()
      options = ["--isolated", "--no-cache", "--exit-zero", "--output-format", "json"]
      codes = "\(codes.joined(separator: ","))"
      stable, previews = "\(stable)", "\(previews)"
      options += [\(more)]
      found = []
      # With previews other rules say other things.
      for rules in ["--select", stable], ["--preview", "--select", previews]:
          if not rules[-1]:
              continue
          said = subprocess.run(
              [sys.executable, "-m", "ruff", "check", *options, *rules, *files],
              capture_output=True, check=True)
          found += json.loads(said.stdout)
      # It looks no further where a file is not Python.
      broken = {f["filename"] for f in found if f["code"] in (None, "invalid-syntax")}
      found = [f for f in found if f["code"] in codes.split(",") and f["filename"] not in broken]
      json.dump(
          [f"{f['code']} {f['location']['row']} {f['filename']}" for f in found]
          + [f"- - {path}" for path in broken],
          open("result.json", "w"))
      """
    return try #require(Peer.run(script, in: folder).array).compactMap(\.string)
  }
}
