import Checks
import Formats
import Platform

/// How hooks of a configuration are told of: as pre-commit does, line by line.
struct HookPage {
  let console: Console
  /// The column that `Passed` ends at.
  private let columns: Int

  private static let noFiles = "(no files to check)"

  /// - Parameter hooks: those that are told of; the longest name makes the width.
  init(_ hooks: [PreCommitHook], _ console: Console) {
    self.console = console
    let longest = hooks.map { textWidth($0.name) }.max() ?? 0
    columns = max(80, longest + 3 + Self.noFiles.count + 1 + "Skipped".count)
  }

  /// The name and its dots, which stand there while the hook runs.
  func begin(_ hook: PreCommitHook) {
    console.write(Array((hook.name + dots(hook, 6)).utf8))
  }

  func end(_ hook: PreCommitHook, _ result: HookResult) {
    switch result.status {
    case .passed: console.print(console.styled("Passed", .green))
    case .mended: console.print(console.styled("Fixed", .green))
    case .failed: console.print(console.styled("Failed", .red))
    case .skipped:
      console.print(hook.name + dots(hook, 7) + console.styled("Skipped", .yellow))
    case .withoutFiles:
      console.print(
        hook.name + dots(hook, Self.noFiles.count + 7) + Self.noFiles
          + console.styled("Skipped", .cyan))
    }
    let hasTrouble = result.exitCode != 0 || !result.changed.isEmpty
    guard hook.isVerbose || hasTrouble else { return }
    print("- hook id: \(hook.id)")
    if hook.isVerbose, let duration = result.duration {
      print("- duration: \(Self.seconds(duration))s")
    }
    if result.exitCode != 0 { print("- exit code: \(result.exitCode)") }
    if !result.changed.isEmpty { print("- files were modified by this hook") }
    guard !result.output.isEmpty else { return }
    console.write([0x0A] + result.output + [0x0A, 0x0A])
  }

  private func print(_ line: String) { console.print(console.styled(line, .dim)) }

  private func dots(_ hook: PreCommitHook, _ end: Int) -> String {
    String(repeating: ".", count: max(0, columns - textWidth(hook.name) - end - 1))
  }

  /// Hundredths, as Python prints them.
  private static func seconds(_ duration: Duration) -> String {
    let hundredths = Int((duration / .milliseconds(10)).rounded())
    guard hundredths > 0 else { return "0" }
    let rest = hundredths % 100
    let digits = rest % 10 == 0 ? "\(rest / 10)" : rest < 10 ? "0\(rest)" : "\(rest)"
    return "\(hundredths / 100).\(digits)"
  }
}

/// `reprise hooks run --list`.
struct HookList {
  let plan: HookPlan

  var json: JSONValue {
    .array(
      plan.entries.map { entry in
        let hook = entry.hook
        var members: [JSONValue.Member] = [
          .init("id", .string(hook.id)), .init("name", .string(hook.name)),
          .init("repo", .string(hook.repository)),
          .init("language", hook.language.map { .string($0) } ?? .null),
          .init("stages", .array(hook.stages.map { .string($0) })),
          .init("line", hook.location.line.map { .int(Int64($0)) } ?? .null),
          .init("runs", .bool(entry.decision == .run)),
        ]
        if let reason = reason(entry) { members.append(.init("reason", .string(reason))) }
        if case .covered(let coverage) = entry.decision {
          members.append(.init("covered_by", .array(coverage.rules.map { .string($0) })))
          if let limits = coverage.limits { members.append(.init("limits", .string(limits))) }
        }
        return .object(members)
      })
  }

  func text(_ console: Console) -> String {
    guard !plan.entries.isEmpty else { return "there are no hooks" }
    let rows = plan.entries.map { entry in
      let what =
        reason(entry) ?? "runs `\(singleLine(entry.hook.entry ?? ""))` on what is staged"
      return (singleLine(entry.hook.id), what)
    }
    return aligned(rows, indent: "")
  }

  /// Why a hook is not run; nil when it is.
  private func reason(_ entry: HookPlan.Entry) -> String? {
    switch entry.decision {
    case .run: return nil
    case .otherStage: return "is for \(entry.hook.stages.joined(separator: ", "))"
    case .covered(let coverage): return Self.words(coverage)
    case .needsPreCommit:
      let language = entry.hook.language ?? "its repository's"
      return
        "needs an environment (\(language)): `pre-commit run \(entry.hook.id)` makes it"
    }
  }

  static func words(_ coverage: HookCoverage) -> String {
    let rules = coverage.rules.map { "`\($0)`" }.joined(separator: ", ")
    let verb = coverage.rules.count == 1 ? "looks" : "look"
    return "\(rules) of `reprise check` \(verb) for the same"
      + (coverage.limits.map { " (\($0))" } ?? "")
  }
}
