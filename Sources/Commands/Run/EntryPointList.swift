import Formats
import Learning
import Platform
import Projects

/// `reprise run --list`: the entry points of a project, and what each takes.
struct EntryPointList {
  let project: Project

  init(_ project: Project) { self.project = project }

  func show(on console: Console) throws {
    let entries = try project.manifest.entryPoints.map { ($0, try parameters(of: $0)) }
    console.show(json(entries)) { text(entries, console) }
  }

  /// What the entry point declares; of a trainer's, what the trainer takes with the file's values as defaults.
  private func parameters(of entry: EntryPoint) throws -> [Parameter] {
    guard let name = entry.trainer else { return entry.parameters }
    return try entry.declaring(Trainers.named(name).parameters).parameters
  }

  private func json(_ entries: [(EntryPoint, [Parameter])]) -> JSONValue {
    .array(
      entries.map { entry, parameters in
        var members: [JSONValue.Member] = [.init("name", .string(entry.name))]
        if let text = entry.description { members.append(.init("description", .string(text))) }
        if let command = entry.command { members.append(.init("command", .string(command))) }
        if let trainer = entry.trainer { members.append(.init("trainer", .string(trainer))) }
        members.append(.init("parameters", .array(parameters.map(\.json))))
        return .object(members)
      })
  }

  private func text(_ entries: [(EntryPoint, [Parameter])], _ console: Console) -> String {
    guard !entries.isEmpty else {
      return "this project has no entry points; `reprise run -e FILE.py` runs a script"
    }
    return entries.map { entry, parameters in
      var lines = [console.styled(singleLine(entry.name), .bold)]
      if let text = entry.description { lines[0] += "  " + onOneLine(text) }
      let rows = parameters.map { ($0.name, $0.summary) }
      if !rows.isEmpty { lines.append(aligned(rows, indent: "  ")) }
      return lines.joined(separator: "\n")
    }.joined(separator: "\n\n")
  }
}

/// What was written on several lines, on one.
private func onOneLine(_ text: String) -> String {
  singleLine(text.split(whereSeparator: \.isNewline).joined(separator: " "))
}

extension Parameter {
  /// One line: type, default, what is allowed, what it puts into the command, what it is for.
  var summary: String {
    var parts = [kind.word]
    if let value = defaultValue {
      parts.append("default \(value.isEmpty ? "''" : value)")
    } else if flag == nil {
      parts.append(isRequired ? "required" : "optional")
    }
    if !choices.isEmpty { parts.append("one of \(choices.joined(separator: ", "))") }
    switch (minimum, maximum) {
    case (let low?, let high?): parts.append("\(shortNumber(low)) to \(shortNumber(high))")
    case (let low?, nil): parts.append("at least \(shortNumber(low))")
    case (nil, let high?): parts.append("at most \(shortNumber(high))")
    case (nil, nil): break
    }
    if let flag { parts.append("gives `\(flag)` when true") }
    let head = onOneLine(parts.joined(separator: ", "))
    return description.map { "\(head): \(onOneLine($0))" } ?? head
  }

  var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("name", .string(name)), .init("type", .string(kind.word)),
      .init("required", .bool(isRequired)),
      .init("default", defaultValue.map { .string($0) } ?? .null),
    ]
    if !choices.isEmpty { members.append(.init("choices", .array(choices.map { .string($0) }))) }
    if let minimum { members.append(.init("min", .double(minimum))) }
    if let maximum { members.append(.init("max", .double(maximum))) }
    if let flag { members.append(.init("flag", .string(flag))) }
    if let description { members.append(.init("description", .string(description))) }
    return .object(members)
  }
}
