import Git
import Platform

/// Finds what of a key changed, down to the files of folders and of the code.
struct KeyComparison {
  let store: OutputStore
  let reading: KeyReading
  let old: RunKey

  func changes() throws -> [Explanation.Change] {
    try RunKey.Part.allCases.flatMap { part in
      let (before, now) = (old.parts[part] ?? [:], reading.key.parts[part] ?? [:])
      return try KeyComparison.names(before, now).flatMap { name in
        try changes(part, name, before[name], now[name])
      }
    }
  }

  private static func names(_ a: [String: String], _ b: [String: String]) -> [String] {
    Set(a.keys).union(b.keys).filter { a[$0] != b[$0] }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private func changes(
    _ part: RunKey.Part, _ name: String, _ before: String?, _ now: String?
  ) throws -> [Explanation.Change] {
    let whole = Explanation.Change(part: part, name: name, old: before, new: now)
    guard let before, let now else { return [whole] }
    let files: (old: [String: String], new: [String: String])?
    switch part {
    case .sources where name == RunKey.list: files = try code(before)
    case .inputs: files = try members(before, now)
    default: files = nil
    }
    guard let files else { return [whole] }
    return KeyComparison.names(files.old, files.new).map { file in
      let shown = part == .inputs ? ResultCache.member(file, of: name) : file
      return Explanation.Change(
        part: part, name: shown, old: files.old[file], new: files.new[file])
    }
  }

  /// The files of the code, then and now; nil when the list of then is not kept.
  private func code(_ digest: String) throws -> (old: [String: String], new: [String: String])? {
    guard let text = try store.bytes(of: digest), let list = SourceList(parsing: text) else {
      return nil
    }
    let table = { (list: SourceList) in
      Dictionary(
        list.entries.map {
          ($0.shown, $0.contentName + ($0.kind == .program ? " (program)" : ""))
        }
      ) { $1 }
    }
    return (table(list), table(reading.sources))
  }

  /// The files of an input that is a folder then and now; nil for any other, and when the list of then is not kept.
  private func members(
    _ before: String, _ now: String
  ) throws -> (old: [String: String], new: [String: String])? {
    guard before.hasPrefix("folder "), now.hasPrefix("folder ") else { return nil }
    let present = reading.folders.first { SHA256.digest(of: $0.text).hex == now.dropFirst(7) }
    guard let present, let past = try store.list(of: String(before.dropFirst(7))) else {
      return nil
    }
    let table = { (list: FolderList) in
      Dictionary(list.members.map { ($0.name, $0.digest) }) { $1 }
    }
    return (table(past), table(present))
  }
}
