import Formats
import Git
import Platform
import SystemPackage
import Templates

/// `reprise new` of a copier template.
struct NewCopier {
  private let options: NewOptions
  private let place: Place
  private let console: Console

  init(options: NewOptions, folder: String?, console: Console) throws {
    self.options = options
    self.console = console
    place = Place(
      folder: try FileSystem.absolute(
        FilePath(folder ?? "."), in: FileSystem.workingDirectory()),
      variables: ProcessVariables.all())
  }

  /// The template, when what was typed names one of copier's and none of cookiecutter's; nil otherwise.
  private func find(_ template: String) throws -> TemplateVersions? {
    let isLocal = FileSystem.isDirectory(
      try FileSystem.absolute(FilePath(template), in: place.folder))
    let looksRemote =
      template.contains("://") || template.hasPrefix("git@") || template.hasPrefix("git+")
    guard isLocal || (looksRemote && !template.hasSuffix(".zip")) else { return nil }
    let versions = try TemplateVersions(
      address: isLocal
        ? FileSystem.absolute(FilePath(template), in: place.folder).string : template,
      directory: options.directory, project: place.folder,
      cache: RepositoryCache(UserFolders.cache(place.variables).appending("repositories")))
    if isLocal {
      let folder = try FileSystem.absolute(FilePath(template), in: place.folder)
        .pushing(FilePath(options.directory ?? ""))
      return TemplateKind.of(folder) == .copier ? versions : nil
    }
    // What cannot be had is told in cookiecutter's words, by its own way.
    guard let version = try? versions.version(options.checkout) else { return nil }
    let names = try version.commit.map { try versions.files(at: $0) } ?? []
    let isCopier = ["copier.yml", "copier.yaml"].contains { name in
      names.contains { $0.path.elementsEqual(name.utf8) }
    }
    let isCookiecutter = names.contains { $0.path.elementsEqual("cookiecutter.json".utf8) }
    return isCopier && !isCookiecutter ? versions : nil
  }

  /// Makes the project; false when the template is not copier's.
  func make(_ template: String, _ values: [String]) async throws -> Bool {
    guard !options.listInstalled, !options.showsVersion, let versions = try find(template) else {
      return false
    }
    let version =
      try options.checkout.map { try versions.version($0) }
      ?? versions.newest(.copier, following: nil)
    let target = try FileSystem.absolute(FilePath(options.outputDir), in: place.folder)
    var scaffold = CopierScaffold(
      template: try versions.checkOut(version), address: versions.address, target: target,
      variables: place.variables)
    scaffold.directory = versions.directory
    scaffold.checkout = options.checkout
    scaffold.given = try TemplateProject.given(values)
    scaffold.overwrites = options.overwriteIfExists
    scaffold.isTrusted = options.trust
    scaffold.isDryRun = options.dryRun
    if !options.noInput { scaffold.asker = CopierQuestions.asker(console) }
    let outcome = try await scaffold.make()
    let json = JSONValue.object([
      .init("project", .string(outcome.folder.string)),
      .init("template", .string(versions.address)),
      .init("commit", version.commit.map(JSONValue.string) ?? .null),
      .init("dry_run", .bool(options.dryRun)), .init("answers", outcome.answers),
      .init("files", .array(outcome.paths.map { .object([.init("path", .string($0))]) })),
    ])
    console.show(json) { options.dryRun ? outcome.paths.joined(separator: "\n") : "" }
    if let message = outcome.message { console.note(message) }
    if !options.dryRun {
      console.note("made \(outcome.folder) with \(outcome.paths.count) files from \(version.shown)")
    }
    return true
  }
}

/// Copier's questions, put as those of other templates are.
enum CopierQuestions {
  /// Asks at the terminal, or in plain lines in a pipe.
  static func asker(_ console: Console) -> @Sendable (CopierPrompt) throws -> ContextValue {
    { prompt in
      do {
        if Terminal.isTerminal(0), Terminal.isTerminal(2) {
          var asker = TerminalAsker(console: console)
          return try answer(prompt, &asker)
        }
        var asker = PlainAsker(
          width: 80, read: LineInput.next, write: { console.write(Array($0.utf8)) })
        return try answer(prompt, &asker)
      } catch is Aborted {
        throw Failure(
          .interrupted, "nobody answers `\(prompt.name)`",
          hint: "give `\(prompt.name)=VALUE`, or `--no-input`")
      }
    }
  }

  static func answer(_ prompt: CopierPrompt, _ asker: inout some Asker) throws -> ContextValue {
    let choices = prompt.choices.filter { $0.problem == nil }
    let kind: Question.Kind
    if !choices.isEmpty {
      let offered = choices.enumerated().map { place, choice in
        Question.Choice(.int(place), label: choice.label)
      }
      if prompt.isSeveral {
        let shown = prompt.shownItems
        let marked = choices.indices.filter { shown.contains(choices[$0].value) }
        let answer = try asker.answer(
          Question(prompt.text, kind: .several(offered, marked: marked)))
        return .list(places(answer.list ?? []).map { choices[$0].value })
      }
      let first = choices.firstIndex { $0.value == prompt.shown } ?? 0
      var ordered = offered
      ordered.insert(ordered.remove(at: first), at: 0)
      let answer = try asker.answer(Question(prompt.text, kind: .choice(ordered)))
      return choices[places([answer]).first ?? first].value
    }
    if prompt.isSecret {
      kind = .password
    } else if prompt.isYesNo {
      kind = .yesNo(default: prompt.shown == .bool(true))
    } else {
      kind = .text(default: prompt.shownText)
    }
    switch try asker.answer(Question(prompt.text, kind: kind)) {
    case .bool(let value): return .bool(value)
    case .string(let text):
      if prompt.isSecret, text.isEmpty, let shown = prompt.shown { return shown }
      return .text(text)
    default: return prompt.shown ?? .none
    }
  }

  private static func places(_ answers: [Answer]) -> [Int] {
    answers.compactMap { if case .int(let place) = $0 { place } else { nil } }
  }
}
