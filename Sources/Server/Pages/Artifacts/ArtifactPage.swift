import HTTPTypes
import Platform
import Records

/// One file that a run left, as far as it can be shown.
struct ArtifactPage {
  let at: PageContext
  let run: Run
  let entries: [ArtifactFolder.Entry]
  /// Below the run's artifacts.
  let file: String
  let size: Int64
  let preview: HTML

  private var path: String { Address.path("runs", run.id.hex) }

  var page: HTML {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    let frame = PageFrame(
      at: at, title: "\(name) · \(run.name)", section: .experiments, layout: "document",
      scripts: ["run.js"])
    return frame.page(
      """
      <nav class="trail" aria-label="\(at[.trail])"><a href="/">\(at[.experiments])</a>\
      <a href="\(path)">\(run.name)</a><a href="\(path)#artifacts">\(at[.artifacts])</a></nav>
      <div class="head"><h1 class="path">\(file)</h1><p class="lead">\(ByteCount(size).description) · \
      <a href="\(Address.file(path + "/files/", file))" download>\(at[.download])</a></p></div>
      <div class="pages"><nav class="contents" aria-label="\(at[.artifacts])">\
      \(ArtifactTree(at: at, path: path, entries: entries, current: file).tree)</nav>
      <div class="sections preview">\(preview)</div></div>
      """)
  }
}

extension Pages {
  func artifact(of id: RunID, _ parts: [String], _ at: PageContext) async throws -> ServerAnswer? {
    let path = Address.path("runs", id.hex)
    let run = try await store.read { try $0.run(id) }
    guard let folder = ArtifactFolder(of: run, in: store) else { return nil }
    guard try folder.isFile(parts) else {
      return ServerAnswer(.seeOther, headers: [.location: path + "#artifacts"], body: .bytes([]))
    }
    let file = try folder.file(parts)
    let name = parts.joined(separator: "/")
    let preview = FilePreview(
      at: at, file: file, name: name, address: Address.file(path + "/files/", name))
    return ServerAnswer(
      page: ArtifactPage(
        at: at, run: run, entries: try folder.entries(limit: RunDocument.files), file: name,
        size: file.status.size, preview: preview.html
      ).page)
  }

  /// The bytes of a file, or the range of them that was asked for, as a page shows them: in their place, not to be saved.
  func file(of id: RunID, _ parts: [String], _ request: ServerRequest) async throws -> ServerAnswer?
  {
    let run = try await store.read { try $0.run(id) }
    guard let folder = ArtifactFolder(of: run, in: store), let name = parts.last else { return nil }
    var answer = FileAnswer(file: try folder.file(parts), name: name).answer(to: request.headers)
    answer.headers[.contentType] = FileKind.mediaType(name)
    answer.headers[.contentDisposition] = nil
    // What a run wrote is foreign: nothing in it runs as if it were ours.
    answer.headers[.contentSecurityPolicy] =
      "sandbox; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; media-src 'self'"
    return answer
  }
}
