import Foundation
import Platform
import SystemPackage
import Testing

@testable import Notebooks

@Suite("Tokens of Swift") struct SwiftLexerTests {
  private func tokens(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    return SwiftLexer.tokens(of: bytes).map {
      "\($0.kind)(\(String(decoding: bytes[$0.range], as: UTF8.self)))"
    }
  }

  @Test(
    "literals of text are one token, whatever is in them",
    arguments: [
      #""plain""#, #""a \" b""#, #""\(f("x", (1, "y")))""#, #""\(a ? "b" : "\(c)")""#,
      ##"#"a " \(b) c"#"##, ##"#"\#(f(")"))"#"##, "\"\"\"\n// %% in a text\n\"quoted\"\n\"\"\"",
      "#\"\"\"\n\\(no) \"\"\" {\n\"\"\"#", "#/[a-z\"{]+/#", #""\\""#, "\"\\(\"\"\"\na)\n\"\"\")\"",
    ])
  func strings(text: String) {
    let found = tokens("(" + text + ")")
    #expect(found == ["symbol(()", "string(\(text))", "symbol())"])
  }

  @Test("comments lie in one another, and end with their line or not at all")
  func comments() {
    #expect(
      tokens("a // b { \"\nc") == ["word(a)", "comment(// b { \")", "newline(\n)", "word(c)"])
    #expect(tokens("/* a /* b */ { */ c") == ["comment(/* a /* b */ { */)", "word(c)"])
    #expect(tokens("/* open {") == ["comment(/* open {)"])
  }

  @Test("what is not closed ends with its line, or with the text")
  func open() {
    #expect(tokens("\"abc\n}") == ["string(\"abc)", "newline(\n)", "symbol(})"])
    #expect(tokens("\"\"\"abc\n}") == ["string(\"\"\"abc\n})"])
    #expect(tokens("\"\\") == ["string(\"\\)"])
    #expect(tokens("`x y` #if") == ["word(`x y`)", "word(#if)"])
  }

  @Test("in every source of this program what is opened is closed again, and nothing is lost")
  func ownSources() throws {
    let root = FilePath(#filePath).removingLastComponent().removingLastComponent()
      .removingLastComponent().removingLastComponent()
    var count = 0
    for folder in ["Sources", "Tests"] {
      let walk = FileManager.default.enumerator(atPath: root.appending(folder).string)
      while let name = walk?.nextObject() as? String {
        guard name.hasSuffix(".swift") else { continue }
        let bytes = try FileSystem.read(root.appending(folder).pushing(FilePath(name)))
        var depth = 0
        var place = 0
        for token in SwiftLexer.tokens(of: bytes) {
          #expect(token.range.lowerBound >= place, "\(name)")
          place = token.range.upperBound
          guard token.kind == .symbol else { continue }
          switch bytes[token.range.lowerBound] {
          case UInt8(ascii: "{"): depth += 1
          case UInt8(ascii: "}"): depth -= 1
          default: break
          }
        }
        #expect(depth == 0, "\(name)")
        count += 1
      }
    }
    #expect(count > 1000)
  }
}
