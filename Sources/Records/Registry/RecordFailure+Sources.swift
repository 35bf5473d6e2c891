import Platform

/// Refusals of the places that versions of models are made from.
extension RecordFailure {
  private static func source(_ source: String, _ why: String, _ ours: String, hint: String? = nil)
    -> RecordFailure
  {
    registry("Invalid model version source: '\(source)'. \(why)", ours, hint: hint)
  }

  static func relativeSource(_ text: String) -> RecordFailure {
    source(
      text,
      """
      If supplying a source as an http, https, local file path, ftp, objectstore, or mlflow-artifacts uri, an absolute \
      path must be provided without relative path references present. Please provide an absolute path.
      """, "`\(text)` does not name one place plainly",
      hint: "give an absolute path or URI without `..`, `?`, `#` and backslashes")
  }

  static func localSource(_ text: String, needs parameter: SourceOwner) -> RecordFailure {
    source(
      text,
      """
      To use a local path as a model version source, the \(parameter.rawValue) request parameter has to be specified \
      and the local path has to be contained within the artifact directory of the run specified by the \
      \(parameter.rawValue).
      """,
      "`\(text)` is not in the artifacts of the \(parameter.words) that it is said to come from",
      hint: "log the model to a run and register `runs:/RUN/PATH`")
  }

  static func foreignSource(_ text: String, needs parameter: SourceOwner) -> RecordFailure {
    source(
      text,
      """
      The \(parameter.rawValue) request parameter must identify the resource that contains the source.
      """,
      "`\(text)` is not in the artifacts of the \(parameter.words) that it is said to come from")
  }

  static func foreignRegistry(_ text: String) -> RecordFailure {
    source(
      text, "Registered model sources must use the active model registry.",
      "`\(text)` names another registry", hint: "write models:/NAME/VERSION")
  }

  static func promptAsSource(_ text: String) -> RecordFailure {
    source(
      text, "Prompt versions cannot be used as model version sources.", "`\(text)` is a prompt")
  }

  static func otherLineage(_ text: String) -> RecordFailure {
    source(
      text,
      "The run_id and model_id request parameters must match the referenced model version.",
      "`\(text)` was made by another run or model than the one given")
  }

  static func promptSource(_ text: String) -> RecordFailure {
    registry(
      "Invalid prompt source: '\(text)'. Prompt sources must use an MLflow placeholder.",
      "`\(text)` is no source of a prompt", hint: "write dummy-source")
  }

  static func remoteSource(_ scheme: String) -> RecordFailure {
    registry(
      """
      'source' cannot use the '\(scheme)' scheme: the '\(scheme)' scheme addresses a host other than the tracking \
      server's configured artifact storage, so the server would connect to the host named in the URI. Set the \
      MLFLOW_ALLOWED_HOST_ADDRESSED_ARTIFACT_SCHEMES environment variable on the server to allow it.
      """, "`\(scheme)` names another host, which is never asked for a model's files",
      hint: "log the model to a run and register `runs:/RUN/PATH`")
  }

  /// MLflow calls this an internal error; it is the request's.
  static func noVersion(inStage stage: String?, of model: String) -> RecordFailure {
    RecordFailure(
      .doesNotExist,
      "No versions of model with name '\(model)'\(stage.map { " and stage '\($0)'" } ?? "") found",
      failure: Failure(
        .notFound,
        "the registered model `\(model)` has no version\(stage.map { " in stage `\($0)`" } ?? "")"))
  }
}

/// What a source's files belong to, by the name of the request's field.
enum SourceOwner: String {
  case run = "run_id"
  case loggedModel = "model_id"

  var words: String {
    switch self {
    case .run: "run"
    case .loggedModel: "logged model"
    }
  }
}
