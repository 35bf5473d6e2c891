import Glibc
import Platform
import SystemPackage
import Templates

/// Shows the hooks of somebody else's template before they run for the first time, and remembers the answer by commit.
struct HookTrust {
  let console: Console
  let variables: [String: String]

  private var file: FilePath { UserFolders.cache(variables).appending("trusted-templates") }

  /// Whether the hooks may run.
  func allows(
    _ source: TemplateSource, _ hooks: [HookScript], asker: inout some Asker
  ) throws -> Bool {
    guard let mark = Self.mark(source) else { return true }
    if try trusted().contains(mark) { return true }
    console.note("this template runs \(hooks.count == 1 ? "a script" : "\(hooks.count) scripts"):")
    for hook in hooks { try show(hook) }
    let question = Question(
      "Run them, now and whenever this version is used", kind: .yesNo(default: false))
    guard try asker.answer(question).isTrue else { return false }
    try remember(mark)
    return true
  }

  /// What names a version of a template; nil for the user's own.
  private static func mark(_ source: TemplateSource) -> String? {
    switch source.origin {
    case .folder, .own, .zip: nil
    case .repository(let url, let commit): commit.map { "\($0) \(url)" } ?? "unknown \(url)"
    case .remoteZip(let url, let digest): "\(digest) \(url)"
    }
  }

  private func show(_ hook: HookScript) throws {
    let name = hook.path.lastComponent?.string ?? ""
    console.note("--- \(name)")
    let text = String(decoding: try FileSystem.read(hook.path, limit: 1 << 22), as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for line in lines.prefix(200) { console.note("  " + singleLine(String(line))) }
    if lines.count > 200 { console.note("  … \(lines.count - 200) more lines: \(hook.path)") }
  }

  private func trusted() throws -> Set<String> {
    guard FileSystem.isFile(file) else { return [] }
    return Set(try FileSystem.readText(file).split(separator: "\n").map(String.init))
  }

  private func remember(_ mark: String) throws {
    guard !mark.hasPrefix("unknown ") else { return }
    try FileSystem.createDirectory(file.removingLastComponent())
    let all = try trusted().union([mark]).sorted()
    try FileSystem.write(all.joined(separator: "\n") + "\n", to: file)
  }
}
