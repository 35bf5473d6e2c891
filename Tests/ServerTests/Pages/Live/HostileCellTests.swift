import Formats
import HTTPTypes
import Platform
import Records
import SystemPackage
import Testing

@testable import Server

/// What a run shows is foreign, and so is all that its files say.
@Suite("Cells that mean harm") struct HostileCellTests {
  private static let markups = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>",
    "<a href=\"javascript:alert(1)\">x</a>", "<svg onload=alert(1)>",
    "<iframe srcdoc=\"<script>alert(1)</script>\">", "<style>*{background:url(//evil)}</style>",
    "</div></section><script>alert(1)</script>", "<base href=//evil><form action=//evil>",
    "<div style=\"background:url(javascript:alert(1))\" onclick=alert(1)>x</div>",
  ]

  /// The tags in a page's cells, and the values of attributes that lead somewhere.
  private func check(_ html: String) {
    for match in html.matches(of: #/<[^>]*>/#) {
      let tag = String(match.output)
      // Values in quotes are text.
      let bare = tag.replacing(#/"[^"]*"/#, with: "\"\"")
      #expect(
        bare.firstRange(
          of:
            #/(?i)^<(script|style|iframe|svg(?! class=\"\"|>)|base|form(?! )|object|embed)|\son[a-z]+=|\sstyle=/#
        )
          == nil, "\(tag)")
      #expect(tag.firstRange(of: #/(?i)(href|src)="\s*(javascript:|\/\/)/#) == nil, "\(tag)")
    }
  }

  private func cells(_ page: String) throws -> String {
    let rest = try #require(page.components(separatedBy: "<section id=\"cells\"").last)
    return try #require(rest.components(separatedBy: "</section>\n<section").first)
  }

  @Test(
    "markup in outputs, errors, names, source and streams is text or harmless", arguments: markups)
  func markup(markup: String) async throws {
    let world = try CellWorld(
      "# %% \(markup)\n'\(markup)'\n# %% [markdown]\n# \(markup)\n# %%\n2\n")
    var reader = world.reader
    try world.cell(1)
    try world.say(markup + "\n")
    try world.say("\u{1B}[31\(markup)m\u{1B}]0;\(markup)\u{07}\(markup)\n", "stderr")
    for type in ["text/html", "text/plain", "text/markdown", "text/latex", "application/json"] {
      try world.show([JSONMember(type, markup)])
    }
    try world.show([
      JSONMember("image/png", "AAAA\" onerror=\"alert(1)"), JSONMember("text/plain", markup),
    ])
    let error: JSONValue = [
      "output_type": "error", "ename": .string(markup), "evalue": .string(markup),
      "traceback": .array([.string(markup)]),
    ]
    try world.event(#""kind":"output","cell":1,"output":\#(error.text())"#)
    for cell in try await reader.cells() {
      for part in cell["parts"]?.array ?? [] { check(part.array?[1].string ?? "") }
      check(cell["bar"]?.string ?? "")
      check(cell["more"]?.string ?? "")
    }
    check(try cells(try await world.world.page("/runs/\(world.run.id)?lang=en")))
  }

  @Test("an event of markup is one event, whatever lines it has")
  func framing() async throws {
    let world = try CellWorld("# %%\n1\n# %%\n2\n")
    var reader = world.reader
    try world.cell(1)
    try world.say("a\n\nevent: end\ndata: {}\n\n")
    try world.show(["text/html": "<b>x</b>\n\nevent: end\ndata: {}\n\n"])
    let text = try #require(try await reader.next())
    #expect(!text.components(separatedBy: "\n\n").contains { $0.hasPrefix("event: end") })
  }

  @Test("pictures are sent as pictures, on which nothing runs, and nothing else is")
  func pictures() async throws {
    let world = try CellWorld("# %%\n1\n# %%\n2\n")
    try world.cell(1)
    try world.show(["image/svg+xml": "<svg onload='alert(1)'><script>alert(1)</script></svg>"])
    try world.show(["image/png": "iVBORw0KGgo="])
    try world.show(["text/html": "<b>x</b><script>alert(1)</script>"])
    let page = try await world.world.page("/runs/\(world.run.id)")
    let places = page.matches(of: #/src="(\/runs\/\w+\/shown\?at=\d+-\d+)"/#).map {
      String($0.output.1)
    }
    #expect(places.count == 2)
    let svg = try #require(try await world.world.answer(places[0]))
    #expect(svg.headers[.contentType] == "image/svg+xml")
    #expect(svg.headers[.contentSecurityPolicy]?.contains("sandbox; default-src 'none'") == true)
    #expect(svg.headers[.xContentTypeOptions] == "nosniff")
    let png = try #require(try await world.world.answer(places[1]))
    #expect(png.headers[.contentType] == "image/png")
    guard case .bytes(let bytes) = png.body else { throw Failure(.bug, "no bytes") }
    #expect(bytes == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    // Only where an event begins is one.
    for place in ["", "0-1", "1-9", "9-1", "-1-5", "0-99999999999", "x-y", "0-5-9"] {
      #expect(try await world.world.answer("/runs/\(world.run.id)/shown?at=\(place)") == nil)
    }
    let start = try #require(places[1].firstMatch(of: #/at=(\d+)-(\d+)/#))
    let other = "\((Int(start.output.1) ?? 0) + 1)-\(start.output.2)"
    #expect(try await world.world.answer("/runs/\(world.run.id)/shown?at=\(other)") == nil)
  }

  @Test("a source that lies elsewhere is not read, and events that make no sense change nothing")
  func files() async throws {
    for (command, script) in [
      ("python x", "../../../../../../../../etc/passwd"), ("python x", "/etc/passwd"),
      ("notebook: ../../../../etc/passwd", ""), ("notebook: \0", "\\u0000"),
    ] {
      let world = try PageWorld()
      let run = try world.store.start(
        NewRun(name: "h", startTime: 1_700_000_000_000, command: command))
      try world.write(
        #"{"ms":1,"kind":"status","status":"RUNNING","script":"\#(script)"}"# + "\n"
          + #"{"ms":1,"kind":"cell","cell":-9223372036854775808}"# + "\n"
          + #"{"ms":9223372036854775807,"kind":"cell","cell":0}"# + "\n"
          + #"{"ms":1,"kind":"stream","name":"stdout","bytes":9223372036854775807}"# + "\n"
          + #"{"ms":1,"kind":"output","cell":0,"place":-9223372036854775808,"output":{"output_type":"x"}}"#
          + "\n" + #"{"ms":1,"kind":"display","data":{"text/plain":"seen"}}"# + "\n",
        to: "document/events.jsonl", of: run)
      try world.store.finish(run.id, RunEnding(status: .finished, endTime: .min))
      let page = try await world.page("/runs/\(run.id)?lang=en")
      #expect(!page.contains("root:"))
      #expect(page.contains("seen"))
    }
  }
}

/// A member of a bundle.
private func JSONMember(_ key: String, _ value: String) -> JSONValue.Member {
  .init(key, .string(value))
}

extension CellWorld {
  fileprivate func show(_ members: [JSONValue.Member]) throws { try show(.object(members)) }
}
