/// Who provides the programs and packages of a run; the words are those of `mlflow run --env-manager`.
package enum EnvironmentManager: String, Sendable, Hashable, CaseIterable {
  /// Nobody: what is on `PATH`.
  case local
  /// A virtual environment, made by uv when it is on `PATH`, else by `python3 -m venv`.
  case virtualenv
  case uv
  /// An environment made by micromamba, mamba or conda, whichever is there.
  case conda
}
