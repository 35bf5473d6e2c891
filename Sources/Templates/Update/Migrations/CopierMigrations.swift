import Platform
import SystemPackage

/// What a copier template runs in the project when it is updated across versions (`_migrations`), as copier 9.19.1 does.
package struct CopierMigrations: Sendable {
  package enum Stage: String, Sendable, CaseIterable { case before, after }

  private let stages: [Stage: CopierTasks]
  private let variables: [String: String]

  /// Nil where a version has no number to be compared.
  init?(
    _ generation: CopierGeneration, from: TemplateVersions.Version, to: TemplateVersions.Version,
    numbers: (TemplateVersions.Version) throws -> String?, variables: [String: String]
  ) throws {
    guard let oldName = from.name, let newName = to.name, let oldNumber = try numbers(from),
      let newNumber = try numbers(to), let old = ReleaseVersion(oldNumber),
      let new = ReleaseVersion(newNumber)
    else { return nil }
    self.variables = variables
    let settings = generation.configuration.settings["migrations"]?.items ?? []
    var stages: [Stage: CopierTasks] = [:]
    for stage in Stage.allCases {
      let extra: [(String, ContextValue)] = [
        ("_stage", .text(stage.rawValue)), ("_version_from", .text(oldName)),
        ("_version_to", .text(newName)), ("_version_pep440_from", .text(oldNumber)),
        ("_version_pep440_to", .text(newNumber)),
      ]
      let list = MigrationList(old: old, new: new, stage: stage, variables: extra)
      stages[stage] = CopierTasks(generation, migrations: try list.tasks(settings))
    }
    self.stages = stages
  }

  package var count: Int { stages.values.map(\.tasks.count).max() ?? 0 }

  /// Why they do not run without leave.
  package var refusal: Failure? { stages[.after]?.refusal }

  /// Runs those of a stage in the project.
  ///
  /// - Throws: ``Failure`` that names the migration when one ends with another status than 0.
  package func run(_ stage: Stage, in project: FilePath) async throws {
    try await stages[stage]?.run(in: project, variables: variables, operation: "update")
  }
}

/// The migrations of one stage that lie between two versions.
private struct MigrationList {
  let old: ReleaseVersion
  let new: ReleaseVersion
  let stage: CopierMigrations.Stage
  let variables: [(String, ContextValue)]

  func tasks(_ settings: [ContextValue]) throws -> [CopierTasks.Task] {
    // The version that one migration names stays for those behind it that name none, as in copier.
    var variables = variables
    var tasks: [CopierTasks.Task] = []
    let usually = ContextValue.bool(stage == .after)
    for migration in settings {
      guard migration.pairs != nil else {
        tasks.append(.init(command: migration, when: usually, variables: variables))
        continue
      }
      let isOld = migration["before"] != nil || migration["after"] != nil
      if migration["version"] != nil || isOld {
        guard let text = migration["version"]?.pythonText, let version = ReleaseVersion(text) else {
          throw Failure(.invalid, "a migration of the template names no version")
        }
        guard new >= version, version > old else { continue }
        variables.removeAll { $0.0.hasSuffix("_current") }
        variables += [
          ("_version_current", .text(text)),
          ("_version_pep440_current", .text(ReleaseVersion.normalized(text) ?? text)),
        ]
      }
      if isOld {
        tasks += (migration[stage.rawValue]?.items ?? []).map {
          .init(command: $0, variables: variables)
        }
        continue
      }
      guard let command = migration["command"] else {
        throw Failure(.invalid, "a migration of the template has no `command`")
      }
      tasks.append(
        .init(
          command: command, when: migration["when"] ?? usually,
          folder: migration["working_directory"]?.pythonText ?? ".", variables: variables))
    }
    return tasks
  }
}

extension TemplateVersions {
  /// The number by which copier compares a version: a tag's, `1.2.post3.dev0+gabcdef1` three commits behind it, and a count
  /// of all commits where there is no tag. Nil when the tag is no version.
  func number(_ version: Version) throws -> String? {
    guard let name = version.name, let commit = version.commit else { return nil }
    if commit.hasPrefix(name) {
      let count = try history(of: commit, limit: 1 << 20).count
      return "0.0.0.post\(count).dev0+\(name)"
    }
    if let number = ReleaseVersion.normalized(name) { return number }
    let parts = name.split(separator: "-")
    guard parts.count >= 3, let last = parts.last, last.first == "g" else { return nil }
    let tag = parts.dropLast(2).joined(separator: "-")
    return ReleaseVersion.normalized(tag).map {
      "\($0).post\(parts[parts.count - 2]).dev0+\(last.dropFirst())"
    }
  }
}
