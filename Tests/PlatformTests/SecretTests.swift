import Platform
import Testing

@Suite("Secrets") struct SecretTests {
  @Test("scrypt gives the values of RFC 7914, section 12")
  func rfc() throws {
    let first = try Scrypt(password: "password", salt: "NaCl", n: 1024, r: 8, p: 16)
    #expect(
      first.text == """
        scrypt:1024:8:16$NaCl$\
        fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162\
        2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640
        """)
    let second = try Scrypt(
      password: "pleaseletmein", salt: "SodiumChloride", n: 16384, r: 8, p: 1)
    #expect(
      second.text == """
        scrypt:16384:8:1$SodiumChloride$\
        7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2\
        d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887
        """)
  }

  @Test("a password is known again, and no other is", arguments: ["p", "longer one", "비밀번호"])
  func passwords(_ password: String) throws {
    let stored = try Scrypt(password: password, salt: "salt", n: 16, r: 1, p: 1)
    let read = try #require(Scrypt(parsing: stored.text))
    #expect(read == stored)
    #expect(try read.matches(password))
    #expect(try !read.matches(password + "x"))
    #expect(try !read.matches("\0" + password))
  }

  @Test(
    "what is no stored password is refused, also one that asks for much",
    arguments: [
      "", "scrypt", "scrypt:16:1:1$salt", "scrypt:16:1:1$salt$", "scrypt:16:1:1$salt$zz",
      "pbkdf2:sha256:600000$salt$00", "scrypt:15:1:1$s$" + String(repeating: "0", count: 64),
      "scrypt:1048576:64:1$s$" + String(repeating: "0", count: 64),
      "scrypt:18446744073709551615:8:1$s$" + String(repeating: "0", count: 64),
      "scrypt:16:1:1$s$" + String(repeating: "+", count: 64),
    ])
  func refused(_ text: String) { #expect(Scrypt(parsing: text) == nil) }

  @Test("random texts have their length, their letters, and are never the same")
  func texts() throws {
    let texts = try (0..<200).map { _ in try Secret.text(43) }
    #expect(Set(texts).count == 200)
    #expect(
      texts.allSatisfy {
        $0.utf8.count == 43 && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
      })
    #expect(Set(texts.joined()).count == 62)
  }

  @Test("secrets are equal byte for byte")
  func equal() {
    #expect(Secret.equal([], []))
    #expect(Secret.equal([1, 2], [1, 2]))
    #expect(!Secret.equal([1, 2], [1, 3]))
    #expect(!Secret.equal([1, 2], [1, 2, 3]))
  }
}
