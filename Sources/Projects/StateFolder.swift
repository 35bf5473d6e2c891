import Platform
import SystemPackage

/// `.reprise` of a project: what belongs to one machine, and a few files that git keeps.
package enum StateFolder {
  package static let name: FilePath.Component = ".reprise"

  /// A `.gitignore` that has git ignore all beside it.
  package static let ignoringAll =
    "# Written by reprise: records are not part of the code.\n*\n"

  /// What `.reprise/.gitignore` has to say, so that git ignores the folder, but for some files.
  ///
  /// - Parameter shown: names in the folder that git keeps.
  /// - Returns: nil when it says so already, or when a person wrote it otherwise.
  package static func ignoreText(in project: FilePath, showing shown: [String]) throws -> String? {
    let file = project.appending(name).appending(".gitignore")
    let text = FileSystem.isFile(file) ? try FileSystem.readText(file) : ""
    let lines = text.split(separator: "\n").map(String.init)
    guard lines.isEmpty || lines.contains("*") else { return nil }
    var result = lines.isEmpty ? ignoringAll : text
    let wanted = shown.isEmpty ? [] : [".gitignore"] + shown
    let missing = wanted.filter { !lines.contains("!\($0)") }
    guard lines.isEmpty || !missing.isEmpty else { return nil }
    if !result.hasSuffix("\n") { result += "\n" }
    for name in missing { result += "!\(name)\n" }
    return result
  }

  /// Makes the folder, and has git ignore it, but for some files.
  package static func create(in project: FilePath, showing shown: [String] = []) throws {
    let folder = project.appending(name)
    try FileSystem.createDirectory(folder)
    if let text = try ignoreText(in: project, showing: shown) {
      try FileSystem.write(text, to: folder.appending(".gitignore"))
    }
  }
}
