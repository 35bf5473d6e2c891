import Server
import Testing

@Suite("What Authorization says") struct CredentialsTests {
  @Test(
    "names and passwords, tokens, and nothing else",
    arguments: [
      ("Basic YW5hOnNlY3JldA==", .basic(user: "ana", password: "secret")),
      ("basic  YW5hOnNlY3JldA==", .basic(user: "ana", password: "secret")),
      ("Basic YTpiOmM=", .basic(user: "a", password: "b:c")),
      ("Basic Og==", .basic(user: "", password: "")),
      ("Basic 7JWEOuuyiA==", .basic(user: "아", password: "번")),
      ("Bearer rpt_abc", .bearer("rpt_abc")), ("BEARER x y", .bearer("x y")),
      ("Basic", nil), ("Basic ", nil), ("Basic YW5h", nil), ("Basic ====", nil),
      ("Basic YW5hO", nil),
      ("Basic !!!!", nil), ("Basic //8=", nil), ("Bearer ", nil), ("Digest username=x", nil),
      ("", nil), ("YW5hOnNlY3JldA==", nil), ("Basic " + String(repeating: "A", count: 5000), nil),
    ] as [(String, Credentials?)])
  func parsing(_ field: String, _ expected: Credentials?) {
    #expect(Credentials(parsing: field) == expected)
  }
}
