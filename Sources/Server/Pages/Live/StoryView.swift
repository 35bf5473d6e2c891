import Formats
import Notebooks
import Platform
import Records
import Runner

/// The cells of a run that goes on, or has ended, with what they have put out so far. What is long is shown by its beginning and
/// its end: a page does not grow with what a run prints.
struct StoryView {
  let at: PageContext
  let run: Run
  let source: SourceCells
  let story: RunStory
  let folder: ArtifactFolder
  let index: LogIndex

  private var path: String { Address.path("runs", run.id.hex) }

  /// An output whose event is longer is shown on a page of its own.
  private static let longest = 256 << 10

  /// How a cell stands.
  enum State: Equatable { case waiting, running, done, failed, killed }

  func state(of number: Int) -> State {
    let cell = story.cells[number]
    // Where nobody tells of cells, a single one is what runs.
    let isCurrent = number == (story.current ?? (source.numbers.count == 1 ? number : nil))
    if isCurrent, run.isOpen { return .running }
    if isCurrent, run.status == .failed { return .failed }
    if isCurrent, run.status == .killed { return .killed }
    guard isCurrent || cell?.began != nil else { return .waiting }
    return cell?.hasFailed == true ? .failed : .done
  }

  // MARK: Cells

  /// All cells.
  func html(_ lines: inout LineCounts) -> HTML {
    let numbers = Dictionary(uniqueKeysWithValues: source.places.map { ($1, $0) })
    var html: HTML = .nothing
    for (place, cell) in source.cells.prefix(NotebookView.cells).enumerated() {
      if let number = numbers[place] {
        html += self.html(cell, number, place, &lines)
      } else {
        html += NotebookView.text(cell)
      }
    }
    return html
  }

  private func html(
    _ cell: NotebookDocument.Cell, _ number: Int, _ place: Int, _ lines: inout LineCounts
  ) -> HTML {
    let state = state(of: number)
    let outputs = story.cells[number].map { self.outputs(of: $0, after: 0, &lines) } ?? Outputs()
    let current: HTML = state == .running ? " aria-current=\"step\"" : .nothing
    return """
      <div class="cell code \(name(state))" id="cell-\(place + 1)" role="group" \
      aria-label="\(label(number))"\(current)>\(bar(number))\
      \(NotebookView.source(cell, source.language))<div class="outputs">\(outputs.html)</div></div>

      """
  }

  /// What a reader needs who saw the change of this number last: as JSON for the page's script.
  func change(of number: Int, after told: Int, _ lines: inout LineCounts) -> JSONValue? {
    guard let place = source.places[number], place < NotebookView.cells,
      let cell = story.cells[number]
    else { return nil }
    let outputs = self.outputs(of: cell, after: told, &lines)
    return .object([
      .init("cell", .string("cell-\(place + 1)")),
      .init("state", .string(name(state(of: number)))),
      .init("bar", .string(bar(number).text)),
      .init(
        "parts",
        .array(outputs.parts.map { .array([.int(Int64($0.number)), .string($0.html.text)]) })),
      .init("more", .string(outputs.more.text)),
      .init("shown", .array(outputs.shown.map { .int(Int64($0)) })),
    ])
  }

  private func name(_ state: State) -> String { "\(state)" }

  private func label(_ number: Int) -> String {
    at[.cell, String((source.numbers.firstIndex(of: number) ?? 0) + 1)]
  }

  private func bar(_ number: Int) -> HTML {
    guard let place = source.places[number] else { return .nothing }
    let cell = story.cells[number]
    let turn = cell?.turn ?? (state(of: number) == .waiting ? nil : 1)
    return NotebookView.bar(source.cells[place], turn: turn, state: mark(number, cell))
  }

