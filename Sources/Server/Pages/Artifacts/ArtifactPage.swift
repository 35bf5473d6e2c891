import HTTPTypes
import Platform
import Records
import SystemPackage

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
    guard let folder = ArtifactFolder(uri: run.artifactURI) else { return nil }
    let file = try folder.file(parts)
    guard let status = try FileSystem.status(file), status.kind == .file else {
      return ServerAnswer(.seeOther, headers: [.location: path + "#artifacts"], body: .bytes([]))
    }
    let name = parts.joined(separator: "/")
    let preview = FilePreview(
      at: at, file: file, name: name, size: status.size,
      address: Address.file(path + "/files/", name))
    return ServerAnswer(
      page: ArtifactPage(
        at: at, run: run, entries: try folder.entries(limit: RunDocument.files), file: name,
        size: status.size, preview: preview.html
      ).page)
  }

  /// The bytes of a file, or the range of them that was asked for.
  func file(of id: RunID, _ parts: [String], _ request: ServerRequest) async throws -> ServerAnswer? {
    let run = try await store.read { try $0.run(id) }
    guard let folder = ArtifactFolder(uri: run.artifactURI) else { return nil }
    let file = try folder.file(parts)
    guard let status = try FileSystem.status(file), status.kind == .file, let name = parts.last
    else { return nil }
    var headers: HTTPFields = [
      .contentType: FileKind.mediaType(name), .xContentTypeOptions: "nosniff",
      .cacheControl: "no-cache", .acceptRanges: "bytes",
      // What a run wrote is foreign: nothing in it runs as if it were ours.
      .contentSecurityPolicy: "sandbox; default-src 'none'; img-src 'self' data:; "
        + "style-src 'unsafe-inline'; media-src 'self'",
    ]
    guard let range = ByteRange(request.headers[.range], size: status.size) else {
      headers[.contentRange] = "bytes */\(status.size)"
      return ServerAnswer(.rangeNotSatisfiable, headers: headers, body: .bytes([]))
    }
    if !range.isWhole {
      headers[.contentRange] =
        "bytes \(range.bounds.lowerBound)-\(range.bounds.upperBound - 1)/\(status.size)"
    }
    return ServerAnswer(
      range.isWhole ? .ok : .partialContent, headers: headers,
      body: FileBytes.stream(file, range.bounds))
  }
}

/// What a `Range` asks for (RFC 9110, section 14.2); several ranges count as none.
struct ByteRange: Sendable, Hashable {
  var bounds: Range<Int64>
  var isWhole: Bool

  /// Nil when no byte of the file is asked for.
  init?(_ header: String?, size: Int64) {
    (bounds, isWhole) = (0..<size, true)
    guard let header, header.hasPrefix("bytes="), !header.contains(",") else { return }
    let sides = header.dropFirst(6).split(
      separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    guard sides.count == 2 else { return }
    switch (Int64(sides[0]), Int64(sides[1])) {
    case (let from?, let to):
      guard from >= 0, from < size else { return nil }
      guard to.map({ $0 >= from }) ?? sides[1].isEmpty else { return }
      bounds = from..<(min(size - 1, to ?? size - 1) + 1)
    case (nil, let last?) where sides[0].isEmpty:
      guard last > 0, size > 0 else { return nil }
      bounds = max(0, size - last)..<size
    default: return
    }
    isWhole = false
  }
}
