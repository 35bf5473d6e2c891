import Testing

@testable import Server

@Suite("Foreign markup") struct SafeMarkupTests {
  @Test(
    "what lays out text stays, closed where it was left open",
    arguments: [
      (
        "<table border=\"1\" class=\"dataframe\"><tr><th>a</th><td colspan=2>1</td></tr></table>",
        "<table><tr><th>a</th><td colspan=\"2\">1</td></tr></table>"
      ),
      ("a < b & c &amp; d &#955;", "a &lt; b &amp; c &amp; d &#955;"), ("<b>x", "<b>x</b>"),
      ("<p>x</p></div>", "<p>x</p>"), ("<i><b>x</i>y</b>", "<i><b>x</b></i>y"),
      (
        "<a href=\"https://a.b/?c&d\">x</a>",
        "<a href=\"https://a.b/?c&amp;d\" rel=\"noopener noreferrer\">x</a>"
      ),
      (
        "<IMG SRC=\"data:image/png;base64,AA==\" alt='q\"q'>",
        "<img src=\"data:image/png;base64,AA==\" alt=\"q&quot;q\">"
      ),
      ("x<!-- <b> -->y", "xy"), ("<br/>x", "<br>x"),
    ])
  func kept(markup: String, expected: String) { #expect(SafeMarkup(markup).html.text == expected) }

  @Test(
    "nothing that could do something stays",
    arguments: [
      "<script>alert(1)</script>", "<SCRIPT SRC=//evil></SCRIPT>x", "<img src=x onerror=alert(1)>",
      "<a href=\"javascript:alert(1)\">x</a>", "<a href=\" javascript:alert(1)\">x</a>",
      "<a href=\"java\tscript:alert(1)\">x</a>", "<a href=\"&#106;avascript:alert(1)\">x</a>",
      "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>",
      "<iframe srcdoc=\"<script>alert(1)</script>\">",
      "<math><mi xlink:href=\"javascript:alert(1)\">", "<style>*{background:url(//evil)}</style>",
      "<div style=\"background:url(javascript:alert(1))\" onclick=alert(1)>x</div>",
      "<form action=//evil><input name=a></form>", "<<script>alert(1)//<</script>",
      "<scr<script>ipt>alert(1)</script>",
      "<img src=\"data:image/svg+xml,<svg onload=alert(1)>\">",
      "<table><script>alert(1)</script></table>",
      "<template><b onclick=alert(1)></template>", "<a href='//evil'>x</a>", "<base href=//evil>",
      "<b/onclick=alert(1)>x</b>",
      "<p title=\"><script>alert(1)</script>\">x</p>", "<xmp><script>alert(1)</script></xmp>",
      "<object data=x>", "<b x='\"><img src=x onerror=alert(1)>",
    ])
  func dropped(markup: String) {
    let text = SafeMarkup(markup).html.text
    // Between tags and in values nothing but text is left.
    let tags = text.matches(of: #/<[^>]*>/#).map { String($0.output) }
    for tag in tags {
      // A value in quotes is text; where it leads to is another matter.
      let bare = tag.replacing(#/"[^"]*"/#, with: "\"\"")
      #expect(bare.firstRange(of: #/ on[a-z]+=|style|script/#) == nil, "\(tag)")
      #expect(
        tag.firstRange(of: #/(href|src)="\s*(javascript:|\/\/|data:(?!image\/[a-z+]+;base64,))/#)
          == nil, "\(tag)")
    }
  }

  @Test("any bytes, and any depth, come to an end")
  func any() {
    for seed in 0..<300 {
      var random = SeededNumbers(UInt64(seed))
      let letters = Array("<>/=\"' abtrp&;!-\n")
      let text = String((0..<200).map { _ in letters[Int(random.next() % UInt64(letters.count))] })
      let html = SafeMarkup(text).html.text
      #expect(html.firstRange(of: #/<(?!\/?[a-z0-9]+[ >])/#) == nil)
    }
    #expect(
      SafeMarkup(String(repeating: "<div>", count: 50_000) + "x").html.text.hasSuffix("</div>"))
  }

  /// Numbers that are the same in every run (SplitMix64).
  private struct SeededNumbers {
    var state: UInt64
    init(_ seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }
}
