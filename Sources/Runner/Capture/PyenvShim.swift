import Platform
import SystemPackage

/// The interpreter that one of pyenv's shims stands for; the shim, a script that starts another, is not run.
///
/// pyenv's rule: `PYENV_VERSION`, else the nearest `.python-version` upwards, else the global `version`. A name is
/// that of an installed version, or the beginning of one; then the newest counts.
enum PyenvShim {
  static func isShim(_ program: FilePath) -> Bool {
    program.removingLastComponent().lastComponent?.string == "shims"
  }

  static func target(
    of program: FilePath, _ variables: [String: String], in directory: FilePath
  ) -> FilePath? {
    let root = program.removingLastComponent().removingLastComponent()
    let versions = root.appending("versions")
    let installed = (try? FileSystem.names(in: versions)) ?? []
    let name = program.lastComponent?.string ?? ""
    for wanted in wanted(variables, directory, root) {
      if wanted == "system" {
        let shims = program.removingLastComponent().string
        let rest = (variables["PATH"] ?? "").split(separator: ":").filter { $0 != shims }
        if let found = ProgramPath.find(name, in: rest.joined(separator: ":")) { return found }
        continue
      }
      let matches = installed.filter { $0 == wanted || $0.hasPrefix("\(wanted).") }
      guard let newest = matches.max(by: isOlder) else { continue }
      let candidate = versions.appending("\(newest)/bin/\(name)")
      if FileSystem.isFile(candidate) { return candidate }
    }
    return nil
  }

  private static func wanted(
    _ variables: [String: String], _ directory: FilePath, _ root: FilePath
  ) -> [String] {
    if let own = variables["PYENV_VERSION"], !own.isEmpty {
      return own.split(separator: ":").map(String.init)
    }
    var folder = directory
    while true {
      if let names = names(in: folder.appending(".python-version")) { return names }
      let parent = folder.removingLastComponent()
      if parent == folder || parent.isEmpty { break }
      folder = parent
    }
    return names(in: root.appending("version")) ?? ["system"]
  }

  private static func names(in file: FilePath) -> [String]? {
    guard let text = try? FileSystem.readText(file, limit: 4096) else { return nil }
    let lines = text.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("#") }
    let names = lines.flatMap { $0.split(whereSeparator: \.isWhitespace).map(String.init) }
    return names.isEmpty ? nil : names
  }

  private static func isOlder(_ a: String, _ b: String) -> Bool {
    let numbers = { (text: String) in text.split(separator: ".").map { Int($0) ?? 0 } }
    return numbers(a).lexicographicallyPrecedes(numbers(b))
  }
}
