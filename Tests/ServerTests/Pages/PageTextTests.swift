import Platform
import Records
import Support
import Testing

@testable import Server

@Suite("Texts of pages") struct PageTextTests {
  @Test("what is interpolated is escaped, pieces of pages are not")
  func html() {
    let inner: HTML = "<b>\("a<b>&\"'\u{202E}\u{0}")</b>"
    let outer: HTML = "<p title=\"\("\"")\">\(inner)\(3)</p>"
    #expect(
      outer.text == "<p title=\"&quot;\"><b>a&lt;b&gt;&amp;&quot;&#39;\u{FFFD}\u{FFFD}</b>3</p>")
  }

  @Test(
    "the language is the first of ours among those that a browser likes most",
    arguments: [
      (nil, Language.english), ("ko", .korean), ("ko-KR,ko;q=0.9,en-US;q=0.8", .korean),
      ("en-US,en;q=0.9,ko;q=0.8", .english), ("de,ko;q=0.3,en;q=0.7", .english), ("fr", .english),
      ("ko;q=0", .english), ("kok", .english),
    ] as [(String?, Language)])
  func language(header: String?, expected: Language) {
    #expect(Language(accepting: header) == expected)
  }

  @Test(
    "colours of terminals become classes; other sequences go",
    arguments: [
      ("plain <b>", "plain &lt;b&gt;"),
      ("\u{1B}[1;31mred\u{1B}[0m rest", "<span class=\"t1 tb\">red</span> rest"),
      ("\u{1B}[38;5;3mpalette\u{1B}[39m", "palette"),
      ("\u{1B}]0;title\u{07}text", "text"),
      ("\u{1B}[2K\u{1B}[1Gdone", "done"), ("cut \u{1B}[", "cut "), ("\u{1B}", ""),
    ])
  func terminal(text: String, expected: String) {
    #expect(TerminalText.html(text).text == expected)
  }

  @Test("a progress bar shows as it ended; streams that interrupt each other stay apart")
  func lines() {
    let pieces = [
      RunLog.Piece(stream: .output, bytes: Array("one\ntw".utf8)),
      RunLog.Piece(stream: .output, bytes: Array("o\n10%\r50%\r\n".utf8)),
      RunLog.Piece(stream: .error, bytes: Array("oops".utf8)),
    ]
    let lines = LogLine.lines(pieces, from: 100)
    #expect(
      lines.map { String(decoding: $0.bytes, as: UTF8.self) } == [
        "one", "two", "10%\r50%\r", "oops",
      ])
    #expect(lines.map(\.place) == [100, 104, 108, 117])
    #expect(lines.map(\.isOpen) == [false, false, false, true])
    #expect(lines[2].html.text == "<span data-at=\"108\">50%\n</span>")
    #expect(lines[3].html.text == "<span class=\"err\" data-at=\"117\">oops\n</span>")
  }

  @Test("two streams are read as one, as their events say, from any place")
  func timeline() throws {
    let world = try PageWorld()
    let run = try world.run("logs")
    try world.write("aaabb", to: "logs/stdout.txt", of: run)
    try world.write("XXYYY", to: "logs/stderr.txt", of: run)
    try world.write(
      """
      {"ms":0,"kind":"status","status":"RUNNING"}
      {"ms":0,"kind":"stream","name":"stdout","bytes":3}
      {"ms":60,"kind":"stream","name":"stderr","bytes":2}
      {"ms":70,"kind":"cell","cell":1}
      {"ms":120,"kind":"stream","name":"stdout","bytes":2}

      """, to: "document/events.jsonl", of: run)
    let log = RunLog(in: try #require(ArtifactFolder(of: run, in: world.store)))
    #expect(log.size == 10)
    let text = { (range: Range<Int64>) in
      try log.read(range).map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
    }
    for from in 0...Int64(10) {
      for to in from...10 {
        #expect(
          try text(from..<to) == String("aaaXXbbYYY".dropFirst(Int(from)).prefix(Int(to - from))))
      }
    }
  }

  @Test("a patch is counted by its lines, not by its heads")
  func diff() {
    let patch =
      "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n-old\n+new\n+<more>\n same\n"
    #expect(DiffText.counts(patch).added == 2)
    #expect(DiffText.counts(patch).removed == 1)
    #expect(DiffText.html(patch).text.contains("<span class=\"added\">+&lt;more&gt;\n</span>"))
  }

  @Test(
    "the command that plays a run again is what a shell would take",
    arguments: [
      ("plain", "plain"), ("a b", "'a b'"), ("it's", "'it'\\''s'"), ("", "''"), ("$(x)", "'$(x)'"),
    ])
  func quoting(word: String, expected: String) {
    #expect(PlayCommand.quoted(word) == expected)
  }

  @Test("a run is played with what was given, not with what was usual")
  func play() throws {
    let run = try PageWorld().run("one")
    let command = try #require(PlayCommand.text(run))
    #expect(command.hasPrefix("reprise run -e train -P lr=0.1 -P 'text=<script>"))
    #expect(!command.contains("depth="))
  }

  @Test("an event has its data line by line")
  func event() {
    #expect(RunEvents.event("log", "a\nb", id: "7") == "event: log\nid: 7\ndata: a\ndata: b\n\n")
  }

  @Test("lengths of time and numbers read as people write them")
  func numbers() {
    #expect(PageNumber.grouped(1_234_567) == "1,234,567")
    #expect(PageNumber.grouped(-12) == "−12")
    #expect(PageNumber.duration(from: .min, to: .max, .english).hasSuffix("h"))
    #expect(PageNumber.duration(245_000, .english) == "4 min 05 s")
    #expect(PageNumber.duration(245_000, .korean) == "4분 05초")
    #expect(PageNumber.metric(-0.5) == "−0.5")
    #expect(PageNumber.metric(-.infinity) == "−∞")
  }
}
