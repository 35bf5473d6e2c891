import Platform
import Projects
import SystemPackage

extension RunPlan {
  /// Who provides the environment, and what has to be built.
  ///
  /// As MLflow chooses, but one thing: a project that names no environment runs in the one that is there, where MLflow would
  /// make an empty virtual environment in which nothing can be imported.
  static func environment(
    _ project: Project, _ request: RunRequest, _ isTrainer: Bool
  ) throws -> (EnvironmentManager, EnvironmentSpecification?) {
    if isTrainer { return (.local, nil) }
    let asked = request.environmentManager
    switch project.environment {
    case .docker:
      throw Failure(
        .unsupported, "this project runs in a container (`docker_env`), which is not supported yet",
        hint: "replace `docker_env` by `python_env`, or run it with MLflow")
    case .python(nil):
      switch asked {
      case .virtualenv, .uv:
        let empty = EnvironmentSpecification(
          file: "no file", buildDependencies: [], dependencies: [])
        return (asked ?? .virtualenv, empty)
      case .conda:
        throw Failure(
          .usage, "the project has no conda file",
          hint: "use `--env-manager local`, or name a file under `conda_env` in MLproject")
      case .local, nil: return (.local, nil)
      }
    case .python(let file?):
      switch asked ?? .virtualenv {
      case .local: return (.local, nil)
      case .conda:
        throw Failure(
          .usage, "a project with a `python_env` cannot be run with conda",
          hint: "set `--env-manager` to virtualenv, uv or local")
      case .virtualenv: return (.virtualenv, try .python(file, in: project.folder))
      case .uv: return (.uv, try .python(file, in: project.folder))
      }
    case .conda(let file):
      switch asked ?? .conda {
      case .local: return (.local, nil)
      case .conda: return (.conda, try .conda(file, in: project.folder))
      case .virtualenv: return (.virtualenv, try .conda(file, in: project.folder))
      case .uv: return (.uv, try .conda(file, in: project.folder))
      }
    }
  }
}
