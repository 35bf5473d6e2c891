import Formats
import Learning
import Platform
import Projects
import Runner
import SystemPackage

/// `reprise run --dry-run`: the plan of a run, for a terminal.
struct RunPlanPage {
  let plan: RunPlan
  /// What would come of it; nil when the result of such a run is never known.
  let explanation: Explanation?
  let console: Console

  init(_ plan: RunPlan, _ explanation: Explanation? = nil, console: Console) {
    self.plan = plan
    self.explanation = explanation
    self.console = console
  }

  var text: String {
    var rows: [(String, String)] = [
      ("project", plan.source.name), ("folder", plan.project.folder.string),
      ("entry point", plan.entryPoint.name),
    ]
    switch plan.action {
    case .command(let command): rows.append(("command", command))
    case .trainer(let trainer, _): rows.append(("trainer", trainer.name))
    case .notebook(let notebook): rows.append(("notebook", notebook.name))
    case .program(let program): rows.append(("notebook", program.name))
    }
    rows.append(("environment", plan.environmentText))
    if let timeout = plan.timeout { rows.append(("timeout", "\(timeout)")) }
    for parameter in plan.parameters {
      let origin = parameter.given == nil ? "default" : "given"
      rows.append(("parameter", "\(parameter.name) = \(parameter.value)  (\(origin))"))
    }
    for setting in plan.entryPoint.settings {
      rows.append(("setting", "\(setting.name): \(setting.value.text())"))
    }
    for variable in plan.entryPoint.environment {
      rows.append(("variable", "\(variable.name)=\(variable.value)"))
    }
    for file in plan.inputs { rows.append(("input", file.declared)) }
    for file in plan.outputs { rows.append(("output", file.declared)) }
    if let explanation { rows.append(("cache", explanation.line)) }
    return aligned(rows.map { ($0, lines(of: $1)) }) { console.styled($0, .bold) }
  }
}
