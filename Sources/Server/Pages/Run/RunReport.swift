import Formats
import Platform
import Records
import Runner

/// The page of one run.
struct RunReport {
  let at: PageContext
  let document: RunDocument
  /// What it runs, cell by cell, where a server shows that.
  var cells: LivePage?
  var run: Run { document.run }
  var path: String { Address.path("runs", run.id.hex) }
  /// Where the bytes of the artifacts are.
  var files: String { at.isStill ? "../" : path + "/files/" }

  /// A part of the document; none when there is nothing to say.
  struct Section {
    var id: String
    var title: Phrase
    /// The title in words.
    var name = ""
    var content: HTML
    /// What stands beside the title.
    var aside: HTML = .nothing
  }

  var page: HTML {
    let frame = PageFrame(
      at: at, title: run.name, section: .experiments, layout: "document",
      scripts: ["charts.js", "run.js", "cells.js"])
    let sections = [
      metrics, parameters, story, tests, replay, code, data, logs, artifacts, environment, parts,
      tags,
    ].compactMap { $0 }
    return frame.page(
      """
      <nav class="trail" aria-label="\(at[.trail])"><a href="/">\(at[.experiments])</a>\
      <a href="\(Address.path("experiments", "\(run.experiment)"))">\(document.experiment.name)</a>\
      \(document.parent.map { "<a href=\"\(Address.path("runs", $0.id.hex))\">\($0.name)</a>" as HTML })</nav>
      <article data-run="\(run.id.hex)"\(live)>
      \(head)
      <div class="pages">
      <nav class="contents" aria-label="\(at[.contents])"><ol>\(sections.map { section in
        "<li><a href=\"#\(section.id)\">\(at[section.title])</a></li>"
      })</ol></nav>
      <div class="sections">\(sections.map { section in
        """
        <section id="\(section.id)" aria-labelledby="\(section.id)-title"><div class="over"><h2 id="\(section.id)-title">\(at[section.title])</h2>\(section.aside)</div>
        \(section.content)</section>

        """
      })</div>
      </div></article>
      """)
  }

  /// Where what happens from now on is told.
  private var live: HTML {
    guard run.isOpen else { return .nothing }
    return """
       data-live="\(path)/events?after=\(ReadersPlace(log: document.logEnd, cells: cells?.told).text)" \
      data-status="\(run.status.rawValue)" data-clock="\(at.now)"
      """
  }

  var head: HTML {
    """
    <div class="head titled"><div><h1>\(run.name)</h1>\
    <p class="lead"><span\(at.isStill ? "" : " id=\"status\"" as HTML)>\(Icon.status(run.status, at, showsWord: true))\(ending)</span> \
    <span class="facts">\(facts.map { "<span>\($0)</span>" })</span></p></div>\
    \(edits.html)</div>
    \(edits.restoring)
    \(now)\(note.isEmpty ? .nothing : "<p class=\"said\">\(note)</p>" as HTML)
    \(play)
    """
  }

  private var ending: HTML {
    var text: HTML = .nothing
    if let signal = run.signal {
      text += " <span class=\"why\">\(at[.bySignal, String(signal)])</span>"
    } else if let code = run.exitCode, code != 0 {
      text += " <span class=\"why\">\(at[.exitStatus, String(code)])</span>"
    } else if run.tag(Recovery.cutOff) != nil {
      text += " <span class=\"why\">\(at[.recorderGone])</span>"
    }
    return text
  }

  private var facts: [HTML] {
    var facts: [HTML] = [at.time(run.startTime)]
    let isOpen = run.endTime == nil && run.status != .running
    if !isOpen {
      let since: HTML =
        run.isOpen ? " class=\"took\" data-since=\"\(run.startTime)\"" : .nothing
      facts.append(
        "<span\(at.isStill ? "" : " id=\"took\"\(since)" as HTML)>\(at.duration(run.startTime, run.endTime))</span>"
      )
    }
    let user = run.user.isEmpty ? run.tag("mlflow.user") ?? "" : run.user
    if !user.isEmpty {
      facts.append("\(run.host.isEmpty ? user : "\(user)@\(run.host)")")
    }
    if let cpu = run.cpuSeconds {
      facts.append(
        "\(at[.cpuTime, PageNumber.duration(Int64((min(cpu, 1e12) * 1000).rounded()), at.language)])"
      )
    }
    if let memory = run.peakMemory { facts.append("\(at[.memory, "\(ByteCount(memory))"])") }
    facts.append("<code class=\"id\" title=\"\(run.id.hex)\">\(run.id.hex.prefix(12))</code>")
    return facts
  }

  private var note: String { run.tag(PageAction.note) ?? "" }

  private var edits: EditForms {
    EditForms(
      at: at, path: path, name: run.name, note: note, isDeleted: run.lifecycle == .deleted)
  }

  private var play: HTML {
    guard let command = PlayCommand.text(run) else { return .nothing }
    return """
      <div class="play"><span class="label">\(at[.playAgain])</span>\
      <pre tabindex="0" role="group" aria-label="\(at[.playAgain])">\(command)</pre>\
      <button type="button" class="copy" data-copy="\(command)" data-done="\(at[.copied])" \
      hidden>\(at[.copy])</button></div>
      """
  }
}

extension Run {
  /// Whether more may come.
  var isOpen: Bool { status == .running || status == .scheduled }
}

extension Pages {
  /// A run's page, and what belongs to it.
  func run(_ parts: [String], _ request: ServerRequest, _ at: PageContext) async throws
    -> ServerAnswer?
  {
    let id = try await runID(parts[1])
    switch parts.dropFirst(2).first {
    case nil:
      var at = at
      at.rights = await rights { try await $1.require($0, run: id.hex, at.identity) }
      let reader = at
      // First the cells: what comes in between is told by the events then.
      let cells = try await runs.look(id, isFresh: true).page(reader)
      let document = try await store.read { try RunDocument(id, in: $0, index: cells.index) }
      return ServerAnswer(page: RunReport(at: reader, document: document, cells: cells).page)
    case "events" where parts.count == 3: return try await events(of: id, request, at)
    case "log" where parts.count == 3: return try await log(of: id, at)
    case "shown" where parts.count == 3: return try await shown(by: id, at)
    case "artifacts": return try await artifact(of: id, Array(parts.dropFirst(3)), at)
    case "files": return try await file(of: id, Array(parts.dropFirst(3)), request)
    default: return nil
    }
  }
}
