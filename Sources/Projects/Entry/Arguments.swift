import Platform
import SystemPackage

/// The parameters of one run: those that are declared, in the order of the file, then the extra ones as given.
package struct Arguments: Sendable, Hashable {
  package var parameters: [ResolvedParameter]
  package var warnings: [Warning]

  package init(_ parameters: [ResolvedParameter], warnings: [Warning] = []) {
    self.parameters = parameters
    self.warnings = warnings
  }

  package subscript(name: String) -> ResolvedParameter? {
    parameters.first { $0.name == name }
  }
}

extension Arguments {
  /// The arguments with every `path` made an absolute path of this machine.
  ///
  /// A local path has to exist; one that was given is looked up in the working directory, as MLflow does, and a default
  /// there and then in the project. Anything with another scheme is fetched. An empty value, by which people mean none,
  /// stays empty (MLflow gives an empty folder of its own).
  ///
  /// - Parameters:
  ///   - workingDirectory: absolute, where the command was typed.
  ///   - download: fetches a URI into a folder named `param_INDEX` and says where it is.
  package func resolvingPaths(
    in workingDirectory: FilePath, project: FilePath,
    download: (_ uri: String, _ index: Int) throws -> FilePath
  ) throws -> Arguments {
    var result = self
    var problems: [Failure] = []
    for index in parameters.indices {
      let parameter = parameters[index]
      guard parameter.kind == .path, !parameter.value.isEmpty else { continue }
      guard let text = PythonURI.localPath(parameter.value) else {
        result.parameters[index].value = try download(parameter.value, index).string
        continue
      }
      let bases = parameter.given == nil ? [workingDirectory, project] : [workingDirectory]
      if let found = Self.existing(text, in: bases) {
        result.parameters[index].value = found.string
      } else {
        problems.append(
          Failure(
            .notFound, "`\(parameter.name)` is `\(parameter.value)`, and there is no such path",
            hint: "give it with -P \(parameter.name)=PATH"))
      }
    }
    if let failure = Failure.together(problems, "\(problems.count) paths do not exist") {
      throw failure
    }
    return result
  }

  private static func existing(_ text: String, in bases: [FilePath]) -> FilePath? {
    guard !text.utf8.contains(0) else { return nil }
    for base in bases {
      let path = base.pushing(FilePath(text)).lexicallyNormalized()
      // The path as written, not the normalized one: `link/..` is where the link points.
      let written = base.pushing(FilePath(text))
      if (try? FileSystem.status(written)) ?? nil != nil { return path }
      if TablePlace(written).table != nil { return path }
    }
    return nil
  }
}

extension Failure {
  /// One failure for several of the same operation: nil for none, the one itself, or a sum with all as details.
  package static func together(_ problems: [Failure], _ message: String) -> Failure? {
    guard let first = problems.first else { return nil }
    if problems.count == 1 { return first }
    return Failure(first.code, message, details: problems)
  }
}
