import Templates
import Testing

@Suite("Filters") struct FilterTests {
  @Test(
    "texts are changed as Jinja2 changes them",
    arguments: [
      ("title", "they're foo_bar-baz (qux)", "They're Foo_bar-Baz (Qux)"),
      ("upper", "straße ŉ", "STRASSE ʼN"), ("lower", "ΟΔΟΣ İ", "οδος i̇"),
      ("capitalize", "ǆABC", "ǅabc"), ("trim", " \u{2003}x\n", "x"),
      ("wordcount", "a b_c d-e", "4"),
      ("striptags", "<p>a &amp; <b>b</b><!-- c --> \n d", "a & b d"), ("reverse", "한글a", "a글한"),
      ("urlencode", "a b/ü&", "a%20b/%C3%BC%26"), ("int", " 0x1f", "0"), ("int", "4_2.7", "42"),
      ("float", "1e3", "1000.0"),
      ("tojson", "<'é😀\u{7F}>", "\"\\u003c\\u0027\\u00e9\\ud83d\\ude00\\u007f\\u003e\""),
      (
        "urlize", "see www.example.org.",
        "see <a href=\"https://www.example.org\" rel=\"noopener\">www.example.org</a>."
      ),
    ])
  func texts(name: String, text: String, wanted: String) throws {
    #expect(try Call.filter(name, .text(text)) == wanted)
  }

  @Test("a text is cut back to a word, within some leeway")
  func truncate() throws {
    let text = Value.text("foo bar baz qux")
    #expect(try Call.filter("truncate", text, .int(9)) == "foo...")
    #expect(try Call.filter("truncate", text, .int(9), .bool(true)) == "foo ba...")
    #expect(try Call.filter("truncate", text, .int(11)) == "foo bar baz qux")
    let failure = Call.failure { _ = try Call.filter("truncate", text, .int(2)) }
    #expect(failure == "AssertionError: expected length >= 3, got 2")
  }

  @Test("lines are broken at words, hyphens and, when they must, inside of words")
  func wrap() throws {
    #expect(
      try Call.filter("wordwrap", .text("well-known words\n\nabcdefghij"), .int(6))
        == "well-\nknown\nwords\n\nabcdef\nghij")
    let failure = Call.failure { _ = try Call.filter("wordwrap", .text("a"), .int(0)) }
    #expect(failure == "ValueError: invalid width 0 (must be > 0)")
  }

  @Test("numbers are rounded to even by their exact value")
  func round() throws {
    #expect(try Call.filter("round", .float(2.5)) == "2.0")
    #expect(try Call.filter("round", .float(2.675), .int(2)) == "2.67")
    #expect(try Call.filter("round", .int(1250), .int(-2)) == "1200")
    #expect(try Call.filter("round", .float(42.55), .int(1), .text("floor")) == "42.5")
  }

  @Test("sizes of files count in thousands, or in 1024")
  func sizes() throws {
    #expect(try Call.filter("filesizeformat", .int(1)) == "1 Byte")
    #expect(try Call.filter("filesizeformat", .int(1_500_000)) == "1.5 MB")
    #expect(try Call.filter("filesizeformat", .int(1_500_000), .bool(true)) == "1.4 MiB")
  }

  @Test("sorting folds case, is stable, and knows several attributes")
  func sort() throws {
    func person(_ name: String, _ age: Int) -> Value {
      .dict(DictBox([("name", .text(name)), ("age", .int(age))]))
    }
    let people = Value.list([person("bob", 3), person("Ann", 3), person("ann", 2)])
    #expect(
      try Call.filter("sort", people, named: [("attribute", .text("age,name"))])
        == "[{'name': 'ann', 'age': 2}, {'name': 'Ann', 'age': 3}, {'name': 'bob', 'age': 3}]")
    #expect(
      try Call.filter("groupby", people, .text("name"))
        == "[('Ann', [{'name': 'Ann', 'age': 3}, {'name': 'ann', 'age': 2}]), ('bob', [{'name': 'bob', 'age': 3}])]"
    )
    let failure = Call.failure { _ = try Call.filter("sort", .list([.int(1), .text("a")])) }
    #expect(failure == "TypeError: '<' not supported between instances of 'str' and 'int'")
  }

  @Test("lazy filters print as generators and do nothing before they are asked")
  func lazy() throws {
    let printed = try Call.filter("map", .list([.text("a")]), .text("no such filter"))
    #expect(printed.hasPrefix("<generator object sync_do_map at 0x"))
  }

  @Test("texts that are not safe are escaped where a safe one takes part")
  func markup() throws {
    let items = Value.list([.text("<a>"), .markup("<b>")])
    #expect(try Call.filter("join", items, .text("&"), autoescape: true) == "&lt;a&gt;&amp;<b>")
    #expect(try Call.filter("join", items, .text("&")) == "<a>&<b>")
    #expect(
      try Call.filter("format", .markup("<i>%s</i>"), .text("<x>")) == "<i>&lt;x&gt;</i>")
  }

  @Test("long values are laid out in 80 columns")
  func pprint() throws {
    let words = Value.list((1...12).map { .text("number \($0)") })
    let box = DictBox([("zeta", words), ("alpha", .int(1))])
    #expect(
      try Call.filter("pprint", .dict(box))
        == "{'alpha': 1,\n 'zeta': ["
        + (1...12).map { "'number \($0)'" }.joined(separator: ",\n          ")
        + "]}")
  }

  @Test("wrong arguments are told in CPython's words")
  func arguments() {
    #expect(
      Call.failure { _ = try Call.filter("upper", .text("a"), .int(1)) }
        == "TypeError: do_upper() takes 1 positional argument but 2 were given")
    #expect(
      Call.failure { _ = try Call.filter("replace", .text("a")) }
        == "TypeError: do_replace() missing 2 required positional arguments: 'old' and 'new'")
    #expect(
      Call.failure { _ = try Call.filter("sort", .list([]), named: [("by", .int(1))]) }
        == "TypeError: do_sort() got an unexpected keyword argument 'by'")
  }
}
