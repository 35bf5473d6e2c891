import Testing

@testable import Notebooks

@Suite("Texts that move back in their lines") struct TerminalTextTests {
  @Test(
    "are shown as a terminal does",
    arguments: [
      ("plain\ntext", "plain\ntext"), ("a\rb", "b"), ("a\r\n", "a\r\n"), ("a\rb\r\nc\rd", "b\r\nd"),
      ("a\r", "a\r"), ("a\r\rb", "b"), ("ab\u{8}c", "ac"), ("\u{8}a", "\u{8}a"),
      ("x\n\u{8}y", "x\n\u{8}y"), ("10%\r50%\r100%\n", "100%\n"), ("한\u{8}글", "글"),
    ]) func folded(text: String, shown: String)
  {
    #expect(TerminalText.folded(text) == shown)
  }
}
