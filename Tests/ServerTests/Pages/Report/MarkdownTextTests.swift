import Testing

@testable import Server

@Suite("Markdown") struct MarkdownTextTests {
  private func html(_ text: String) -> String {
    MarkdownText(text).html.text.replacing("\n", with: "")
  }

  @Test(
    "reads what most texts use",
    arguments: [
      (
        "a *b* **c** `d*` ~~e~~",
        "<p>a <em>b</em> <strong>c</strong> <code>d*</code> <del>e</del></p>"
      ),
      ("snake_case_name and _this_", "<p>snake_case_name and <em>this</em></p>"),
      ("one\ntwo\n\nthree", "<p>onetwo</p><p>three</p>"),
      ("- a\n- b\n  - c", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>"),
      ("3. a\n4. b", "<ol start=\"3\"><li>a</li><li>b</li></ol>"),
      ("> q\n> r", "<blockquote><p>qr</p></blockquote>"),
      ("---", "<hr>"), ("2 * 3 * 4", "<p>2 * 3 * 4</p>"), ("a\\*b\\*", "<p>a*b*</p>"),
      (
        "[x](https://a.b) https://c.d.",
        "<p><a href=\"https://a.b\" rel=\"noopener noreferrer\">x</a> <a href=\"https://c.d\" rel=\"noopener noreferrer\">https://c.d</a>.</p>"
      ),
      ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
      ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
      (
        "![p](https://evil/x.png)",
        "<p>!<a href=\"https://evil/x.png\" rel=\"noopener noreferrer\">p</a></p>"
      ),
      ("```\n<b>\n```", "<pre tabindex=\"0\">&lt;b&gt;</pre>"),
      (
        "|a|b|\n|-|-:|\n|1|2|",
        "<div class=\"sheet\" tabindex=\"0\"><table><thead><tr><th>a</th><th class=\"number\">b</th></tr></thead><tbody><tr><td>1</td><td class=\"number\">2</td></tr></tbody></table></div>"
      ),
      ("한글 **굵게**", "<p>한글 <strong>굵게</strong></p>"),
    ])
  func reads(text: String, expected: String) { #expect(html(text) == expected) }

  @Test(
    "a text that is all signs comes to an end soon",
    arguments: ["[", "*", "_", "`", "![", "> ", "- ", "**a", "(", "<", "|"])
  func signs(sign: String) {
    let text = String(repeating: sign, count: 20_000)
    #expect(!html(text).contains("<script"))
    #expect(!html(String(repeating: sign + "\n", count: 2000)).contains("<script"))
  }
}
