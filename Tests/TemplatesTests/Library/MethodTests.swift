import Templates
import Testing

@Suite("Methods of builtin values") struct MethodTests {
  @Test("texts count code points, not what is seen")
  func codePoints() throws {
    #expect(try Call.method("find", .text("e\u{301}x"), .text("x")) == "2")
    #expect(try Call.method("center", .text("é"), .int(4), .text("한")) == "한é한한")
    #expect(try Call.method("count", .text("é"), .text("e\u{301}")) == "0")
  }

  @Test("splitting knows white space, separators and limits")
  func splitting() throws {
    #expect(try Call.method("split", .text(" a\u{3000}b\tc "), .none, .int(1)) == "['a', 'b\\tc ']")
    #expect(try Call.method("rsplit", .text("a,b,c"), .text(","), .int(1)) == "['a,b', 'c']")
    #expect(try Call.method("splitlines", .text("a\r\nb\u{2028}c\n")) == "['a', 'b', 'c']")
    #expect(try Call.method("partition", .text("a=b=c"), .text("=")) == "('a', '=', 'b=c')")
  }

  @Test("wrong arguments are told in CPython's words")
  func arguments() {
    #expect(
      Call.failure { _ = try Call.method("upper", .text("a"), .int(1)) }
        == "TypeError: str.upper() takes no arguments (1 given)")
    #expect(
      Call.failure { _ = try Call.method("replace", .text("a"), .text("a")) }
        == "TypeError: replace expected at least 2 arguments, got 1")
    #expect(
      Call.failure { _ = try Call.method("startswith", .text("a"), .int(1)) }
        == "TypeError: startswith first arg must be str or a tuple of str, not int")
    #expect(
      Call.failure { _ = try Call.method("pop", .list([.int(1)]), .int(5)) }
        == "IndexError: pop index out of range")
  }

  @Test(
    "formatting fills fields as CPython does",
    arguments: [
      ("{:>9,.2f}|", " 1,234.50|"), ("{0!r:^7}", "1234.5 "),
    ])
  func format(template: String, wanted: String) throws {
    #expect(try Call.method("format", .text(template), .float(1234.5)) == wanted)
  }

  @Test("integers of any size have their bits counted")
  func integers() throws {
    #expect(try Call.method("bit_length", .int(255)) == "8")
    #expect(try Call.method("hex", .float(5.5)) == "0x1.6000000000000p+2")
    #expect(try Call.method("is_integer", .float(3)) == "True")
  }

  @Test("what would fill the memory is refused, clearly")
  func hostile() {
    let wide = Value.int(1_000_000_000_000_000_000)
    for name: Text in ["center", "ljust", "rjust", "zfill", "expandtabs"] {
      let failure = Call.failure { _ = try Call.method(name, .text("a\tb"), wide) }
      #expect(failure.hasPrefix("LimitExceeded: ") || failure.hasPrefix("OverflowError: "))
    }
    let format = Call.failure { _ = try Call.method("format", .text("{:999999999999}"), .int(1)) }
    #expect(format.hasPrefix("LimitExceeded: "))
    let long = Value.text(String(repeating: "a", count: 1 << 20))
    let replace = Call.failure { _ = try Call.method("replace", long, .text(""), long) }
    #expect(replace.hasPrefix("LimitExceeded: "))
    let render = Call.render()
    let percent = Call.failure {
      _ = try Arithmetic.apply(.modulo, .text("%2000000000d"), .int(1), render)
    }
    #expect(percent.hasPrefix("LimitExceeded: "))
    let digits = Call.failure {
      _ = try Arithmetic.apply(.modulo, .text("%.99999999f"), .float(1), render)
    }
    #expect(digits.hasPrefix("LimitExceeded: "))
    let lipsum = Call.failure {
      _ = try Call.filter("batch", .list([.int(1)]), .int(1 << 40), .int(0))
      _ = try render.items(
        render.apply(filter: "batch", to: .list([.int(1)]), Arguments([.int(1 << 40), .int(0)])))
    }
    #expect(lipsum.hasPrefix("LimitExceeded: "))
  }
}
