import HTTPTypes
import Platform
import Records

extension RunReport {
  /// The end of what the run wrote; the rest comes a stretch at a time.
  var logs: Section? {
    guard document.logSize > 0 || run.isOpen else { return nil }
    let isLive = run.isOpen
    let shownAll = document.logLines.first.map { $0.place == 0 } ?? true
    let earlier: HTML = """
      <a class="earlier" href="\(path)/log"\(shownAll ? " hidden" as HTML : .nothing)>\(at[.earlierLines])</a>
      """
    return Section(
      id: "logs", title: .logs,
      content: """
        <div class="log-tools"><form class="log-find" action="\(path)/log" role="search" \
        aria-label="\(at[.searchLog])"><label class="unseen" for="log-find">\(at[.searchLog])</label>\
        <input type="search" id="log-find" name="find" placeholder="\(at[.searchLog])" \
        autocomplete="off" spellcheck="false"></form>\
        <label class="check follow" hidden>\
        <input type="checkbox" \
        id="follow"\(isLive ? " checked" as HTML : .nothing)> <span>\(at[.follow])</span></label>\
        <label class="check"><input type="checkbox" id="wrap" checked> <span>\(at[.wrapLines])</span></label>\
        <a href="\(path)/log">\(at[.wholeLog])</a></div>
        <div class="log" tabindex="0" role="log" aria-live="off" aria-label="\(at[.logs])" \
        data-src="\(path)/log" data-from="\(document.logLines.first?.place ?? 0)">\
        \(earlier)<pre>\(document.logLines.map(\.html))</pre></div>
        """, aside: "<span class=\"count\">\(ByteCount(document.logSize).description)</span>")
  }
}

/// A stretch of a run's log: as a page of its own, or as lines for a script.
struct LogPage {
  let at: PageContext
  let run: Run
  let log: RunLog

  /// Bytes of a stretch.
  static let stretch: Int64 = 256 << 10
  /// Lines that a search shows.
  static let matches = 500

  private var path: String { Address.path("runs", run.id.hex) }

  /// The whole lines between two places; a line that one of them cuts belongs to where it begins.
  func lines(from wanted: Int64, to end: Int64) throws -> [LogLine] {
    let start = min(max(0, wanted), log.size)
    // One byte before tells whether a line begins here.
    let from = max(0, start - 1)
    var lines = LogLine.lines(try log.read(from..<end), from: from)
    if start > 0, !lines.isEmpty { lines.removeFirst() }
    return lines
  }

  /// The lines that hold a text, in letters of either case.
  func matches(_ text: String) throws -> (lines: [LogLine], isCut: Bool) {
    var found: [LogLine] = []
    let wanted = text.lowercased()
    var place: Int64 = 0
    while place < log.size {
      let end = min(log.size, place + (1 << 20))
      var lines = LogLine.lines(try log.read(place..<end), from: place)
      var next = end
      // The last line may go on; it is read again with what follows, unless it is as long as the piece.
      if end < log.size, lines.count > 1, let last = lines.last, last.isOpen {
        next = last.place
        lines.removeLast()
      }
      for line in lines
      where String(decoding: line.bytes, as: UTF8.self).lowercased().contains(wanted) {
        if found.count == Self.matches { return (found, true) }
        found.append(line)
      }
      place = next
    }
    return (found, false)
  }

  func page(from place: Int64?, find: String) throws -> HTML {
    let frame = PageFrame(
      at: at, title: "\(at[.logs]) · \(run.name)", section: .experiments, layout: "document",
      scripts: ["run.js"])
    return frame.page(
      """
      <nav class="trail" aria-label="\(at[.trail])"><a href="/">\(at[.experiments])</a>\
      <a href="\(path)">\(run.name)</a></nav>
      <div class="head"><h1>\(at[.logs])</h1><p class="lead">\(ByteCount(log.size).description)</p></div>
      <div class="log-tools"><form action="\(path)/log" role="search" aria-label="\(at[.searchLog])">\
      <label class="unseen" for="log-find">\(at[.searchLog])</label>\
      <input type="search" id="log-find" name="find" value="\(find)" \
      placeholder="\(at[.searchLog])" autocomplete="off" spellcheck="false">\
      <button>\(at[.apply])</button></form>
      \(rawLinks)</div>
      \(find.isEmpty ? try stretch(place ?? 0) : try results(find))
      """)
  }

  private var rawLinks: HTML {
    "<span>\(["stdout", "stderr"].map { "<a href=\"\(path)/files/logs/\($0).txt\">\($0)</a> " as HTML })</span>"
  }

  private func stretch(_ place: Int64) throws -> HTML {
    let end = min(log.size, place + Self.stretch)
    let link = { (phrase: Phrase, from: Int64, isThere: Bool) -> HTML in
      isThere
        ? "<a href=\"\(path)/log?from=\(from)\">\(at[phrase])</a>"
        : "<span class=\"off\">\(at[phrase])</span>"
    }
    return """
      <div class="log whole" tabindex="0" role="group" aria-label="\(at[.logs])">\
      <pre>\(try lines(from: place, to: end).map(\.html))</pre></div>
      <nav class="pager" aria-label="\(at[.pages])">\(link(.previous, max(0, place - Self.stretch), place > 0))\
      <span>\(ByteCount(place).description)–\(ByteCount(end).description)\
      </span>\(link(.next, end, end < log.size))</nav>
      """
  }

  private func results(_ text: String) throws -> HTML {
    let (lines, isCut) = try matches(text)
    guard !lines.isEmpty else { return "<div class=\"empty\"><p>\(at[.noMatch])</p></div>" }
    return """
      <p class="quiet" role="status">\(at.counted(.lineCount, lines.count))\(isCut ? "+" : "")</p>
      <ol class="found">\(lines.map { line in
        """
        <li><a href="\(path)/log?from=\(line.place)">\(PageNumber.grouped(Int(line.place)))</a><pre>\(line.html)</pre></li>
        """
      })</ol>
      """
  }
}

extension Pages {
  func log(of id: RunID, _ at: PageContext) async throws -> ServerAnswer? {
    let run = try await store.read { try $0.run(id) }
    guard let folder = ArtifactFolder(of: run, in: store) else { return nil }
    let page = LogPage(at: at, run: run, log: RunLog(in: folder))
    // What stands before a place, for a script that scrolls up.
    if let end = at.query["before"].flatMap({ Int64($0) }) {
      let end = min(max(0, end), page.log.size)
      let lines = try page.lines(from: end - (64 << 10), to: end)
      var answer = ServerAnswer(page: lines.map(\.html).joined())
      if let name = HTTPField.Name("X-From") {
        answer.headers[name] = String(lines.first?.place ?? 0)
      }
      return answer
    }
    let from = at.query["from"].flatMap { Int64($0) }.map { min(max(0, $0), page.log.size) }
    return ServerAnswer(page: try page.page(from: from, find: at.query["find"] ?? ""))
  }
}
