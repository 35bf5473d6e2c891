import Formats
import Learning
import Platform
import Projects
import Records
import SystemPackage

/// The key of a plan, as it is found just before the run.
package struct KeyReading: Sendable {
  package var key: RunKey
  /// Why nothing can be concluded from the key: something that the result depends on is not in it.
  package var obstacles: [String]
  /// The code that counts.
  var sources: SourceList
  /// What inputs that are folders hold.
  var folders: [FolderList]

  /// - Parameters:
  ///   - drawn: variables whose values an enclosing run has drawn.
  ///   - standardInput: what stands on standard input, for a person; nil for nothing.
  init(
    _ plan: RunPlan, _ findings: RunRecorder.Findings, drawn: Set<String> = [],
    standardInput: String? = nil
  ) throws {
    sources = SourceList([])
    folders = findings.folders
    obstacles = []
    var parts: [RunKey.Part: [String: String]] = [:]
    parts[.parameters] = Dictionary(plan.parameters.map { ($0.name, $0.value) }) { $1 }
    parts[.settings] = Dictionary(
      plan.entryPoint.settings.map { ($0.name, $0.value.text(.compact, sortingKeys: true)) }
    ) { $1 }
    if let code = try KeyReading.code(plan) {
      sources = code.list
      obstacles = code.obstacles
      parts[.sources] = [
        "from": plan.entryPoint.sources == nil ? "git" : "declared",
        RunKey.list: SHA256.digest(of: sources.text).hex,
      ]
    }
    switch plan.action {
    case .command(let command):
      parts[.command] = ["command": command]
      parts[.environment] = KeyReading.environment(findings.environment.python)
      if let standardInput {
        obstacles.append("standard input is \(standardInput), whose content is not known")
      }
    case .notebook(let notebook):
      parts[.command] = ["notebook": notebook.name, "cells": notebook.digest]
      parts[.environment] = KeyReading.environment(findings.environment.python)
    case .program(let program):
      parts[.command] = ["swift": program.name, "program": program.digest]
      parts[.environment] = ["swift": try SwiftPlan.compilerIdentity(findings.variables)]
    case .trainer(let trainer, _):
      parts[.command] = ["trainer": trainer.name]
      parts[.environment] = ["program": ProgramVersion.text]
    }
    for input in findings.inputs {
      parts[.inputs, default: [:]][input.path] =
        "\(input.kind.rawValue) \(input.digest ?? "")"
      if input.digest == nil {
        obstacles.append("the input `\(input.path)` is \(input.withoutDigest)")
      }
    }
    parts[.variables] = RunKey.variables(plan, drawn: drawn)
    parts[.outputs] = Dictionary(plan.outputs.map { ($0.declared, "") }) { $1 }
    key = RunKey(parts)
  }

  /// The code that counts; nil for a trainer of ours, which runs none, unless some is declared.
  private static func code(_ plan: RunPlan) throws -> SourceFinder.Findings? {
    if case .trainer = plan.action, plan.entryPoint.sources == nil { return nil }
    return try SourceFinder(plan).find()
  }

  /// The interpreter as packages see it; where it is makes no difference.
  private static func environment(_ python: PythonInterpreter?) -> [String: String] {
    // The names of packages are lower case, so that this is none of them.
    guard let python else { return ["Python": "none"] }
    var values = ["Python": python.version]
    for package in python.packages {
      let parts = package.split(separator: "=", maxSplits: 2)
      values[String(parts.first ?? "")] = parts.count > 1 ? String(parts[1]) : ""
    }
    return values
  }

  /// Keeps what a later run is compared with.
  func keep(in store: OutputStore) throws {
    try store.keep(key.text)
    try store.keep(sources.text)
    for folder in folders { try store.keep(folder.text) }
  }
}
