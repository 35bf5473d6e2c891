import Formats
import Platform
import SystemPackage
import Templates

/// What was made, or would be, and what to type next.
struct NewPage {
  let outcome: ScaffoldOutcome
  let console: Console
  let place: Place

  init(_ outcome: ScaffoldOutcome, console: Console, place: Place) {
    self.outcome = outcome
    self.console = console
    self.place = place
  }

  var json: JSONValue {
    var commit: JSONValue = .null
    if case .repository(_, let text?) = outcome.source.origin { commit = .string(text) }
    return .object([
      .init("project", .string(outcome.folder.string)),
      .init("template", .string(outcome.source.address)), .init("commit", commit),
      .init("dry_run", .bool(outcome.isDryRun)),
      .init("answers", Answer.map(outcome.answers).jsonValue),
      .init("files", .array(outcome.project.entries.map(Self.entry))),
      .init(
        "hooks", .array(outcome.hooks.map { .string($0.path.lastComponent?.string ?? "") })),
    ])
  }

  private static func entry(_ entry: RenderedProject.Entry) -> JSONValue {
    .object([
      .init("path", .string(entry.path)), .init("kind", .string(kind(entry))),
      .init("source", .string(entry.source)),
    ])
  }

  private static func kind(_ entry: RenderedProject.Entry) -> String {
    switch entry.content {
    case .folder: "folder"
    case .bytes: "file"
    case .copy: "copy"
    case .link: "link"
    }
  }

  /// The files of a dry run, one a line, with what becomes of those that are there.
  var plan: String {
    var lines: [String] = []
    for entry in outcome.project.entries {
      let path = outcome.folder.pushing(FilePath(entry.path))
      switch entry.content {
      case .folder: continue
      case .bytes, .copy, .link:
        let mark = FileSystem.exists(path) ? "over" : "new "
        lines.append("\(mark)  \(shown(path))")
      }
    }
    for hook in outcome.hooks {
      lines.append("run   hooks/\(hook.path.lastComponent?.string ?? "")")
    }
    return lines.joined(separator: "\n")
  }

  var ending: String {
    let files = outcome.project.entries.count { entry in
      if case .folder = entry.content { false } else { true }
    }
    let folder = shown(outcome.folder)
    var text = "made \(folder) with \(files) \(files == 1 ? "file" : "files")"
    text += "\nnext: cd \(Self.quoted(folder))"
    if FileSystem.isFile(outcome.folder.appending("MLproject")) { text += " && reprise run --list" }
    return text
  }

  private func shown(_ path: FilePath) -> String {
    var below = path
    return below.removePrefix(place.folder) && !below.isEmpty ? below.string : path.string
  }

  /// The text as a word of a shell.
  private static func quoted(_ text: String) -> String {
    let isPlain = text.unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || "0123456789-_./+".unicodeScalars.contains($0))
    }
    return isPlain
      ? text
      : "'"
        + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
        + "'"
  }
}
