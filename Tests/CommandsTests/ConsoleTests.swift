import Formats
import Platform
import Testing

@testable import Commands

@Suite("What the console says of failures") struct ConsoleTests {
  private let whole = Failure(
    .parse, "2 problems in MLproject", hint: "mend both",
    at: SourceLocation(file: "MLproject", line: 7, column: 3), cause: "libyaml said so",
    details: [
      Failure(.invalid, "the first", at: SourceLocation(file: "MLproject", line: 2)),
      Failure(.invalid, "the \"second\"", hint: "type `x`"),
    ])

  private func console(_ colors: ColorChoice) -> Console {
    Console(printsJSON: false, isQuiet: false, colors: colors)
  }

  @Test("a failure is told with its place, cause, details and hint") func text() {
    #expect(
      console(.never).text(of: whole) == """
        error: 2 problems in MLproject
          --> MLproject:7:3
        cause: libyaml said so
        error: the first
          --> MLproject:2
        error: the "second"
        hint: type `x`
        hint: mend both
        """)
    #expect(console(.never).text(of: Failure(.io, "no")) == "error: no")
  }

  @Test("a failure that stops nothing is told as a warning, with all that it consists of")
  func warning() {
    #expect(
      console(.never).warning(of: whole) == """
        warning: 2 problems in MLproject
          --> MLproject:7:3
        cause: libyaml said so
        warning: the first
          --> MLproject:2
        warning: the "second"
        hint: type `x`
        hint: mend both
        """)
  }

  @Test("a failure without colours reads as it describes itself") func description() {
    #expect(console(.never).text(of: whole) == whole.description)
  }

  @Test("with colours, error is red and hint is cyan") func colours() {
    let text = console(.always).text(of: Failure(.io, "no", hint: "yes"))
    #expect(text == "\u{1B}[31merror\u{1B}[0m: no\n\u{1B}[36mhint\u{1B}[0m: yes")
  }

  @Test("under --json a failure is an object with what it has") func json() {
    #expect(
      whole.json.text(sortingKeys: true) == """
        {"cause":"libyaml said so","code":"parse","details":[{"code":"invalid","location":\
        {"file":"MLproject","line":2},"message":"the first"},{"code":"invalid","hint":"type `x`",\
        "message":"the \\"second\\""}],"hint":"mend both","location":{"column":3,"file":"MLproject",\
        "line":7},"message":"2 problems in MLproject"}
        """)
    #expect(Failure(.notFound, "no").json.text() == "{\"code\":\"not_found\",\"message\":\"no\"}")
  }

  @Test(
    "every kind of failure has its exit status",
    arguments: [
      (Failure.Code.no, Int32(1)), (.usage, 2), (.notFound, 2), (.conflict, 2), (.parse, 2),
      (.invalid, 2),
      (.unsupported, 2), (.permission, 2), (.noSpace, 2), (.io, 2), (.corrupt, 2), (.bug, 70),
      (.locked, 75), (.unreachable, 75), (.interrupted, 130),
    ])
  func exitCodes(code: Failure.Code, status: Int32) { #expect(code.exitCode == status) }
}
