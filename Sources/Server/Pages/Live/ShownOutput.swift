import Formats
import HTTPTypes
import Notebooks
import Platform
import Records
import Runner

extension Pages {
  /// Something that a cell has shown, by the place of its event: a picture as it is, anything else as a page.
  func shown(by id: RunID, _ at: PageContext) async throws -> ServerAnswer? {
    let ends = (at.query["at"] ?? "").split(separator: "-", omittingEmptySubsequences: false)
    let run = try await store.read { try $0.run(id) }
    guard ends.count == 2, let start = Int64(ends[0]), let end = Int64(ends[1]), start >= 0,
      start < end, let folder = ArtifactFolder(of: run, in: store),
      let event = try EventTail.event(at: start..<end, in: folder), let output = event.output
    else { return nil }
    if let picture = ShownPicture(output) { return picture.answer }
    let path = Address.path("runs", id.hex)
    let frame = PageFrame(
      at: at, title: "\(at[.output]) · \(run.name)", section: .experiments, layout: "document")
    return ServerAnswer(
      page: frame.page(
        """
        <nav class="trail" aria-label="\(at[.trail])"><a href="/">\(at[.experiments])</a>\
        <a href="\(path)">\(run.name)</a></nav>
        <div class="head"><h1>\(at[.output])</h1></div>
        <div class="notebook"><div class="cell code"><div class="outputs">\(OutputView(output).html)</div></div></div>
        """))
  }
}

/// A picture of a MIME bundle.
struct ShownPicture {
  let type: String
  let bytes: [UInt8]

  init?(_ output: NotebookJSON) {
    guard let data = output["data"] else { return nil }
    for type in ["image/png", "image/jpeg", "image/gif", "image/webp"] {
      guard let text = data[type]?.joinedText else { continue }
      guard let bytes = Base64.decode(text.filter { !$0.isWhitespace }) else { return nil }
      (self.type, self.bytes) = (type, bytes)
      return
    }
    guard let svg = data["image/svg+xml"]?.joinedText else { return nil }
    (type, bytes) = ("image/svg+xml", Array(svg.utf8))
  }

  var answer: ServerAnswer {
    ServerAnswer(
      headers: [
        .contentType: type, .cacheControl: "private, max-age=3600",
        .xContentTypeOptions: "nosniff",
        // What a run showed is foreign: nothing in it runs, and it fetches nothing.
        .contentSecurityPolicy:
          "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
      ], body: .bytes(bytes))
  }
}

extension DocumentEvent {
  /// What it shows, as nbformat has it; nil when it shows nothing.
  var output: NotebookJSON? {
    switch kind {
    case .display(let data, let metadata):
      [
        "output_type": "display_data", "data": NotebookJSON(data),
        "metadata": NotebookJSON(metadata),
      ]
    case .output(_, let output, _): NotebookJSON(output)
    case .status, .stream, .cell, .clear: nil
    }
  }
}
