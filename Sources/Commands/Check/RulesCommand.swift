import ArgumentParser
import Checks
import Formats
import Platform
import SystemPackage

/// `reprise rules`: the conventions themselves.
struct RulesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "List, explain, test and add conventions.",
    discussion: """
      Rules are data: files in `lint-rules` of a project add to the ones that come with the program, and replace those of \
      the same id.

        reprise rules list
        reprise rules explain ml.global-seed
        reprise rules new team.no-print
        reprise rules test
      """,
    subcommands: [RulesList.self, RulesExplain.self, RulesTest.self, RulesNew.self],
    defaultSubcommand: RulesList.self)
}

/// `reprise rules list`.
struct RulesList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the rules, and which are on here.",
    discussion: "Example: reprise rules list ml")

  @Argument(help: "Only rules or codes that begin so.")
  var names: [String] = []

  @OptionGroup var global: GlobalOptions

  mutating func run() async throws {
    let place = try CheckPlace(global)
    let library = try place.library()
    let selection = try RuleSelection(library, place.settings)
    let rules = library.rules.filter { rule in names.isEmpty || names.contains(where: rule.isNamed)
    }
    let console = global.console
    let json = JSONValue.array(
      rules.map { rule in
        .object([
          .init("id", .string(rule.id)), .init("codes", .array(rule.codes.map { .string($0) })),
          .init("severity", .string(rule.severity.rawValue)),
          .init("levels", .array(rule.levels.map { .string($0.rawValue) })),
          .init("on", .bool(selection.isOn(rule.id))), .init("docs", .string(rule.docs)),
          .init("file", .string(rule.location.file)),
        ])
      })
    console.show(json) {
      var table = TextTable([
        .init(title: ""), .init(title: "RULE"), .init(title: "CODES", yields: 2),
        .init(title: "WHAT", yields: 1, isText: true),
      ])
      for rule in rules {
        let docs = rule.docs.split(separator: "\n").first.map(String.init) ?? ""
        let codes = rule.codes.count > 3 ? rule.codes.prefix(3) + ["…"] : rule.codes[...]
        table.rows.append([
          .init(selection.isOn(rule.id) ? "on" : "", .green), .init(rule.id),
          .init(codes.joined(separator: " "), .dim), .init(docs),
        ])
      }
      return table.text(for: console)
    }
  }
}

/// `reprise rules explain`.
struct RulesExplain: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Tell all about a rule.",
    discussion: "Example: reprise rules explain E711")

  @Argument(help: "The rule's id, or a code.")
  var name: String

  @OptionGroup var global: GlobalOptions

  mutating func run() async throws {
    let place = try CheckPlace(global)
    let library = try place.library(withExamples: true)
    guard let rule = library[name] ?? library.rules.first(where: { $0.isNamed(name) }) else {
      throw Failure(
        .notFound, "no rule is called `\(name)`", hint: "`reprise rules list` names them all")
    }
    var text = RulePage.text(rule, global.console, place.language(nil))
    for (title, examples) in [("bad", rule.examples.bad), ("good", rule.examples.good)] {
      guard let example = examples.first, example.text.utf8.count < 2000 else { continue }
      text += "\n\n" + global.console.styled(title, title == "bad" ? .red : .green) + "\n"
      text += lines(of: example.text).split(separator: "\n", omittingEmptySubsequences: false)
        .map { "  " + $0 }.joined(separator: "\n")
    }
    global.console.print(text)
  }
}

/// `reprise rules test`.
struct RulesTest: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Run the examples of the rules.",
    discussion: """
      A bad example must be found by its rule, a good one not, and a fixed one must become what it says and stay so. The \
      exit status is 1 when one is not so.

      Example: reprise rules test ml
      """)

  @Argument(help: "Only rules that begin so.")
  var names: [String] = []

  @OptionGroup var global: GlobalOptions

  mutating func run() async throws {
    let place = try CheckPlace(global)
    let library = try place.library(withExamples: true)
    let names = names
    let problems = try await ParallelWork.onDeepThread { try RuleTest.run(library, names: names) }
    let console = global.console
    console.show(
      .array(
        problems.map { problem in
          .object([
            .init("rule", .string(problem.rule)), .init("message", .string(problem.message)),
            .init("location", .string(problem.location.description)),
          ])
        })
    ) { problems.map(\.description).joined(separator: "\n") }
    let tested = library.rules.filter { rule in names.isEmpty || names.contains(where: rule.isNamed)
    }
    let examples = tested.reduce(0) {
      $0 + $1.examples.bad.count + $1.examples.good.count + $1.examples.fixed.count
    }
    guard problems.isEmpty else { throw ExitCode(Failure.Code.no.exitCode) }
    console.note("\(tested.count) rules, \(examples) examples: all as they say")
  }
}

/// `reprise rules new`.
struct RulesNew: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Begin a rule of the project's own.",
    discussion: """
      Writes a rule with examples into `lint-rules`, ready to be changed.

      Example: reprise rules new team.no-print
      """)

  @Argument(help: "The new rule's id: dotted, in small letters.")
  var id: String

  @OptionGroup var global: GlobalOptions

  mutating func run() async throws {
    let place = try CheckPlace(global)
    let family = id.split(separator: ".").first.map(String.init) ?? ""
    let text = """
      version: 1
      family: \(family)
      rules:
      - id: \(id)
        severity: warning
        applies: {paths: ["*.py", "*.ipynb"], not: ["tests/**"]}
        kind: python
        match:
          call: print
        message: "`{callee}` writes past the log"
        docs: |
          Say why in a few lines, and how to mend it.
        examples:
          bad: ["print(1)\\n"]
          good: ["import logging\\nlogging.info('x')\\n"]

      """
    let folder = place.root.appending("lint-rules")
    let file = folder.appending(id + ".yml")
    guard !FileSystem.exists(file) else {
      throw Failure(.conflict, "`\(file)` is there already")
    }
    if try place.library()[id] != nil {
      throw Failure(
        .conflict, "a rule is called `\(id)` already", hint: "reprise rules explain \(id)")
    }
    try RuleLibrary.check(Array(text.utf8), name: "lint-rules/\(id).yml")
    try FileSystem.createDirectory(folder)
    try FileSystem.write(text, to: file)
    global.console.print("lint-rules/\(id).yml")
    global.console.note("next: change it, then `reprise rules test \(id)`")
  }
}
