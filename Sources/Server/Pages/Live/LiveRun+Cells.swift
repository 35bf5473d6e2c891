import Formats
import Platform
import Records
import Runner

/// What a reader has seen of a run's cells: the last change, of one reading of the run's files.
struct CellsTold: Sendable, Hashable {
  var epoch: String
  var version: Int

  var text: String { "\(epoch).\(version)" }
}

/// The cells that changed.
struct CellChanges: Sendable {
  /// In the order of their changes.
  var cells: [(version: Int, json: String)] = []
  /// Whether there are more.
  var isCut = false
}

struct ChangesKey: Hashable {
  var told: Int
  var language: Language
}

/// What a page shows of a run's cells when it is made.
struct LivePage: Sendable {
  /// Nil for a run that has none to show.
  var cells: HTML?
  var count = 0
  /// How far the run is.
  var now: LiveNow?
  var told: CellsTold
  /// Which part of the log came when; nil when the run's files are not here.
  var index: LogIndex?
}

/// How far a run is among its cells, in words.
struct LiveNow: Sendable, Hashable {
  var words: String
  /// The element that it speaks of; empty when it is none.
  var cell = ""
}

extension LiveRun {
  /// No more is told at once than this many bytes, and one cell.
  private static let most = 256 << 10

  private func view(_ at: PageContext) -> StoryView? {
    guard let run, let source, let story, let folder else { return nil }
    return StoryView(at: at, run: run, source: source, story: story, folder: folder, index: index)
  }

  /// The cells as they are.
  func page(_ at: PageContext) -> LivePage {
    let told = CellsTold(epoch: epoch, version: story?.version ?? 0)
    let index = folder == nil ? nil : index
    guard let view = view(at), view.isShown else { return LivePage(told: told, index: index) }
    return LivePage(
      cells: view.html(&lines), count: view.source.numbers.count, now: view.now, told: told,
      index: index)
  }

  func now(_ at: PageContext) -> LiveNow? { view(at).flatMap { $0.isShown ? $0.now : nil } }

  /// The cells that changed since a reader was told; all of them when that was another reading of the files.
  func changes(after told: CellsTold?, _ at: PageContext) -> CellChanges {
    guard let view = view(at), view.isShown else { return CellChanges() }
    let version = told.flatMap { $0.epoch == epoch ? $0.version : nil } ?? 0
    guard version < view.story.version else { return CellChanges() }
    let key = ChangesKey(told: version, language: at.language)
    if let made = texts[key] { return made }
    var changes = CellChanges()
    var size = 0
    let cells = view.story.cells.filter { $0.value.version > version }
      .sorted { $0.value.version < $1.value.version }
    for (number, cell) in cells {
      guard size < Self.most else {
        changes.isCut = true
        break
      }
      guard let json = view.change(of: number, after: version, &lines)?.text() else { continue }
      size += json.utf8.count
      changes.cells.append((cell.version, json))
    }
    // Readers that are at the same place get the same; those that are not, are few.
    if texts.count < 16 { texts[key] = changes }
    return changes
  }
}

extension StoryView {
  /// Whether the cells say more than the log does.
  var isShown: Bool {
    source.isCut
      || story.cells.values.contains { cell in
        (cell.head + cell.tail).contains { if case .shown = $0.content { true } else { false } }
      }
  }

  /// How far the run is; nil when the status alone says it.
  var now: LiveNow? {
    let numbers = source.numbers
    guard numbers.count > 1 else { return nil }
    let ran = numbers.count { story.cells[$0]?.began != nil }
    let count = String(numbers.count)
    guard let current = story.current, let place = numbers.firstIndex(of: current) else {
      return run.isOpen ? LiveNow(words: at[.noCellYet]) : nil
    }
    let cell = source.places[current].map { "cell-\($0 + 1)" } ?? ""
    if run.isOpen { return LiveNow(words: at[.cellRuns, String(place + 1), count], cell: cell) }
    if run.status == .finished { return LiveNow(words: at[.cellsRan, String(ran), count]) }
    return LiveNow(words: at[.endedInCell, String(place + 1), count], cell: cell)
  }
}
