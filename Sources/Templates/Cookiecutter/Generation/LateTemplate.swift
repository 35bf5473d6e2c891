import Synchronization

/// A file's template until it is rendered, once: what was parsed goes with it, so that a project of thousands of files is
/// not in memory as thousands of syntax trees.
final class LateTemplate: Sendable {
  private struct State {
    var source: [UInt8]
    var survey: ByteSurvey
    var parsed: Result<Template, TemplateError>?
  }

  /// Its path in the template.
  let name: String
  private let environment: TemplateEnvironment
  private let state: Mutex<State>

  init(
    _ source: [UInt8], _ survey: ByteSurvey, name: String, environment: TemplateEnvironment
  ) {
    self.name = name
    self.environment = environment
    state = Mutex(State(source: source, survey: survey))
  }

  /// Whether it changes the values that it sees; only what could is parsed to tell.
  func mutatesContext() -> Bool {
    state.withLock { state in
      guard Self.mayMutate(state, environment.options) else { return false }
      let template = parse(state.source)
      state.parsed = template
      return (try? template.get())?.mutatesContext ?? false
    }
  }

  /// Gives the template and its text, both of which are forgotten here.
  func take() -> (template: Result<Template, TemplateError>, source: [UInt8]) {
    let last = state.withLock { state in
      defer { state.source = [] }
      return state
    }
    return (last.parsed ?? parse(last.source), last.source)
  }

  private func parse(_ source: [UInt8]) -> Result<Template, TemplateError> {
    Result { () throws(TemplateError) in
      try Template(source: source, name: name, environment: environment)
    }
  }

  /// Without tags, calls, filters and subscripts there are only variables and operators.
  private static func mayMutate(_ state: State, _ options: TemplateOptions) -> Bool {
    guard options.lineStatementPrefix == nil, options.blockStart == "{%" else { return true }
    if state.survey.hasCallSigns { return true }
    guard state.survey.hasPercentSigns else { return false }
    return zip(state.source, state.source.dropFirst()).contains { $0 == 0x7B && $1 == 0x25 }
  }
}
