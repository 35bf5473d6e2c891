import Patterns

/// Values that stand where a secret will stand: `<token>`, `${TOKEN}`, `xxxx`, `your-api-key`, `AKIAIOSFODNN7EXAMPLE`.
enum SecretPlaceholder {
  /// Texts that no random secret holds but by a chance too small to count.
  private static let words = [
    "example", "exmaple", "changeme", "change-me", "change_me", "change_this", "changeit",
    "placeholder", "redacted", "removed", "censored", "dummy", "your", "insert", "replace", "enter",
    "todo", "fixme", "xxxx", "****", "....", "____", "----", "foobar", "foo_bar", "lorem", "ipsum",
    "sample", "not-a-real", "notareal", "not_a_real", "notreal", "fake", "bogus", "goes-here",
    "goes_here", "goeshere", "my-api-key", "mysecret", "my-secret", "my_secret", "mypassword",
    "my-password", "my_password", "mytoken", "my-token", "my_token", "some-secret", "some-token",
    "somepassword", "hunter2", "s3cr3t", "deadbeef", "cafebabe", "0123456789", "1234567890",
    "123456789", "abcdefgh", "abc123", "qwertyui", "비밀번호", "여기에", "입력",
  ]
  /// How a value begins, or what it holds, that another program fills in.
  private static let references = [
    "${", "{{", "}}", "$(", "%(", "<%", "#{", "os.environ", "getenv", "process.env", "env.",
    "var.", "local.", "data.", "vault:", "secretsmanager", "keyvault", "arn:aws", "ssm:", "file:",
    "op://", "!vault", "enc[", "enc(", "self.", "config.", "settings.", "args.", "secrets.",
    "->", "();",
  ]

  private static let scan = KeywordScan(
    (words + references).map { Keyword($0, ignoresCase: true) })

  static func contains(_ secret: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    guard let first = range.first.map({ secret[$0] }) else { return true }
    let last = secret[range.upperBound - 1]
    switch (first, last) {
    case (UInt8(ascii: "<"), UInt8(ascii: ">")), (UInt8(ascii: "["), UInt8(ascii: "]")),
      (UInt8(ascii: "{"), UInt8(ascii: "}")), (UInt8(ascii: "%"), UInt8(ascii: "%")),
      (UInt8(ascii: "@"), UInt8(ascii: "@")), (UInt8(ascii: "("), UInt8(ascii: ")")):
      return true
    case (UInt8(ascii: "$"), _):
      // `$NAME`, and not a password that begins with the sign.
      if secret[range].dropFirst().allSatisfy({ $0 == 0x5F || (0x41...0x5A).contains($0) }) {
        return true
      }
    default: break
    }
    var run = 1
    for place in range.dropFirst() {
      run = secret[place] == secret[place - 1] ? run + 1 : 1
      if run >= 6 { return true }
    }
    var found = false
    scan.forEachHit(in: secret, range) { _, _ in
      found = true
      return false
    }
    return found
  }
}
