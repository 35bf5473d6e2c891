import Formats
import Platform
import SystemPackage

/// A script of cells in Swift that a run compiles and executes: read, checked, and with its parameters in it.
package struct SwiftPlan: Sendable {
  /// Below the project's folder.
  package var name: String
  package var path: FilePath
  /// What is compiled as `main.swift`.
  package var program: [UInt8]

  var digest: String { SHA256.digest(of: program).hex }

  /// - Throws: ``Failure``: no Swift is installed.
  static func compiler(_ variables: [String: String]) throws -> FilePath {
    guard let compiler = ProgramPath.find("swiftc", in: variables["PATH"]) else {
      throw Failure(
        .notFound, "`swiftc` is not on PATH",
        hint: "notebooks in Swift need its compiler: swift.org/install")
    }
    return compiler
  }

  /// Which compiler it is, without running it; results of another one are not taken for its own.
  static func compilerIdentity(_ variables: [String: String]) throws -> String {
    let compiler = try compiler(variables)
    let real = FileSystem.realPath(compiler) ?? compiler
    guard let status = try FileSystem.status(real) else { return real.string }
    return "\(real) \(status.size) \(status.modified)"
  }

  /// For bash: makes the program in a folder that holds its sources, and runs it in its own place.
  ///
  /// Optimised, as what is trained is mostly arithmetic.
  static func command(in folder: FilePath, compiler: FilePath, name: String) -> String {
    let path = { (file: String) in ShellWord.quoted(folder.appending(file).string) }
    let swiftc = ShellWord.quoted(compiler.string)
    return """
      \(swiftc) --version 2>/dev/null >\(path("version"))
      \(swiftc) -O -wmo -module-name notebook \(path("main.swift")) \(path("Reprise.swift")) \
      -o \(path("program")) && exec -a \(ShellWord.quoted(name)) \(path("program"))
      """
  }
}
