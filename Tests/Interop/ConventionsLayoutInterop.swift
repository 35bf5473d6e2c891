import Checks
import Formats
import Platform
import Python
import Support
import SystemPackage
import Testing

/// The checks of tokens, lines and imports against ruff's, finding by finding: path, line and code.
@Suite("Layout of Python as ruff sees it") struct ConventionsLayoutInterop {
  private static let checks = [
    "line-length", "blank-lines", "whitespace", "final-newline", "indent", "one-statement",
    "import-order", "quotes", "invalid-escape",
  ]

  @Test("snippets with faults") func snippets() throws {
    let folder = try TemporaryFolder()
    let files = try Self.write(ConventionsLayoutSnippets.make(1_600), in: folder)
    let result = try Self.compare(files, in: folder, ["--target-version", "py313"])
    print("snippets: \(result.table)")
    #expect(result.same > 1_500)
    #expect(result.score >= 0.97, "\(result.differences)")
  }

  @Test("real files") func corpus() throws {
    let folder = try TemporaryFolder()
    let files = try PythonCorpus.sample(9, in: folder)
    #expect(files.count > 300)
    let result = try Self.compare(files, in: folder)
    print("real files: \(result.table)")
    #expect(result.same > 3_000)
    #expect(result.score >= 0.95, "\(result.differences)")
  }

  @Test("after the safe fixes ruff has none to add, and the code is the same")
  func fixes() throws {
    let folder = try TemporaryFolder()
    let texts =
      try ConventionsLayoutSnippets.make(300).map { Array($0.utf8) }
      + PythonCorpus.sample(29, in: folder).map { try FileSystem.read($0) }
    let right = texts.filter { Tree(parsing: $0).problems.isEmpty }
    let checks = try Self.made()
    var before: [FilePath] = []
    var after: [FilePath] = []
    for (number, text) in right.enumerated() {
      before.append(folder.path.appending("before\(number).py"))
      after.append(folder.path.appending("after\(number).py"))
      try FileSystem.write(text, to: before[number], durable: false)
      try FileSystem.write(Self.fixed(text, checks), to: after[number], durable: false)
    }
    let script = """
      import ast, warnings
      warnings.simplefilter("ignore")

      class WithoutImports(ast.NodeTransformer):
          def visit_Import(self, node):
              return None
          visit_ImportFrom = visit_Import

      def dump(path):
          with open(path, "rb") as file:
              return ast.dump(WithoutImports().visit(ast.parse(file.read())))

      different = []
      for number in range(\(right.count)):
          try:
              one = dump(f"before{number}.py")
          except (SyntaxError, ValueError):
              continue
          if one != dump(f"after{number}.py"):
              different.append(f"before{number}.py")
      import json
      json.dump(different, open("result.json", "w"))
      """
    let different = try #require(Peer.run(script, in: folder).array).compactMap(\.string)
    #expect(different == [])
    let left = try Self.theirs(on: after, in: folder).filter { $0.key.hasSuffix(" fixable") }
    #expect(left.keys.sorted() == [])
  }

  // MARK: Ours

  private static func made() throws -> [any PythonCheck] {
    let text = "{max: 88, line-length: 88, arithmetic: true}"
    let options = try RuleOptions(YAMLNode(parsing: Array(text.utf8)))
    return try checks.map { try #require(PythonChecks.named[$0]).init(options) }
  }

  private static func write(_ texts: [String], in folder: TemporaryFolder) throws -> [FilePath] {
    try texts.enumerated().map { number, text in
      let path = folder.path.appending("snippet\(number).py")
      try FileSystem.write(Array(text.utf8), to: path, durable: false)
      return path
    }
  }

  /// The path from the folder that packages lie in.
  private static func relative(_ path: FilePath) -> String {
    let parts = path.components.map(\.string)
    let root =
      parts.lastIndex(of: "site-packages") ?? parts.lastIndex { $0.hasPrefix("python3.") }
      ?? parts.count - 2
    return parts[(root + 1)...].joined(separator: "/")
  }

  private static func fixed(_ bytes: [UInt8], _ checks: [any PythonCheck]) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<30 {
      let source = PythonSource(path: "example.py", bytes: bytes)
      var fixes: [Fix] = []
      for check in checks {
        check.run(source) { if let fix = $0.fix, fix.isSafe { fixes.append(fix) } }
      }
      let (next, count) = Fix.apply(fixes, to: bytes)
      if count == 0 || next == bytes { break }
      bytes = next
    }
    return bytes
  }

