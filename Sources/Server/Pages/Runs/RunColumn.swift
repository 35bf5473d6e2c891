import Records

/// A column of the table of runs.
enum RunColumn: Sendable, Hashable {
  case metric(String)
  case param(String)
  case tag(String)
  case fact(Fact)

  /// What is known of every run.
  enum Fact: String, Sendable, CaseIterable {
    case started = "start_time"
    case duration
    case user = "user_id"
    case entryPoint = "entry_point"
    case source
    case commit
  }

  enum Group: Sendable, Hashable { case facts, params, metrics, tags }

  /// The column of a name as addresses have it: `metrics.accuracy`, `duration`.
  init?(_ text: String) {
    if let fact = Fact(rawValue: text) {
      self = .fact(fact)
      return
    }
    guard let point = text.firstIndex(of: ".") else { return nil }
    let key = String(text[text.index(after: point)...])
    guard !key.isEmpty else { return nil }
    switch text[..<point] {
    case "metrics": self = .metric(key)
    case "params": self = .param(key)
    case "tags": self = .tag(key)
    default: return nil
    }
  }

  var text: String {
    switch self {
    case .metric(let key): "metrics.\(key)"
    case .param(let key): "params.\(key)"
    case .tag(let key): "tags.\(key)"
    case .fact(let fact): fact.rawValue
    }
  }

  var group: Group {
    switch self {
    case .metric: .metrics
    case .param: .params
    case .tag: .tags
    case .fact: .facts
    }
  }

  /// What a search sorts by for this column; nil where it cannot.
  var order: String? {
    switch self {
    case .metric(let key): "metrics.`\(key)`"
    case .param(let key): "params.`\(key)`"
    case .tag(let key): "tags.`\(key)`"
    case .fact(.started): "start_time"
    case .fact(.user): "attributes.user_id"
    case .fact(.entryPoint): "tags.`mlflow.project.entryPoint`"
    case .fact(.source): "tags.`mlflow.source.name`"
    case .fact(.commit): "tags.`mlflow.source.git.commit`"
    case .fact(.duration): nil
    }
  }

  func name(_ at: PageContext) -> String {
    switch self {
    case .metric(let key), .param(let key), .tag(let key): key
    case .fact(.started): at[.started]
    case .fact(.duration): at[.duration]
    case .fact(.user): at[.user]
    case .fact(.entryPoint): at[.entryPoint]
    case .fact(.source): at[.source]
    case .fact(.commit): at[.commit]
    }
  }
}
