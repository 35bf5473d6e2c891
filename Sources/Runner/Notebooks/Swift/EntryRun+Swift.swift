import Platform
import Records
import SystemPackage

extension EntryRun {
  /// Compiles the script of the entry point and runs it; what the compiler says is in the logs.
  func execute(
    _ program: SwiftPlan, _ place: Place, _ variables: [String: String], _ passage: OutputPassage?
  ) async throws -> Result {
    let folder = place.records.buildFolder(of: place.run.id)
    try FileSystem.createDirectory(folder)
    defer { try? FileSystem.removeTree(folder) }
    try FileSystem.write(program.program, to: folder.appending("main.swift"), durable: false)
    try FileSystem.write(SwiftModule.text, to: folder.appending("Reprise.swift"), durable: false)
    let compiler = try SwiftPlan.compiler(variables)
    let command = SwiftPlan.command(in: folder, compiler: compiler, name: program.name)
    progress.update("compiling `\(program.name)`")
    var result = try await execute(command, place, variables, passage)
    if let version = try? FileSystem.readText(folder.appending("version"), limit: 4096),
      let line = version.split(separator: "\n").first
    {
      try? place.store.set(Tag("reprise.swift_version", String(line)), of: place.run.id)
    }
    let isMade = FileSystem.isFile(folder.appending("program"))
    if !isMade, result.exitCode != 0, !result.isForced {
      result.problems.append(
        Failure(
          .no, "`\(program.name)` was not compiled",
          hint: "what the compiler says stands above, with the lines of the script"))
    }
    return result
  }
}
