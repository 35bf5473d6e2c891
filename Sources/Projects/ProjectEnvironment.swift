import Formats
import Platform
import SystemPackage

/// The environment that a project runs in, found on the disk.
package enum ProjectEnvironment: Sendable, Hashable {
  /// A `python_env.yaml`; nil when the project names no environment at all.
  case python(FilePath?)
  case conda(FilePath)
  case docker(DockerEnvironment)

  /// Finds the file that is declared, or the default ones: `python_env.yaml`, then `conda.yaml`.
  ///
  /// - Throws: ``Failure`` when a declared file is not there.
  init(_ declaration: EnvironmentDeclaration?, in folder: FilePath) throws {
    switch declaration {
    case .docker(let docker, _): self = .docker(docker)
    case .python(let file, let mark):
      self = .python(try Self.existing(file, "python_env", in: folder, mark))
    case .conda(let file, let mark):
      self = .conda(try Self.existing(file, "conda_env", in: folder, mark))
    case nil:
      let python = folder.appending("python_env.yaml")
      let conda = folder.appending("conda.yaml")
      if try FileSystem.status(python) != nil {
        self = .python(python)
      } else if try FileSystem.status(conda) != nil {
        self = .conda(conda)
      } else {
        self = .python(nil)
      }
    }
  }

  private static func existing(
    _ file: String, _ key: String, in folder: FilePath, _ mark: SourceLocation
  ) throws -> FilePath {
    let path = folder.pushing(FilePath(file))
    guard try FileSystem.status(path) != nil else {
      let names = (try? FileSystem.names(in: folder)) ?? []
      throw Failure(
        .notFound, "there is no file `\(file)`, which `\(key)` names",
        hint: nearestName(to: file, among: names).map { "did you mean `\($0)`?" }, at: mark)
    }
    return path
  }
}
