import Platform
import SystemPackage

/// A script that a template brings, to be run before the questions, or before or after the files are made.
package struct HookScript: Sendable {
  package enum Moment: String, Sendable, CaseIterable {
    case prePrompt = "pre_prompt"
    case preGeneration = "pre_gen_project"
    case postGeneration = "post_gen_project"
  }

  package var moment: Moment
  package var path: FilePath

  /// The scripts of a template for a moment, by name: every file in `hooks` whose name without its last extension is the
  /// moment's.
  package static func scripts(_ moment: Moment, in template: FilePath) throws -> [HookScript] {
    let folder = template.appending("hooks")
    guard FileSystem.isDirectory(folder) else { return [] }
    return try FileSystem.components(in: folder)
      .filter { Self.stem($0.string).isSameText(as: moment.rawValue) && !$0.string.hasSuffix("~") }
      .map { HookScript(moment: moment, path: folder.appending($0)) }
  }

  /// All scripts of a template, in the order in which they run.
  package static func all(in template: FilePath) throws -> [HookScript] {
    try Moment.allCases.flatMap { try scripts($0, in: template) }
  }

  /// The name without its last extension, as Python's `splitext` cuts it.
  private static func stem(_ name: String) -> String {
    guard let dot = name.lastIndex(of: "."), !name[..<dot].allSatisfy({ $0 == "." }) else {
      return name
    }
    return String(name[..<dot])
  }

  /// With its dot; empty when there is none.
  var suffix: String {
    let name = path.lastComponent?.string ?? ""
    return String(name.dropFirst(Self.stem(name).count))
  }
}
