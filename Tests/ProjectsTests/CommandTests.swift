import Platform
import Projects
import Testing

@Suite("Commands") struct CommandTests {
  private func command(
    _ command: String, _ parameters: [Parameter] = [], _ given: [(name: String, value: String)] = []
  ) throws -> String {
    let entry = EntryPoint(name: "main", command: command, parameters: parameters)
    return try entry.command(with: try entry.arguments(given: given))
  }

  @Test("values are quoted, extra ones appended") func quoting() throws {
    let text = try command(
      "run {a} '{a}' {{a}}", [Parameter("a")], [("a", "x y"), ("k k", "it's"), ("b", "1")])
    #expect(text == "run 'x y' ''x y'' {a} --'k k' 'it'\"'\"'s' --b 1")
    #expect(try command("run {a}", [Parameter("a", default: "")]) == "run ''")
    #expect(
      try command("run {max-depth!r:>5}", [Parameter("max-depth", default: "1")]) == "run   '1'")
  }

  @Test("a NUL would end the command where it stands") func nul() throws {
    let failure = try #require(throws: Failure.self) { try command("echo a\u{0}b") }
    #expect(failure.message.contains("has a NUL character"))
    #expect(throws: Failure.self) { try command("echo {a}", [Parameter("a", default: "x\u{0}")]) }
  }

  @Test(
    "an optional parameter without a value leaves, with its option",
    arguments: [
      ("run --depth {d}", "run "), ("run --depth {d} x", "run  x"), ("run --depth={d} x", "run  x"),
      ("run -d {d};ls", "run ;ls"),
      ("run --depth   {d}\nls", "run \nls"), ("run {d} x", "run  x"), ("run x{d}", "run x"),
      ("run --depth {d}x", "run --depth x"),
      ("run a--depth {d}", "run a--depth "), ("run x {d}{e}", "run x 5"),
      ("run --a {d} --b {d}", "run  "), ("run -- {d}", "run -- "),
      ("--depth {d}", ""), ("run --e {e} --d {d}", "run --e 5 "),
      ("run --depth '{d}'", "run --depth ''"), ("f(--d {d})", "f()"),
    ])
  func optional(written: String, expected: String) throws {
    #expect(
      try command(written, [Parameter("d", isRequired: false), Parameter("e", default: "5")])
        == expected)
    // Given, nothing of this happens.
    let given = try command(
      written, [Parameter("d", isRequired: false), Parameter("e", default: "5")], [("d", "7")])
    #expect(given == written.replacing("{d}", with: "7").replacing("{e}", with: "5"))
  }

  @Test(
    "a flag puts its text or nothing",
    arguments: [
      ("yes", "run --quiet x"), ("True", "run --quiet x"), ("0", "run  x"), ("off", "run  x"),
    ])
  func flags(value: String, expected: String) throws {
    let quiet = Parameter("q", .bool, flag: "--quiet")
    #expect(try command("run {q} x", [quiet], [("q", value)]) == expected)
    // Without `flag:` the value goes in, as MLflow does.
    #expect(try command("run {q} x", [Parameter("q", .bool)], [("q", value)]) == "run \(value) x")
  }

  @Test(
    "placeholders that name nothing are told with Python's words",
    arguments: [
      (
        "run {alpah}", "the command of `main` has `{alpah}`, which is not one of its parameters",
        "KeyError: 'alpah'"
      ),
      (
        "awk '{print $1}'",
        "the command of `main` has `{print $1}`, which is not one of its parameters",
        "KeyError: 'print $1'"
      ),
      (
        "run {}", "the command of `main` has a placeholder that does not name a parameter",
        "IndexError: Replacement index 0 out of range for positional args tuple"
      ),
      (
        "run }", "the command of `main` has braces that do not name a parameter",
        "ValueError: Single '}' encountered in format string"
      ),
      (
        "run {alpha", "the command of `main` has braces that do not name a parameter",
        "ValueError: expected '}' before end of string"
      ),
    ])
  func placeholders(written: String, message: String, cause: String) throws {
    let failure = try #require(throws: Failure.self) {
      try command(written, [Parameter("alpha", default: "1")])
    }
    #expect(failure.message == message)
    #expect(failure.cause == cause)
    #expect(
      failure.hint?.contains(
        written == "run {alpah}" ? "did you mean `{alpha}`?" : "write `{{` and `}}`") == true)
  }

  @Test("no command is no command") func missing() throws {
    let failure = try #require(throws: Failure.self) {
      try EntryPoint(name: "main").command(with: Arguments([]))
    }
    #expect(failure.message == "entry point `main` has no command")
  }
}
