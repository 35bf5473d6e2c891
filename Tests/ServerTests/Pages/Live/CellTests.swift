import Formats
import HTTPTypes
import Platform
import Records
import Support
import SystemPackage
import Testing

@testable import Server

@Suite("Cells of runs that go on") struct CellTests {
  private static let script = "import x\n# %% One\na\n# %% [markdown]\n# words\n# %% Two\nb\n"

  private func pre(_ text: String, _ name: String = "out") -> String {
    "<pre class=\"\(name)\" tabindex=\"0\">\(text)</pre>"
  }

  @Test("a page has the cells with what they put out so far, and marks the one that runs")
  func page() async throws {
    let world = try CellWorld(Self.script)
    try world.cell(0)
    try world.say("hello\n")
    try world.cell(1)
    try world.say("half", isTold: false)
    let page = try await world.world.page("/runs/\(world.run.id)?lang=en")
    let cells = page.components(separatedBy: "id=\"cell-").dropFirst().map { $0 }
    #expect(cells.count == 3)
    #expect(cells[0].contains(pre("hello\n")) && !cells[0].contains("aria-current"))
    #expect(cells[1].contains(pre("half")) && cells[1].contains("aria-current=\"step\""))
    #expect(cells[1].contains("Running") && cells[1].contains("data-since="))
    #expect(cells[1].contains("<span class=\"name\">One</span>"))
    #expect(!cells[2].contains("<pre class=\"out"))
    #expect(page.contains("Cell 2 of 3 is running.") && page.contains("href=\"#cell-2\""))
    // Nothing else is read out while it goes on.
    #expect(page.components(separatedBy: "aria-live=\"polite\"").count == 3)
    let korean = try await world.world.page("/runs/\(world.run.id)?lang=ko")
    #expect(korean.contains("셀 2/3 실행 중입니다."))
    #expect(page.contains("data-live=\"/runs/\(world.run.id)/events?after=6."))
  }