  /// How the cell stands, in a word and a time.
  private func mark(_ number: Int, _ cell: StoryCell?) -> HTML {
    let began = cell?.began ?? 0
    let length = (cell?.ended ?? story.end).map { max(0, $0 - began) }
    let took: HTML =
      length.map { "<span class=\"took\">\(PageNumber.duration($0, at.language))</span>" }
      ?? .nothing
    switch state(of: number) {
    case .waiting: return .nothing
    case .running:
      let (since, overflows) = run.startTime.addingReportingOverflow(began)
      let start = overflows ? run.startTime : since
      return """
        <span class="stand">\(Icon.status(.running, at, showsWord: true)) \
        <span class="took" data-since="\(start)">\(at.duration(start, nil))</span></span>
        """
    case .done: return cell?.began == nil ? .nothing : "<span class=\"stand\">\(took)</span>"
    case .failed:
      return "<span class=\"stand\">\(Icon.status(.failed, at, showsWord: true)) \(took)</span>"
    case .killed:
      return "<span class=\"stand\">\(Icon.status(.killed, at, showsWord: true)) \(took)</span>"
    }
  }

  // MARK: Outputs

  /// What is shown of a cell's outputs.
  private struct Outputs {
    /// Those that are new to the reader.
    var parts: [(number: Int, html: HTML)] = []
    /// What is said of those in the middle.
    var more: HTML = .nothing
    /// The numbers of all, in order.
    var shown: [Int] = []

    var html: HTML {
      parts.enumerated().map { place, part -> HTML in
        (place == StoryCell.headCount ? more : .nothing)
          + "<div class=\"part\" data-part=\"\(part.number)\">\(part.html)</div>"
      }.joined()
    }
  }

  private func outputs(
    of cell: StoryCell, after told: Int, _ lines: inout LineCounts
  ) -> Outputs {
    let all = cell.head + cell.tail
    var outputs = Outputs(shown: all.map(\.number))
    for part in all where part.version > told {
      outputs.parts.append((part.number, html(part.content, &lines)))
    }
    if cell.leftOut > 0, let last = cell.head.last {
      outputs.more = """
        <p class="more" data-after="\(last.number)">\(at.counted(.outputsMore, cell.leftOut))</p>
        """
    }
    return outputs
  }

  private func html(_ content: StoryCell.Content, _ lines: inout LineCounts) -> HTML {
    switch content {
    case .stream(let stream, let range): text(.init(stream), range, &lines)
    case .shown(let shown): html(shown)
    }
  }

  private func text(
    _ stream: RunLog.Stream, _ range: Range<Int64>, _ lines: inout LineCounts
  ) -> HTML {
    let excerpt = StreamExcerpt(stream, range, in: folder)
    let pre = { (text: String) -> HTML in
      text.isEmpty
        ? .nothing
        : "<pre class=\"out\(stream == .error ? " stderr" : "")\" tabindex=\"0\">\(TerminalText.html(text))</pre>"
    }
    var more: HTML = .nothing
    if let hidden = excerpt.hidden {
      let count = lines.lines(of: stream, hidden, in: folder)
      let words =
        count.map { at.counted(.linesMore, $0) }
        ?? at[.bytesMore, ByteCount(hidden.upperBound - hidden.lowerBound).description]
      let place = index.place(of: stream, at: hidden.lowerBound)
      // A line that was drawn over and over has nothing more.
      if count != 0 {
        more = "<p class=\"more\"><a href=\"\(path)/log?from=\(place)\">\(words)</a></p>"
      }
    }
    return pre(excerpt.head) + more + pre(excerpt.tail)
  }

  private func html(_ shown: StoryCell.Shown) -> HTML {
    let address = "\(path)/shown?at=\(shown.line.lowerBound)-\(shown.line.upperBound)"
    if shown.picture != nil {
      return "<img class=\"out\" src=\"\(address)\" alt=\"\(shown.words)\">"
    }
    guard shown.line.count <= Self.longest else {
      let size = ByteCount(Int64(shown.line.count)).description
      return "<p class=\"more\"><a href=\"\(address)\">\(at[.showOutput, size])</a></p>"
    }
    let event = (try? EventTail.event(at: shown.line, in: folder)) ?? nil
    return event?.output.map { OutputView($0).html } ?? .nothing
  }
}
