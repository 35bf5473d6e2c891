import Platform
import SystemPackage

/// The templates inside of a template, in cookiecutter's newer form (`templates`) and its older one (`template`).
struct NestedTemplates {
  private let context: ScaffoldContext

  init(_ context: ScaffoldContext) { self.context = context }

  /// The path of the one that is wanted, below the template's folder.
  func choose(asksNothing: Bool, asker: inout some Asker) throws -> String {
    if let templates = context.cookiecutter["templates"], templates.isTrue {
      return try chooseNamed(templates, asksNothing, &asker)
    }
    let labels = (context.cookiecutter["template"]?.list ?? []).map(\.pythonText)
    guard let first = labels.first else { throw wrong("the list of choices is empty") }
    var label = first
    if !asksNothing {
      let prompts = context.cookiecutter["__prompts__"]?.map
      let prompt = prompts?["template"]
      let text = prompt?.string ?? prompt?.map?["__prompt__"]?.string ?? "Select template"
      let choices = labels.map {
        Question.Choice(.string($0), label: prompt?.map?[$0]?.pythonText ?? $0)
      }
      label = try asker.answer(Question(text, kind: .choice(choices))).pythonText
    }
    guard let open = label.firstIndex(of: "("), let close = label.lastIndex(of: ")"),
      label.index(after: open) < close
    else { throw wrong("`\(label)` has no path in parentheses") }
    return String(label[label.index(after: open)..<close])
  }

  private func chooseNamed(
    _ templates: Answer, _ asksNothing: Bool, _ asker: inout some Asker
  ) throws -> String {
    guard let map = templates.map, let first = map.entries.first else {
      throw wrong("`templates` must be an object")
    }
    var key = first.key
    if !asksNothing {
      let choices = map.entries.map { entry in
        Question.Choice(.string(entry.key), label: Self.label(entry))
      }
      key = try asker.answer(Question("Select a template", kind: .choice(choices))).pythonText
    }
    guard let path = map[key]?.map?["path"]?.string else {
      throw wrong("`templates.\(key)` has no `path`")
    }
    return path
  }

  private static func label(_ entry: AnswerMap.Entry) -> String {
    let title = entry.value.map?["title"]?.pythonText ?? entry.key
    let description = entry.value.map?["description"]?.pythonText ?? entry.key
    return title == description ? title : "\(title) (\(description))"
  }

  private func wrong(_ why: String) -> Failure {
    Failure(.invalid, why, at: SourceLocation(file: context.file.string))
  }
}
