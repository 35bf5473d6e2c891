import Formats
import Notebooks
import Platform
import Records
import Runner

/// A run that somebody looks at. However many look, its record and its files are read once, and of the files only what is new.
///
/// The cells that it shows are made when somebody asks, once for all who ask for the same.
actor LiveRun {
  let id: RunID
  private let store: RecordStore
  /// How long a look counts.
  private let pause: Duration
  private var looked: ContinuousClock.Instant?
  /// The looks that were begun, and the last one whose sight counts.
  private var begun = 0
  private var done = 0

  /// As it was seen last; nil when it is not there, or was never looked for.
  private(set) var run: Run?
  private(set) var folder: ArtifactFolder?
  /// What it runs; nil as long as nobody can tell, and for a run without a document.
  private(set) var source: SourceCells?
  private(set) var story: RunStory?
  private(set) var index = LogIndex()
  /// Tells the numbers of one reading of the files from those of another.
  private(set) var epoch = LiveRun.newEpoch()
  /// Grows with every change of anything.
  private(set) var revision = 0
  /// Whether the document of the run is written, or nobody will write one.
  private(set) var isDone = false

  private var events = EventTail()
  private var sizes: [RunLog.Stream: Int64] = [:]
  private var looksAfterEnd = 0
  /// What was made for the readers since the last change.
  var texts: [ChangesKey: CellChanges] = [:]
  var logs: [Int64: LogChanges] = [:]
  var lines = LineCounts()

  private static let longestSource: Int64 = 64 << 20
  /// Looks after the end in which its document should have come.
  private static let patience = 5

  init(_ id: RunID, in store: RecordStore, pause: Duration = .milliseconds(900)) {
    (self.id, self.store, self.pause) = (id, store, pause)
  }

  /// Looks what is new, unless somebody just did and that is good enough.
  ///
  /// - Returns: the run; nil when it is there no more.
  func look(isFresh: Bool = false) async throws -> Run? {
    let now = ContinuousClock.now
    if !isFresh, let looked, now - looked < pause, run != nil { return run }
    looked = now
    begun += 1
    let turn = begun
    let found = try await find()
    // Of two looks at a time the one that was begun last has seen more.
    guard turn > done else { return run }
    done = turn
    let isOther = run != nil && found?.status != run?.status
    if found != run {
      run = found
      changed()
    }
    if let run { try read(run) }
    if isOther { story?.touch() }
    return run
  }

  private func find() async throws -> Run? {
    let filter = try RunFilter(parsing: "attributes.run_id = '\(id.hex)'")
    return try await store.read { store in
      let experiments = try store.experiments(view: .all).map(\.id)
      return try store.search(
        RunSearch(experiments: experiments, filter: filter, view: .all, limit: 1)
      ).first
    }
  }

  private func changed() {
    revision += 1
    (texts, logs) = ([:], [:])
  }

  private static func newEpoch() -> String {
    String(RunID.random().hex.prefix(8))
  }

  // MARK: Reading

  private func read(_ run: Run) throws {
    folder = folder ?? ArtifactFolder(of: run, in: store)
    guard let folder else { return isDone = true }
    // Before the events: what the files hold now, and those do not tell of, was put out by the cell that runs.
    let sizes = RunLog.sizes(in: folder)
    let size = folder.size(of: RunLog.events) ?? 0
    if events.offset > size || sizes.contains(where: { $0.value < self.sizes[$0.key] ?? 0 }) {
      restart()
    }
    let hasNews = sizes != self.sizes || size != events.seen
    if hasNews { changed() }
    self.sizes = sizes
    if size > 0, story == nil { begin(run, folder) }
    if hasNews || story != nil && events.offset == 0 { try follow(folder, size) }
    if !run.isOpen { end(run, folder, hasEvents: size > 0) }
  }

  /// The files became shorter: they are others.
  private func restart() {
    (source, story, index, events) = (nil, nil, LogIndex(), EventTail())
    (epoch, lines) = (Self.newEpoch(), LineCounts())
  }

  /// Reads what the run runs, once that can be known.
  private func begin(_ run: Run, _ folder: ArtifactFolder) {
    guard let cells = cells(of: run, folder) else { return }
    source = cells
    story = RunStory(numbers: cells.numbers)
    changed()
  }

  private func cells(of run: Run, _ folder: ArtifactFolder) -> SourceCells? {
    // Names are a client's word: one that leads out of the folder is none.
    let read = { (name: String) in
      (try? folder.bytes(of: name, 0..<Self.longestSource)).flatMap { $0 }
    }
    if let command = run.command, command.hasPrefix("notebook: ") {
      // The one that runs has a cell of parameters; it is there before its kernel is.
      let name = String(command.dropFirst("notebook: ".count))
      for name in ["document/out.ipynb"] + (run.isOpen ? [] : ["document/source/\(name)"]) {
        guard let bytes = read(name), let notebook = try? NotebookDocument(parsing: bytes)
        else { continue }
        return SourceCells(notebook: notebook)
      }
      return run.isOpen ? nil : SourceCells(commandOf: run)
    }
    guard let script = EventTail.script(in: folder) else {
      return run.isOpen ? nil : SourceCells(commandOf: run)
    }
    if !script.isEmpty, let text = folder.text("document/source/\(script)", limit: 1 << 20) {
      let source = SourceCells(script: text, name: script)
      if !source.places.isEmpty { return source }
    }
    return SourceCells(commandOf: run)
  }

  private func follow(_ folder: ArtifactFolder, _ size: Int64) throws {
    let sizes = Dictionary(
      uniqueKeysWithValues: ChildStream.allCases.map { ($0, self.sizes[.init($0)] ?? 0) })
    // Nobody else holds it while it changes.
    if var story {
      self.story = nil
      defer { self.story = story }
      try events.read(in: folder, upTo: size) { event, place in
        story.take(event, at: place, sizes: sizes)
        if case .stream(let stream, let count) = event.kind {
          index.take(.init(stream), count, size: sizes[stream] ?? 0)
        }
      }
      story.takeRest(sizes: sizes)
    }
    for stream in ChildStream.allCases { index.take(.init(stream), upTo: sizes[stream] ?? 0) }
  }

  private func end(_ run: Run, _ folder: ArtifactFolder, hasEvents: Bool) {
    if story?.end == nil, story != nil {
      let (length, overflows) = (run.endTime ?? run.startTime).subtractingReportingOverflow(
        run.startTime)
      story?.finish(at: overflows ? 0 : max(0, length))
      changed()
    }
    looksAfterEnd += 1
    isDone =
      isDone || !hasEvents || looksAfterEnd > Self.patience
      || folder.size(of: "document/report.html") != nil
  }
}