  @Test("a reader is told of the cells and outputs that changed, and of no others")
  func changes() async throws {
    let world = try CellWorld(Self.script)
    var reader = world.reader
    #expect(try await reader.cells().isEmpty)
    try world.cell(0)
    try world.say("a\n")
    #expect(try await reader.cells().map(\.story) == ["cell-1 running: 0=\(pre("a\n"))"])
    #expect(try await reader.cells().isEmpty)
    try world.say("b\n", isTold: false)
    #expect(try await reader.cells().map(\.story) == ["cell-1 running: 0=\(pre("a\nb\n"))"])
    try world.show(["text/plain": "shown"])
    #expect(try await reader.cells().map(\.story) == ["cell-1 running: 1=\(pre("shown"))"])
    try world.cell(1)
    #expect(
      try await reader.cells().map(\.story) == ["cell-1 done: ", "cell-2 running: "])
    try world.say("oops\n", "stderr")
    #expect(
      try await reader.cells().map(\.story)
        == ["cell-2 running: 0=\(pre("oops\n", "out stderr"))"])
    try world.world.store.finish(
      world.run.id, RunEnding(status: .failed, endTime: world.run.startTime + 9000, exitCode: 1))
    #expect(try await reader.cells().map(\.story) == ["cell-2 failed: "])
  }

  @Test("an event whose line is half written waits for its end; a reader that comes back goes on")
  func halves() async throws {
    let world = try CellWorld(Self.script)
    let live = LiveRun(world.run.id, in: world.world.store, pause: .zero)
    var reader = Reader(of: live)
    try world.cell(0)
    let line = #"{"ms":9,"kind":"display","data":{"text/plain":"late"},"metadata":{}}"#
    try world.add(String(line.prefix(40)), to: "document/events.jsonl")
    #expect(try await reader.cells().map(\.story) == ["cell-1 running: "])
    try world.add(String(line.dropFirst(40)), to: "document/events.jsonl")
    #expect(try await reader.cells().isEmpty)
    try world.add("\n", to: "document/events.jsonl")
    let place = reader.place
    #expect(try await reader.cells().map(\.story) == ["cell-1 running: 0=\(pre("late"))"])
    var back = Reader(of: live, after: place)
    #expect(try await back.cells().map(\.story) == ["cell-1 running: 0=\(pre("late"))"])
    // Another server knows nothing of the numbers of this one, and tells all.
    try world.cell(1)
    var other = Reader(of: world.run, in: world.world.store, after: reader.place)
    #expect(
      try await other.cells().map(\.story)
        == ["cell-1 done: 0=\(pre("late"))", "cell-2 running: "])
    // So does this one when the files are others all at once.
    let events = FilePath(world.run.artifactURI).appending("document/events.jsonl")
    try FileSystem.write("", to: events, durable: false)
    try world.event(#""kind":"status","status":"RUNNING","script":"s.py""#)
    try world.cell(0)
    #expect(try await reader.cells().map(\.story) == ["cell-1 running: "])
  }

  @Test("a cell that prints without end is told by its first and last lines, whatever it prints")
  func long() async throws {
    let world = try CellWorld(Self.script)
    var reader = world.reader
    try world.cell(0)
    var most = 0
    for turn in 0..<20 {
      let lines = (0..<10_000).map { "line \(turn * 10_000 + $0) of many\n" }.joined()
      try world.say(lines)
      let cells = try await reader.cells()
      #expect(cells.count == 1)
      most = max(most, cells[0].text().utf8.count)
    }
    let page = try await world.world.page("/runs/\(world.run.id)?lang=en")
    #expect(page.contains("line 0 of many") && page.contains("line 199999 of many"))
    #expect(page.contains("199,960 lines more</a>"))
    let cells = try #require(page.components(separatedBy: "id=\"cell-1\"").last)
    let place = try #require(cells.firstMatch(of: #/log\?from=(\d+)/#)?.output.1)
    let log = try await world.world.page("/runs/\(world.run.id)/log?from=\(place)")
    #expect(log.contains(">line 15 of many") && !log.contains(">line 14 of many"))
    #expect(most < 4000)
    // A bar that is drawn over and over shows as it stands.
    try world.cell(1)
    try world.say((0..<50_000).map { "\r\($0) of 50000" }.joined(), "stderr")
    let bar = try await reader.cells().last?.story ?? ""
    #expect(bar == "cell-2 running: 0=\(pre("49999 of 50000", "out stderr"))")
  }

  @Test("of many outputs the first and the last are shown, and a page says how many there are")
  func many() async throws {
    let world = try CellWorld(Self.script)
    var reader = world.reader
    try world.cell(0)
    for number in 0..<500 { try world.show(["text/plain": .string("shown \(number)")]) }
    let cell = try #require(try await reader.cells().first)
    #expect(cell["shown"]?.array?.compactMap(\.int) == Array(0..<10) + Array(480..<500))
    #expect(cell["parts"]?.array?.count == 30)
    #expect(cell["more"]?.string?.contains("470 outputs more") == true)
    try world.show(["text/plain": "another"])
    let next = try #require(try await reader.cells().first)
    #expect(next["parts"]?.array?.count == 1)
    let page = try await world.world.page("/runs/\(world.run.id)?lang=en")
    #expect(page.components(separatedBy: "data-part=").count == 31)
    #expect(page.contains("471 outputs more"))
  }

  @Test("of two hundred cells the one that changes is told")
  func cells() async throws {
    let world = try CellWorld((0..<200).map { "# %% Cell \($0)\nx = \($0)\n" }.joined())
    for number in 1...150 {
      try world.cell(number)
      try world.say("out of \(number)\n")
    }
    var reader = world.reader
    #expect(try await reader.cells().count == 150)
    try world.say("more\n")
    let text = try #require(try await reader.next())
    #expect(text.utf8.count < 1500)
    #expect(text.contains("cell-150") && !text.contains("cell-149"))
  }

  @Test("more than a reader can take at once is told one after the other")
  func pieces() async throws {
    let world = try CellWorld((0..<40).map { "# %% Cell \($0)\nx = \($0)\n" }.joined())
    for number in 1...40 {
      try world.cell(number)
      try world.show(["text/plain": .string(String(repeating: "\(number) ", count: 10_000))])
    }
    var reader = world.reader
    var told: [String] = []
    var turns = 0
    while told.count < 40, turns < 40 {
      let cells = try await reader.cells()
      #expect(cells.reduce(0) { $0 + $1.text().utf8.count } < 400_000)
      told += cells.compactMap { $0["cell"]?.string }
      turns += 1
    }
    #expect(told == (1...40).map { "cell-\($0)" })
    #expect(turns > 2)
  }

  @Test("a run that goes on is read once for fifty readers, who all get the same")
  func readers() async throws {
    let world = try CellWorld(Self.script)
    try world.cell(0)
    let runs = LiveRuns(world.world.store, pause: .seconds(3600))
    let first = try await runs.look(world.run.id)
    let revision = await first.revision
    try world.say("new\n")
    for _ in 0..<50 {
      let live = try await runs.look(world.run.id)
      #expect(live === first)
      let changes = await live.changes(after: nil, PageContext(language: .english))
      #expect(changes.cells.count == 1)
    }
    // Nobody has looked a second time.
    #expect(await first.revision == revision)
    #expect(await first.texts.count == 1)
  }

  @Test("a notebook's cells are those that run, with the cell of parameters")
  func notebook() async throws {
    let world = try PageWorld()
    let run = try world.store.start(
      NewRun(
        name: "n", startTime: 1_700_000_000_000, command: "notebook: n.ipynb", entryPoint: "main"))
    let live = LiveRun(run.id, in: world.store, pause: .zero)
    try world.write(
      #"{"ms":1,"kind":"status","status":"RUNNING"}"# + "\n", to: "document/events.jsonl", of: run)
    var reader = Reader(of: live)
    #expect(try await reader.cells().isEmpty)
    try world.write(
      #"{"cells":[{"cell_type":"markdown","id":"a","metadata":{},"source":"x"},{"cell_type":"code","id":"b","metadata":{"tags":["injected-parameters"]},"source":"k = 5","outputs":[{"output_type":"stream","name":"stdout","text":"of an earlier run"}],"execution_count":null}],"metadata":{"language_info":{"name":"python"}},"nbformat":4,"nbformat_minor":5}"#,
      to: "document/out.ipynb", of: run)
    let output = { (text: String, place: String) in
      #"{"ms":2,"kind":"output","cell":1,\#(place)"output":{"output_type":"display_data","data":{"text/plain":"\#(text)"}}}"#
        + "\n"
    }
    let lines =
      #"{"ms":1,"kind":"status","status":"RUNNING"}"# + "\n"
      + #"{"ms":1,"kind":"cell","cell":1}"# + "\n" + output("10 %", "")
    try world.write(lines, to: "document/events.jsonl", of: run)
    #expect(try await reader.cells().map(\.story) == ["cell-2 running: 0=\(pre("10 %"))"])
    try world.write(
      lines + output("20 %", #""place":0,"#), to: "document/events.jsonl", of: run)
    #expect(try await reader.cells().map(\.story) == ["cell-2 running: 0=\(pre("20 %"))"])
    try world.write(
      lines + output("20 %", #""place":0,"#) + #"{"ms":3,"kind":"clear","cell":1}"# + "\n"
        + #"{"ms":3,"kind":"output","cell":1,"output":{"output_type":"error","ename":"E","evalue":"v","traceback":["\u001b[31mbad\u001b[0m"]}}"#
        + "\n", to: "document/events.jsonl", of: run)
    #expect(
      try await reader.cells().map(\.story)
        == [
          "cell-2 running: 1=\(pre("<span class=\"t1\">bad</span>", "out err"))"
        ])
    let page = try await world.page("/runs/\(run.id)?lang=en")
    #expect(page.contains("k = <span class=\"hn\">5</span>") && !page.contains("earlier run"))
  }

  @Test("a run without source has no cells, unless it shows something")
  func command() async throws {
    let world = try CellWorld(nil)
    try world.event(#""kind":"status","status":"RUNNING""#)
    try world.say("text\n")
    let page = try await world.world.page("/runs/\(world.run.id)?lang=en")
    #expect(!page.contains("id=\"cells\""))
    try world.show(["text/plain": "a picture"])
    let next = try await world.world.page("/runs/\(world.run.id)?lang=en")
    #expect(next.contains("id=\"cells\"") && next.contains("a picture"))
  }

  @Test("a run whose recorder was killed is told to be so, and ends on the page")
  func killed() async throws {
    let world = try PageWorld()
    var owner = Owner.current()
    owner.bootID = "00000000-0000-0000-0000-000000000000"
    let run = try world.store.start(
      NewRun(
        name: "k", host: Machine.name(), startTime: Clock.milliseconds() - 60_000,
        command: "python s.py", owner: owner))
    try world.write(Self.script, to: "document/source/s.py", of: run)
    try world.write(
      #"{"ms":1,"kind":"status","status":"RUNNING","script":"s.py"}"# + "\n"
        + #"{"ms":2,"kind":"cell","cell":1}"# + "\n" + #"{"ms":3,"kind":"str"#,
      to: "document/events.jsonl", of: run)
    try world.write("so far", to: "logs/stdout.txt", of: run)
    let page = try await world.page("/runs/\(run.id)?lang=en")
    #expect(page.contains("Killed") && page.contains("the program that recorded it was killed"))
    #expect(page.contains("It ended in cell 2 of 3.") && page.contains("cell code killed"))
    #expect(page.contains("document/report.html"))
    let report = FilePath(run.artifactURI).appending("document/report.html")
    #expect(try FileSystem.readText(report).contains("so far"))
    // Nobody tells of it again.
    var reader = Reader(of: run, in: world.store)
    let text = try #require(try await reader.next())
    #expect(text.contains("event: end") && text.contains("KILLED"))
    #expect(try await reader.next() == nil)
  }
}