  // MARK: Comparing

  private struct Result {
    var same = 0
    var differences: [String] = []
    var score = 0.0
    var table = ""
  }

  private static func compare(
    _ files: [FilePath], in folder: TemporaryFolder, _ options: [String] = []
  ) throws -> Result {
    let checks = try made()
    var theirs = try theirs(on: files, in: folder, options)
    var ours: [String: Int] = [:]
    for file in files {
      // ruff does not look at what it takes for no Python, or no UTF-8.
      let isRefused = theirs.removeValue(forKey: "\(file) refused") != nil
      let source = PythonSource(path: relative(file), bytes: try FileSystem.read(file))
      if isRefused || !source.tree.problems.isEmpty {
        for key in theirs.keys where key.hasPrefix("\(file) ") { theirs[key] = nil }
        continue
      }
      for check in checks {
        check.run(source) { finding in
          let line = source.list.lines.line(of: finding.range.lowerBound)
          ours["\(file) \(line) \(finding.code ?? "")", default: 0] += 1
        }
      }
    }
    for key in theirs.keys where key.hasSuffix(" fixable") { theirs[key] = nil }
    return score(ours, theirs)
  }

  private static func score(_ ours: [String: Int], _ theirs: [String: Int]) -> Result {
    var result = Result()
    var codes: [String: (same: Int, all: Int)] = [:]
    var total = 0
    for key in Set(ours.keys).union(theirs.keys) {
      let one = ours[key] ?? 0
      let two = theirs[key] ?? 0
      let code = String(key.split(separator: " ").last ?? "")
      codes[code, default: (0, 0)].same += min(one, two)
      codes[code, default: (0, 0)].all += one + two
      result.same += min(one, two)
      total += one + two
      if one != two { result.differences.append("\(key): ours \(one), ruff's \(two)") }
    }
    result.differences.sort()
    result.score = total == 0 ? 1 : Double(2 * result.same) / Double(total)
    let lines = codes.sorted { $0.key < $1.key }.map { code, count in
      let score = Double(2 * count.same) / Double(count.all)
      return "\(code) \((score * 10_000).rounded() / 10_000) of \(count.all / 2)"
    }
    result.table = "F1 \(result.score), \(codes.count) codes\n" + lines.joined(separator: "\n")
    return result
  }

  /// Every finding as `PATH LINE CODE`, with ` fixable` behind those that ruff would mend; `PATH refused` for what it does
  /// not read.
  private static func theirs(
    on files: [FilePath], in folder: TemporaryFolder, _ options: [String] = []
  ) throws -> [String: Int] {
    let more = options.map { ", \"\($0)\"" }.joined()
    try folder.write(files.map { $0.string + "\n" }.joined(), to: "files")
    let script = """
      import json, os, subprocess, sys

      files = open("files", encoding="utf-8").read().splitlines()
      options = ["--preview", "--isolated", "--no-cache", "--ignore-noqa", "--exit-zero"\(more)]
      codes = "E1,E2,E3,E401,E402,E501,E701,E702,E703,W,I001,Q000,Q001,Q002,Q003,E902"
      os.makedirs("empty", exist_ok=True)
      found = []
      for start in range(0, len(files), 400):
          said = subprocess.run(
              [sys.executable, "-m", "ruff", "check", *options, "--output-format", "json",
               "--line-length", "88", "--select", codes, *files[start:start + 400]],
              capture_output=True, check=True, cwd="empty")
          found += json.loads(said.stdout)
      lines = []
      for f in found:
          if f["code"] in (None, "E902", "invalid-syntax"):
              lines.append(f"{f['filename']} refused")
              continue
          lines.append(f"{f['filename']} {f['location']['row']} {f['code']}")
          if f["fix"] and f["fix"]["applicability"] == "safe":
              lines.append(lines[-1] + " fixable")
      json.dump(lines, open("result.json", "w"))
      """
    var counts: [String: Int] = [:]
    for finding in try #require(Peer.run(script, in: folder).array).compactMap(\.string) {
      counts[finding, default: 0] += 1
    }
    return counts
  }
}
