import HTTPTypes
import Platform
import Records
import Testing

@testable import Server

@Suite("Pages") struct PageTests {
  /// The addresses of all kinds of pages of a world with two runs.
  private static func addresses(_ world: PageWorld) throws -> [String] {
    let first = try world.run(PageWorld.hostile)
    let second = try world.run("second", status: .failed, loss: [0.5, 0.4])
    try world.write("out\n\u{1B}[31mred\u{1B}[0m <b>\n", to: "logs/stdout.txt", of: first)
    try world.write(PageWorld.hostile + ",b\n1,2\n", to: "t.csv", of: first)
    try world.write("[\"\(PageWorld.hostile.filter { $0 != "\"" })\"]", to: "v.json", of: first)
    try world.write(
      #"{"cells": [{"cell_type": "markdown", "source": "<script>alert('x')</script>"}]}"#, to: "n.ipynb", of: first)
    try world.write("diff --git a/x b/x\n@@ -1 +1 @@\n-<script>\n+b\n", to: "code/uncommitted.patch", of: first)
    let run = "/runs/\(first.id)"
    return [
      "/", "/?view=deleted", "/experiments/\(world.experiment.id)", "/experiments/0",
      "/experiments/\(world.experiment.id)?column=params.text&column=tags.note&column=metrics.auc&sort=metrics.auc",
      "/experiments/\(world.experiment.id)?filter=\(PercentEncoding.encoded(PageWorld.hostile))",
      run, "\(run)?x=time&log=1&smooth=0.5", "\(run)/log", "\(run)/log?find=red",
      "\(run)/artifacts/t.csv", "\(run)/artifacts/v.json", "\(run)/artifacts/n.ipynb",
      "/compare?run=\(first.id)&run=\(second.id)", "/compare",
      "/chart?key=loss/a%20b&run=\(first.id)", "/runs/\(PercentEncoding.encoded(PageWorld.hostile))",
      "/models",
    ]
  }

  @Test("no value becomes markup, and nothing runs or is styled inside of a page")
  func escaping() async throws {
    let world = try PageWorld()
    for address in try Self.addresses(world) {
      let page = try await world.page(address)
      #expect(!page.contains("<script>"), "\(address)")
      #expect(!page.contains("alert('x')"), "\(address)")
      #expect(!page.contains("\u{202E}"), "\(address)")
      #expect(page.firstRange(of: #/<[^>]* (style|on[a-z]+)=/#) == nil, "\(address)")
    }
  }

  @Test("each page forbids foreign scripts, and says its language")
  func policy() async throws {
    let world = try PageWorld()
    for address in try Self.addresses(world) {
      let answer = try #require(try await world.answer(address))
      #expect(answer.headers[.contentSecurityPolicy]?.hasPrefix("default-src 'self'") == true, "\(address)")
      #expect(answer.headers[.xContentTypeOptions] == "nosniff", "\(address)")
    }
  }

  @Test("a Korean page has no English words of ours")
  func korean() async throws {
    let world = try PageWorld()
    let words = Phrase.allCases.map(\.texts).filter { $0.english != $0.korean }.flatMap {
      $0.english.split(separator: "|").map(String.init)
    }.filter { !$0.contains("{}") && $0.count > 2 }
    for address in try Self.addresses(world) where !address.hasPrefix("/chart") {
      let page = try await world.page(address, [.acceptLanguage: "ko-KR,ko;q=0.9,en;q=0.8"])
      #expect(page.contains("<html lang=\"ko\""), "\(address)")
      for word in words where page.contains(">\(word)<") || page.contains("=\"\(word)\"") {
        Issue.record("`\(word)` on \(address)")
      }
    }
  }

  @Test("every phrase has its words in both languages")
  func phrases() {
    let isKorean = { (text: String) in text.unicodeScalars.contains { (0xAC00...0xD7A3).contains($0.value) } }
    for phrase in Phrase.allCases where ![.identifier, .cpuTime, .scatterOf].contains(phrase) {
      let (english, korean) = phrase.texts
      #expect(!isKorean(english) && !english.isEmpty, "\(phrase)")
      #expect(isKorean(korean), "\(phrase)")
      let places = { (text: Substring) in text.split(separator: "{}", omittingEmptySubsequences: false).count }
      #expect(english.split(separator: "|").allSatisfy { places($0) == places(korean[...]) || $0.hasPrefix("1 ") }, "\(phrase)")
    }
  }

  @Test("a mistake in a filter is shown at its column, as a bad request")
  func filterMistake() async throws {
    let world = try PageWorld()
    let answer = try #require(
      try await world.answer("/experiments/\(world.experiment.id)?filter=metrics.loss%20%3C%3E%203"))
    #expect(answer.status == .badRequest)
    let page = try await world.page("/experiments/\(world.experiment.id)?filter=metrics.loss%20%3C%3E%203")
    #expect(page.contains("at column 14"))
    #expect(page.contains("metrics.loss <mark>"))
  }

  @Test("runs are shown a page at a time, in the order and with the columns of the address")
  func table() async throws {
    let world = try PageWorld()
    for number in 0..<105 {
      let run = try world.store.start(
        NewRun(experiment: world.experiment.id, name: "run-\(number)", startTime: Int64(number) * 1000))
      try world.store.log(metrics: [Metric("m", Double(number % 50), timestamp: 1)], to: run.id)
    }
    let base = "/experiments/\(world.experiment.id)"
    let first = try await world.page("\(base)?sort=metrics.m&order=asc&column=metrics.m")
    #expect(first.ranges(of: "<tr data-run=").count == 100)
    #expect(first.contains("1–100 / 105"))
    #expect(first.contains("aria-sort=\"ascending\""))
    let second = try await world.page("\(base)?page=2&column=")
    #expect(second.ranges(of: "<tr data-run=").count == 5)
    #expect(second.contains(">run-0</a>"))
    #expect(!second.contains("rel=\"next\""))
  }

  @Test("what is not there is told on a page", arguments: ["/runs/ffff", "/experiments/77", "/find?q=nothing"])
  func missing(address: String) async throws {
    let world = try PageWorld()
    let answer = try #require(try await world.answer(address))
    #expect(answer.status == .notFound)
  }

  @Test("no path leads out of a run's artifacts", arguments: [
    "..%2f..%2frecords.db", "%2e%2e/%2e%2e/records.db", "a/../../../records.db", "logs", "%00", "",
  ])
  func traversal(path: String) async throws {
    let world = try PageWorld()
    let run = try world.run("one")
    try world.write("x", to: "logs/a.txt", of: run)
    for kind in ["files", "artifacts"] {
      let status: HTTPResponse.Status? = try await {
        do { return try await world.answer("/runs/\(run.id)/\(kind)/\(path)")?.status } catch { return nil }
      }()
      #expect(status != .ok && status != .partialContent, "\(kind)")
    }
  }

  @Test("a file is sent into a sandbox, whole or in part")
  func file() async throws {
    let world = try PageWorld()
    let run = try world.run("one")
    try world.write("<script>1</script>", to: "page.html", of: run)
    let whole = try #require(try await world.answer("/runs/\(run.id)/files/page.html"))
    #expect(whole.headers[.contentSecurityPolicy]?.hasPrefix("sandbox") == true)
    let part = try #require(
      try await world.answer("/runs/\(run.id)/files/page.html", [.range: "bytes=1-6"]))
    #expect(part.status == .partialContent)
    #expect(part.headers[.contentRange] == "bytes 1-6/18")
  }
}
