import Checks
import Patterns
import Testing

@Suite("What is said of a secret") struct SecretMatchTests {
  @Test(
    "the middle is hidden, and short ones are hidden as a whole",
    arguments: [
      ("abcdefghijklmnop", "abcd**********op"), ("short", "*****"),
      ("fifteen-letters", "***************"),
      (
        "0123456789abcdef0123456789abcdef0123456789abcdef",
        "0123" + String(repeating: "*", count: 32) + "ef"
      ),
      ("가나다라마바사아자차카타파하abcd", "가나다라************cd"),
    ]) func mask(secret: String, expected: String)
  {
    #expect(SecretMatch.mask(Array(secret.utf8)) == expected)
  }

  @Test("a line is shown with its secrets hidden")
  func lines() {
    let text = Array("a = 'abcdefghijklmnop' # abc\nnext".utf8)
    let shown = SecretMatch.text(of: 0..<28, in: text, hiding: [5..<21])
    #expect(shown == "a = 'abcd**********op' # abc")
    #expect(SecretMatch.text(of: 0..<9, in: text, hiding: [5..<21]) == "a = '****")
  }

  @Test("a fingerprint depends on the salt, the rule and the secret, and on where they end")
  func fingerprint() {
    func print(_ salt: String, _ rule: String, _ secret: String) -> String {
      SecretMatch.fingerprint(salt: salt, rule: rule, secret: Array(secret.utf8))
    }
    #expect(print("s", "secret.jwt", "abc") == print("s", "secret.jwt", "abc"))
    #expect(print("s", "secret.jwt", "abc").count == 16)
    let all = [
      print("s", "secret.jwt", "abc"), print("t", "secret.jwt", "abc"),
      print("s", "secret.jw", "tabc"), print("s", "secret.jwt", "abd"),
    ]
    #expect(Set(all).count == 4)
  }

  @Test("checksums of tokens as GitHub writes them")
  func checksum() {
    // CRC-32 of these thirty letters is that of zlib, written in base 62.
    let body = Array("zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ".utf8)
    #expect(String(decoding: SecretChecksum.ending(of: body[...]), as: UTF8.self) == "0mLq17")
  }
}
