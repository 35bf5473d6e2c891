import Formats
import Learning
import Projects
import SystemPackage

extension RunPlan {
  /// The plan as `run --dry-run --json` prints it.
  ///
  /// - Parameter explanation: whether the result is known; nil leaves that out.
  package func json(_ explanation: Explanation?) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("project", .string(source.name)), .init("folder", .string(project.folder.string)),
      .init("entry_point", .string(entryPoint.name)),
      .init("environment_manager", .string(manager.rawValue)),
      .init(
        "parameters",
        .array(
          parameters.map { parameter in
            .object([
              .init("name", .string(parameter.name)), .init("type", .string(parameter.kind.word)),
              .init("value", .string(parameter.value)),
              .init("given", parameter.given.map { .string($0) } ?? .null),
            ])
          })),
      .init("inputs", .array(inputs.map { .string($0.declared) })),
      .init("outputs", .array(outputs.map { .string($0.declared) })),
      .init(
        "variables",
        .object(entryPoint.environment.map { .init($0.name, .string($0.value)) })),
    ]
    switch action {
    case .command(let command): members.append(.init("command", .string(command)))
    case .trainer(let trainer, _): members.append(.init("trainer", .string(trainer.name)))
    case .notebook(let notebook):
      members.append(.init("notebook", .string(notebook.name)))
      members.append(.init("kernel", .string(notebook.kernel)))
    case .program(let program): members.append(.init("notebook", .string(program.name)))
    }
    if !entryPoint.settings.isEmpty {
      members.append(
        .init("settings", .object(entryPoint.settings.map { .init($0.name, $0.value) })))
    }
    if let timeout {
      let parts = timeout.components
      let seconds = Double(parts.seconds) + Double(parts.attoseconds) / 1e18
      members.append(.init("timeout_seconds", .double(seconds)))
    }
    if let explanation { members.append(.init("cache", .object(explanation.verdictJSON))) }
    return .object(members)
  }
}
