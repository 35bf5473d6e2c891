import Formats
import Support
import Testing

/// Our `str.format`, `shlex.quote`, `repr` and number reading against CPython's own.
@Suite("Texts as CPython makes them") struct ProjectsPythonInterop {
  private static let values = [
    "alpha": "0.5", "max-depth": "'a b'", "x": "it's \"é\"\t", "empty": "",
  ]

  @Test("str.format gives the same text or the same error") func formats() throws {
    var random = SeededRandom(seed: 5)
    let cases = Self.chosenFormats + (0..<6000).map { _ in Self.format(&random) }
    let answer = """
      values = {"alpha": "0.5", "max-depth": "'a b'", "x": "it's \\"é\\"\\t", "empty": ""}

      def answer(case):
          try:
              return {"text": case.format(**values)}
          except KeyError as error:
              return {"error": "KeyError", "message": error.args[0]}
      """
    let answers = try Peer.ask(answer, about: cases.map { .string($0) })
    for (format, answer) in zip(cases, answers) {
      do throws(PythonFormatError) {
        let text = try PythonFormat.text(format) { Self.values[$0] }
        #expect(text == answer["text"]?.string, "\(format.debugDescription): \(answer.text())")
      } catch {
        if error.kind == .unsupported {
          // Attributes of a text: CPython knows some, and neither makes sense in a command.
          let theirs = answer["text"]?.string ?? answer["error"]?.string ?? ""
          #expect(
            theirs.contains("<") || theirs == "AttributeError" || theirs == "MemoryError"
              || theirs == "ValueError" || theirs == "TypeError",
            "\(format.debugDescription): \(answer.text())")
          continue
        }
        #expect(
          error.kind.rawValue == answer["error"]?.string,
          "\(format.debugDescription): \(error.message) / \(answer.text())")
        if error.message != "Invalid format specifier" {
          #expect(error.message == answer["message"]?.string, "\(format.debugDescription)")
        }
      }
    }
  }

  @Test("shlex.quote and repr of texts") func texts() throws {
    var random = SeededRandom(seed: 6)
    let cases = (0..<3000).map { _ in Self.text(&random) }
    let answer = """
      import shlex

      def answer(case):
          return {"quoted": shlex.quote(case), "repr": repr(case), "ascii": ascii(case)}
      """
    let answers = try Peer.ask(answer, about: cases.map { .string($0) })
    for (text, answer) in zip(cases, answers) {
      #expect(ShellWord.quoted(text) == answer["quoted"]?.string)
      #expect(PythonText.repr(text) == answer["repr"]?.string)
      #expect(PythonText.repr(text, asciiOnly: true) == answer["ascii"]?.string)
    }
  }

  @Test("every character is printable where CPython says so") func printable() throws {
    let planes: [ClosedRange<UInt32>] = [
      0...0xD7FF, 0xE000...0x1FFFF, 0x2FFF0...0x30010, 0xE0000...0xE0200,
    ]
    let scalars = planes.joined().compactMap(Unicode.Scalar.init)
    let answer = """
      def answer(case):
          return [chr(c).isprintable() for c in range(case[0], case[0] + case[1])]
      """
    var expected: [UInt32: Bool] = [:]
    for plane in planes {
      let case0: JSONValue = .array([.int(Int64(plane.lowerBound)), .int(Int64(plane.count))])
      let flags = try #require(try Peer.ask(answer, about: [case0]).first?.array)
      for (offset, flag) in flags.enumerated() {
        expected[plane.lowerBound + UInt32(offset)] = flag.bool
      }
    }
    let wrong = scalars.filter {
      $0.value > 0x7F && (PythonText.repr(String($0)) == "'\($0)'") != expected[$0.value]
    }
    #expect(wrong.map { String($0.value, radix: 16) } == [])
  }

  @Test("repr of floats") func floats() throws {
    var random = SeededRandom(seed: 7)
    var values: [Double] = [
      0.1, 1e16, 1e15, 9_999_999_999_999_998, 1e-4, 1e-5, .leastNonzeroMagnitude,
      .greatestFiniteMagnitude, -0.0, 123456789.123456789,
      .leastNormalMagnitude, 1e22, 1e23, 2 / 3,
    ]
    for _ in 0..<3000 {
      let value = Double(bitPattern: random.next())
      if value.isFinite { values.append(value) }
      values.append(Double(Int64(truncatingIfNeeded: random.next()) >> 20) / 1000)
    }
    let answer = """
      import struct

      def answer(case):
          return repr(struct.unpack(">d", bytes.fromhex(case))[0])
      """
    let answers = try Peer.ask(
      answer, about: values.map { .string(Self.hex($0.bitPattern)) })
    for (value, answer) in zip(values, answers) { #expect(PythonText.repr(value) == answer.string) }
  }

  @Test("int() and float() take the same texts") func numbers() throws {
    var random = SeededRandom(seed: 8)
    let cases = (0..<5000).map { _ in
      let alphabet = Array("0011299__+-..eE  infatyINF٣\u{A0}\u{1C}x".unicodeScalars)
      var text = ""
      for _ in 0..<(1 + random.next() % 8) { text.unicodeScalars.append(random.pick(alphabet)) }
      return text
    }
    let answer = """
      def valid(kind, text):
          try:
              return repr(kind(text))
          except ValueError:
              return None

      def answer(case):
          return [valid(int, case), valid(float, case)]
      """
    let answers = try Peer.ask(answer, about: cases.map { .string($0) })
    for (text, answer) in zip(cases, answers) {
      let theirs = try #require(answer.array)
      #expect(PythonNumber.isInteger(text) == (theirs[0] != .null), "int(\(text.debugDescription))")
      let ours = PythonNumber.float(text).map { PythonText.repr($0) }
      #expect(
        ours?.replacing("-nan", with: "nan") == theirs[1].string, "float(\(text.debugDescription))")
    }
  }

  private static func hex(_ bits: UInt64) -> String {
    let digits = String(bits, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  private static let chosenFormats = [
    "python train.py --alpha {alpha} --depth {max-depth}", "{{alpha}}", "{alpha!r}", "{x!a}",
    "{x!s:>30}", "{}",
    "{0}", "{0}{}", "{}{0}", "{missing}", "{alpha", "alpha}", "{", "}", "{{", "}}", "{{}", "{}}",
    "{alpha!}",
    "{alpha!rr}", "{alpha!x}", "{alpha:>10}", "{alpha:*^9s}", "{alpha:.2}", "{alpha:5.1}",
    "{alpha:05}", "{alpha:d}",
    "{alpha:+}", "{alpha: }", "{alpha:z}", "{alpha:#}", "{alpha:=5}", "{alpha:,}", "{alpha:_}",
    "{alpha:,_}",
    "{alpha:_,}", "{alpha:5.}", "{alpha:99999999999999999999}", "{alpha:abc}", "{alpha:{x}}",
    "{alpha:{max-depth}}",
    "{alpha:{empty}}", "{alpha:{alpha:{alpha}}}", "{alpha[0]}", "{alpha[9]}", "{alpha[-1]}",
    "{alpha[x]}", "{alpha[]}",
    "{alpha[0}", "{alpha[0]x}", "{alpha[0][0]}", "{alpha.}", "{alpha.upper}", "{alpha.nothing}",
    "{alpha[0].x}",
    "{ alpha }", "{alpha }", "{{{alpha}}}", "awk '{print $1}'", "{alpha:{{}}}", "{alpha!r:{}}",
    "{alpha:é>9}",
    "{alpha:\u{663}}", "{[0]}", "{.x}", "{alpha!\n}", "{alpha:\n}", "{99999999999999999999}",
    "{alpha[99999999999999999999]}",
  ]

  private static func format(_ random: inout SeededRandom) -> String {
    let parts = [
      "{", "}", "{{", "}}", "{alpha}", "{max-depth", "{x", "!r", "!s", "!a", "!", ":", ">", "<",
      "^", "=", "10", "0", "5",
      ".2", ".", "s", "d", ",", "_", "+", " ", "#", "z", "[0]", "[", "]", "[x]", ".a", "text ", "é",
      "-", "{empty", "{}",
    ]
    return (0..<(1 + random.next() % 7)).map { _ in random.pick(parts) }.joined()
  }

  private static func text(_ random: inout SeededRandom) -> String {
    let scalars = Array(
      "abz09_@%+=:,./- '\"\\\n\r\t\u{1}\u{7F}\u{85}\u{A0}\u{AD}é日😀\u{301}\u{200B}\u{2028}\u{E000}\u{378}*$`!~#&"
        .unicodeScalars)
    var text = ""
    for _ in 0..<(random.next() % 9) { text.unicodeScalars.append(random.pick(scalars)) }
    return text
  }
}
