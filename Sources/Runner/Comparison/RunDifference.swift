import Formats
import Platform
import Records

/// What is not the same in two runs.
package struct RunDifference: Sendable {
  /// One thing that differs; nil where a run does not have it.
  package struct Change: Sendable, Hashable {
    package var name: String
    package var first: String?
    package var second: String?
    /// Of numbers: the second less the first, and in percent.
    package var delta: String?
  }

  package let first: Run
  package let second: Run
  package let outcome: [Change]
  package let parameters: [Change]
  package let metrics: [Change]
  package let inputs: [Change]
  package let outputs: [Change]
  /// Which versions of data were read and written.
  package let data: [Change]
  package let environment: [Change]
  package let code: CodeDifference

  package init(_ first: Run, _ second: Run, code: CodeDifference) {
    self.first = first
    self.second = second
    self.code = code
    outcome = RunDifference.changes(
      RunDifference.outcome(first), RunDifference.outcome(second))
    parameters = RunDifference.changes(
      first.params.map { ($0.key, $0.value) }, second.params.map { ($0.key, $0.value) })
    metrics = RunDifference.metrics(first, second)
    inputs = RunDifference.changes(
      first.inputs.map(RunDifference.pair), second.inputs.map(RunDifference.pair))
    outputs = RunDifference.changes(
      first.outputs.map(RunDifference.pair), second.outputs.map(RunDifference.pair))
    data = RunDifference.data(first, second)
    environment = RunDifference.changes(
      RunDifference.flat(first.environment), RunDifference.flat(second.environment))
  }

  package var isEmpty: Bool {
    [outcome, parameters, metrics, inputs, outputs, data, environment].allSatisfy(\.isEmpty)
      && code.isEmpty
  }

  /// The differences as `runs diff --json` prints them.
  package var json: JSONValue {
    let list = { (changes: [Change]) -> JSONValue in
      .array(
        changes.map {
          .object([
            .init("name", .string($0.name)), .init("first", $0.first.map { .string($0) } ?? .null),
            .init("second", $0.second.map { .string($0) } ?? .null),
          ])
        })
    }
    return .object([
      .init("first", .string(first.id.hex)), .init("second", .string(second.id.hex)),
      .init("same", .bool(isEmpty)), .init("outcome", list(outcome)),
      .init("parameters", list(parameters)), .init("metrics", list(metrics)),
      .init("inputs", list(inputs)), .init("outputs", list(outputs)),
      .init("data", list(data)),
      .init("environment", list(environment)), .init("code", .string(code.text)),
    ])
  }

  private static func outcome(_ run: Run) -> [(String, String)] {
    var pairs = [
      ("entry point", run.entryPoint ?? ""), ("status", run.status.rawValue.lowercased()),
    ]
    if let code = run.exitCode { pairs.append(("exit status", "\(code)")) }
    if let signal = run.signal { pairs.append(("signal", "\(signal)")) }
    return pairs
  }

  private static func pair(_ file: RecordedFile) -> (String, String) {
    (
      file.path,
      file.digest.map { "\($0.prefix(12))  \(ByteCount(file.size))" } ?? file.withoutDigest
    )
  }

  /// Contents are compared: the same one under another commit is no other version.
  private static func data(_ a: Run, _ b: Run) -> [Change] {
    let pairs = { (run: Run) in run.data.map { ($0.shownPath, $0.digest) } }
    return changes(pairs(a), pairs(b)).map { change in
      var change = change
      change.first = a.data.first { $0.shownPath == change.name }?.text ?? change.first
      change.second = b.data.first { $0.shownPath == change.name }?.text ?? change.second
      return change
    }
  }

  private static func metrics(_ a: Run, _ b: Run) -> [Change] {
    let text = { (value: Double) in "\(value)" }
    var result = changes(
      a.metrics.map { ($0.key, text($0.value)) }, b.metrics.map { ($0.key, text($0.value)) })
    for index in result.indices {
      let name = result[index].name
      guard let x = a.metrics.first(where: { $0.key == name })?.value,
        let y = b.metrics.first(where: { $0.key == name })?.value, x.isFinite, y.isFinite
      else { continue }
      let tenths = x == 0 ? nil : ((y - x) / abs(x) * 1000).rounded() / 10
      result[index].delta = tenths.map { ($0 >= 0 ? "+" : "") + "\($0) %" }
    }
    return result
  }

  /// Every leaf of the environment under the path of its keys; a list of packages has its names as keys.
  private static func flat(_ value: JSONValue?, _ path: String = "") -> [(String, String)] {
    switch value {
    case .object(let members)?:
      // How it was asked for is no part of where it ran.
      let told = path.isEmpty ? members.filter { $0.key != "recipe" } : members
      return told.flatMap { flat($0.value, path.isEmpty ? $0.key : "\(path).\($0.key)") }
    case .array(let items)?:
      return items.compactMap(\.string).map { item in
        let parts = item.split(separator: "=", maxSplits: 2, omittingEmptySubsequences: true)
        return ("\(path).\(parts.first ?? "")", parts.count > 1 ? String(parts[1]) : "")
      }
    case .string(let text)?: return [(path, text)]
    case .null?, nil: return []
    case let other?: return [(path, other.text())]
    }
  }

  /// Names of the first in its order, then those that only the second has.
  private static func changes(_ a: [(String, String)], _ b: [(String, String)]) -> [Change] {
    let left = Dictionary(a) { $1 }
    let right = Dictionary(b) { $1 }
    var seen: Set<String> = []
    return (a + b).compactMap { name, _ in
      guard seen.insert(name).inserted, left[name] != right[name] else { return nil }
      return Change(name: name, first: left[name], second: right[name])
    }
  }
}
