/// Overrides of cookiecutter-data-science's choices with questions of their own: `storage=s3 storage.bucket=mine`.
enum DataScienceOverrides {
  /// Applies those that name such a choice, and takes them out of the list.
  static func apply(
    _ overrides: inout AnswerMap, to declared: inout AnswerMap
  ) throws(AnswerOverrides.Refused) {
    for entry in overrides.entries {
      let parts = entry.key.split(separator: ".", maxSplits: 1).map(String.init)
      guard let key = parts.first, case .list(var choices)? = declared[key],
        case .map? = choices.first
      else { continue }
      overrides[entry.key] = nil
      if parts.count == 1 {
        let names = choices.compactMap { $0.map?.entries.first?.key }
        guard let place = names.firstIndex(of: entry.value.pythonText), names.count == choices.count
        else {
          throw .init(
            message: "\(entry.value.pythonText) provided for choice variable \(key), "
              + "but the choices are \(Answer.list(names.map { .string($0) }).pythonText).")
        }
        choices.insert(choices.remove(at: place), at: 0)
      } else {
        choices = try set(parts[1], entry.value, in: choices, key)
      }
      declared[key] = .list(choices)
    }
  }

  /// Sets a question of the first choice, after all overrides of the choice itself.
  private static func set(
    _ name: String, _ value: Answer, in choices: [Answer], _ key: String
  ) throws(AnswerOverrides.Refused) -> [Answer] {
    var choices = choices
    guard var map = choices[0].map, let branch = map.entries.first,
      case .map(var questions) = branch.value, questions.contains(name)
    else {
      throw .init(
        message:
          "there is no question \(name) for \(key)=\(choices[0].map?.entries.first?.key ?? "")"
      )
    }
    questions[name] = value
    map[branch.key] = .map(questions)
    choices[0] = .map(map)
    return choices
  }
}

/// Overrides of choices of which several may be picked: `features=tests,docs`.
enum MultipleOverrides {
  static func apply(_ overrides: inout AnswerMap, to declared: inout AnswerMap) {
    let plan = QuestionPlan(declared)
    for entry in overrides.entries where plan.type(entry.key) == .multiselect {
      guard case .string(let text) = entry.value, case .list(let choices)? = declared[entry.key]
      else { continue }
      let wanted = text.split(separator: ",").map { String($0).trimmingPythonSpace() }
      guard wanted.allSatisfy({ word in choices.contains { $0.equals(.string(word)) } }) else {
        continue
      }
      overrides[entry.key] = nil
      var types = declared["__types__"]?.map ?? AnswerMap()
      types[entry.key] = .map(
        AnswerMap([
          .init("type", .string("multiselect")),
          .init("default", .list(wanted.map { .string($0) })),
        ]))
      declared["__types__"] = .map(types)
    }
  }
}
