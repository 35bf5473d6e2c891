import Formats
import Platform
import SystemPackage

/// What a project wants its environment to hold; from `python_env.yaml` or a conda file.
package struct EnvironmentSpecification: Sendable, Hashable {
  /// The file, as the project names it.
  package var file: FilePath
  /// The version of Python as written, such as `3.11`; nil when the file names none.
  package var python: String?
  package var buildDependencies: [String]
  /// As pip takes them; `-r FILE` and `-c FILE` are relative to the project's folder.
  package var dependencies: [String]
  /// Conda packages that pip cannot install; left out by the managers other than conda.
  package var condaOnly: [String] = []

  /// Names the content: two projects with equal needs share one environment.
  ///
  /// - Parameters:
  ///   - folder: the project's folder; the files that dependencies name are read there and count with their content.
  ///   - kind: who builds it.
  func key(in folder: FilePath, kind: String) throws -> String {
    var hash = SHA256()
    let feed = { (words: [String]) in
      hash.update(Array(JSONValue.array(words.map { .string($0) }).text().utf8))
    }
    feed([kind, python ?? ""])
    feed(buildDependencies)
    feed(dependencies)
    // What lies in the project itself is another package in another project.
    if (buildDependencies + dependencies).contains(where: EnvironmentSpecification.isLocal) {
      feed([folder.string])
    }
    if kind == "conda" { feed([try FileSystem.readText(folder.pushing(file))]) }
    var seen: Set<FilePath> = []
    var queue = (buildDependencies + dependencies).compactMap {
      EnvironmentSpecification.requirementFile($0).map { folder.pushing(FilePath($0)) }
    }
    while !queue.isEmpty {
      let path = queue.removeFirst().lexicallyNormalized()
      guard seen.insert(path).inserted else { continue }
      let text = try FileSystem.readText(path)
      feed([text])
      let lines = text.split(whereSeparator: \.isNewline).map(String.init)
      if lines.contains(where: EnvironmentSpecification.isLocal) { feed([folder.string]) }
      queue += lines.compactMap {
        EnvironmentSpecification.requirementFile($0).map {
          path.removingLastComponent().pushing(FilePath($0))
        }
      }
    }
    return String(hash.finish().hex.prefix(24))
  }

  /// The words for pip: an option and its file are two, everything else is one.
  static func words(_ dependencies: [String]) -> [String] {
    dependencies.flatMap { line -> [String] in
      // A requirements file, which these lines are to MLflow, may have comments.
      let comment = line.firstRange(of: " #")?.lowerBound ?? line.endIndex
      let line = String(line[..<comment])
      guard line.hasPrefix("-"), let space = line.firstIndex(of: " ") else { return [line] }
      let rest = line[space...].drop { $0 == " " }
      return [String(line[..<space]), String(rest)]
    }
  }

  private static func isLocal(_ line: String) -> Bool {
    ["-e", "--editable", ".", "/", "file:"].contains { line.hasPrefix($0) }
      || line.contains("@ file:")
  }

  private static func requirementFile(_ line: String) -> String? {
    for option in ["-r", "--requirement", "-c", "--constraint"] where line.hasPrefix(option) {
      let rest = line.dropFirst(option.count)
      guard let first = rest.first, first == " " || first == "=" || option.count == 2 else {
        continue
      }
      let name = rest.drop { $0 == " " || $0 == "=" }.prefix {
        $0 != " " && $0 != "#" && $0 != "\r"
      }
      if !name.isEmpty, !name.contains("://") { return String(name) }
    }
    return nil
  }
}
