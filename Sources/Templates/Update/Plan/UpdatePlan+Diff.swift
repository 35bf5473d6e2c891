import Formats
import Git

extension UpdatePlan {
  /// What the plan changes, as `git diff` prints it.
  package func diff() throws -> [UInt8] {
    var text: [UInt8] = []
    for step in steps {
      switch step.outcome {
      case .leave: continue
      case .write(let file):
        if let from = step.renamedFrom {
          text += try Patch.text(from.bytes, from: step.before?.side, to: nil)
          text += try Patch.text(step.path.bytes, from: nil, to: file.side)
        } else {
          text += try Patch.text(step.path.bytes, from: step.before?.side, to: file.side)
        }
      case .remove:
        text += try Patch.text(step.path.bytes, from: step.before?.side, to: nil)
      }
    }
    return text
  }

  /// The steps as `--json` prints them; those that keep a file are left out.
  package var json: JSONValue {
    .array(
      steps.filter { $0.action != .keep }.map { step in
        var members: [JSONValue.Member] = [
          .init("path", .string(step.path.description)),
          .init("action", .string(step.action.rawValue)),
          .init("conflict", .bool(step.conflict != nil)),
        ]
        if let from = step.renamedFrom { members.append(.init("from", .string(from.description))) }
        return .object(members)
      })
  }
}
