import Platform
import Testing

@Suite("Text on a terminal") struct TextWidthTests {
  @Test(
    "a character takes as many cells as terminals give it",
    arguments: [
      ("", 0), ("accuracy", 8), ("한국어", 6), ("데이터 v2", 9), ("日本", 4), ("ｆｕｌｌ", 8),
      ("\u{1112}\u{1161}\u{11AB}", 2), ("e\u{301}", 1), ("é", 1), ("\u{200B}", 0), ("🎉", 2),
      ("👩🏽‍🔬", 2), ("🇰🇷", 2), ("✔", 1), ("✔️", 2), ("…", 1), ("→", 1), ("α", 1), ("ﷺ", 1),
      ("a\u{7F}", 1),
      ("\u{FE19}", 2), ("﹅", 2), ("𠀀", 2), ("\u{20DD}", 0),
    ])
  func width(text: String, cells: Int) { #expect(textWidth(text) == cells) }

  @Test(
    "text is cut so that it never takes more than its width",
    arguments: [
      ("accuracy", 8, "accuracy"), ("accuracy", 7, "accura…"), ("accuracy", 1, "…"),
      ("accuracy", 0, ""),
      ("accuracy", -1, ""), ("한국어", 6, "한국어"), ("한국어", 5, "한국…"), ("한국어", 4, "한…"),
      ("한국어", 3, "한…"), ("한국어", 2, "…"), ("e\u{301}e\u{301}e", 2, "e\u{301}…"), ("", 0, ""),
    ])
  func cut(text: String, width: Int, expected: String) {
    #expect(fitted(text, to: width) == expected)
  }

  @Test(
    "text is filled up by cells, not by characters",
    arguments: [("a", 3, "a  "), ("한", 3, "한 "), ("한국", 3, "한국"), ("", 2, "  "), ("abc", 0, "abc")])
  func filled(text: String, width: Int, expected: String) {
    #expect(padded(text, to: width) == expected)
  }

  @Test(
    "nothing in a text breaks a line or speaks to the terminal",
    arguments: [
      ("plain 한", "plain 한"), ("a\nb", "a\\nb"), ("a\r\nb", "a\\r\\nb"), ("\t", "\\t"),
      ("\u{1B}[31mred", "\\u{1B}[31mred"), ("\u{0}", "\\u{0}"), ("\u{9B}2J", "\\u{9B}2J"),
      ("\u{2028}", "\u{2028}"),
    ])
  func oneLine(text: String, expected: String) { #expect(singleLine(text) == expected) }

  @Test(
    "a number is told in six digits at the most",
    arguments: [
      (0, "0"), (-0.0, "-0"), (1, "1"), (0.1, "0.1"), (1.0 / 3, "0.333333"), (123_456.7, "123457"),
      (1_234_567, "1.23457e+06"), (1e-5, "1e-05"), (0.0001, "0.0001"), (99_999.95, "99999.9"),
      (.infinity, "inf"), (-.infinity, "-inf"), (.nan, "nan"), (1e300, "1e+300"),
      (0.9714285714, "0.971429"),
    ])
  func short(value: Double, expected: String) { #expect(shortNumber(value) == expected) }
}
