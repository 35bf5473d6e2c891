import Glibc
import SystemPackage

/// The data that comes with the program: `templates` and `lint-rules`.
package enum SharedFiles {
  /// The folder that holds them: `$REPRISE_HOME`; else the repository, for a program that runs from its build folder; else
  /// `PREFIX/share/reprise`, for one that is installed as `PREFIX/bin/reprise`.
  ///
  /// - Throws: ``Failure`` with code `.notFound` that says where was looked.
  package static func folder(
    variables: [String: String], program: FilePath? = FileSystem.realPath("/proc/self/exe")
  ) throws -> FilePath {
    if let home = variables["REPRISE_HOME"], !home.isEmpty {
      if holdsData(FilePath(home)) { return FilePath(home) }
      throw Failure(
        .notFound, "`$REPRISE_HOME` is `\(home)`, which has no `templates` and `lint-rules`",
        hint: "unset it, or point it at the repository or at PREFIX/share/reprise")
    }
    let candidates = program.map { [repository(of: $0), installed(beside: $0)] } ?? []
    if let found = candidates.compactMap({ $0 }).first(where: holdsData) { return found }
    throw Failure(
      .notFound, "the program's own files are not there: `templates` and `lint-rules`",
      hint: "install it with `make install`, or set `REPRISE_HOME` to the repository")
  }

  private static func holdsData(_ folder: FilePath) -> Bool {
    ["templates", "lint-rules"].allSatisfy { FileSystem.isDirectory(folder.appending($0)) }
  }

  /// The folder above the build folder (`.build`, `.build-NAME`) that a program lies in.
  private static func repository(of program: FilePath) -> FilePath? {
    var folder = program.removingLastComponent()
    while let name = folder.lastComponent?.string {
      folder = folder.removingLastComponent()
      if name == ".build" || name.hasPrefix(".build-") { return folder }
    }
    return nil
  }

  private static func installed(beside program: FilePath) -> FilePath? {
    let folder = program.removingLastComponent()
    guard folder.lastComponent?.string == "bin" else { return nil }
    return folder.removingLastComponent().appending("share").appending("reprise")
  }
}
