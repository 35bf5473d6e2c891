import Platform
import SystemPackage

/// Finds an installed Python of a version.
struct PythonLocator {
  let variables: [String: String]
  /// The project's folder, whose `.python-version` pyenv obeys.
  let folder: FilePath

  /// - Parameter version: as `3.11` or `3.11.7`; nil takes `python3`.
  /// - Throws: ``Failure`` with code `.notFound` that lists the versions that are there.
  func find(_ version: String?) throws -> FilePath {
    guard let version, !version.isEmpty else {
      guard let python = ProgramPath.find("python3", in: variables["PATH"]) else {
        throw Failure(.notFound, "`python3` is not on PATH", hint: "install Python 3, or uv")
      }
      return python
    }
    let installed = all()
    let wanted = version.split(separator: ".")
    if let match = installed.first(where: { $0.version.split(separator: ".").starts(with: wanted) })
    {
      return match.path
    }
    let names = Set(installed.map(\.version)).sorted()
    throw Failure(
      .notFound, "Python \(version) is not installed",
      hint: "install uv, which fetches it, or `--env-manager local`; "
        + (names.isEmpty ? "no Python was found" : "found: \(names.joined(separator: ", "))"))
  }

  /// Every Python on `PATH` and under pyenv, with its full version where the folders tell it.
  private func all() -> [(version: String, path: FilePath)] {
    var programs: [FilePath] = ["python", "python3"].compactMap {
      ProgramPath.find($0, in: variables["PATH"])
    }
    programs += (7...20).compactMap { ProgramPath.find("python3.\($0)", in: variables["PATH"]) }
    let root =
      variables["PYENV_ROOT"].map { FilePath($0) }
      ?? UserFolders.home(variables).appending(".pyenv")
    let versions = root.appending("versions")
    for name in (try? FileSystem.names(in: versions)) ?? [] {
      programs.append(versions.appending("\(name)/bin/python3"))
    }
    var found: [(String, FilePath)] = []
    for program in programs where FileSystem.isFile(program) {
      guard let python = PythonInterpreter(at: program, variables, in: folder),
        !found.contains(where: { $0.1 == python.executable })
      else { continue }
      found.append((python.version, python.executable))
    }
    return found
  }
}
