import Git
import Platform
import Records
import SystemPackage

/// Makes a clean work tree of the code of a run.
struct ReplayCode {
  let origin: ReplayOrigin
  let options: ReplayOptions
  let announce: @Sendable (String) -> Void

  /// Checks the code out into an empty folder, with what was not committed.
  ///
  /// - Parameter noting: is told what came of the checkout, when the commit is on this machine.
  /// - Returns: what is not as it was.
  /// - Throws: ``Failure`` when there is no commit, or no repository has it.
  func make(
    in folder: FilePath, noting: (LocalCheckout) -> Void = { _ in }
  ) throws -> [ReplayProblem] {
    let (revision, isRecorded) = try revision()
    var problems: [ReplayProblem] = []
    if let repository = try repository(with: revision) {
      let made = try repository.checkOut(
        commit: revision, into: folder, isStopped: { Task.isCancelled })
      problems = ReplayCode.problems(made)
      noting(made)
    } else {
      try fetch(revision, into: folder)
    }
    guard isRecorded else { return problems }
    if origin.recipe.leftOut > 0 {
      problems.append(
        ReplayProblem(
          .code, origin.recipe.leftOutText,
          advice: "`\(origin.artifacts)/code/left-out.txt` names them", isBlocking: false))
    }
    let patch = try origin.patch()
    if patch.isEmpty, origin.recipe.leftOut == 0,
      origin.run.tag("mlflow.source.git.dirty") == "true"
    {
      problems.append(
        ReplayProblem(
          .code, "something was not committed, and the run's artifacts have no patch of it",
          isBlocking: false))
    }
    if !patch.isEmpty, let repository = try Repository.discover(from: folder) {
      try repository.apply(patch: patch)
    }
    return problems
  }

  /// The commit or its name, and whether it is the recorded one.
  private func revision() throws -> (String, Bool) {
    if case .named(let name) = options.code { return (name, false) }
    guard let commit = origin.commit else {
      throw Failure(
        .invalid, "the code of run `\(origin.run.name)` is in no commit",
        hint: "`git init` and commit the project, and run it again; or play it with --code HEAD")
    }
    return (commit, true)
  }

  /// The repository here that has a commit; nil when none does.
  func repository(with revision: String) throws -> Repository? {
    for folder in origin.folders where FileSystem.isDirectory(folder) {
      guard let repository = try Repository.discover(from: folder),
        (try? repository.resolve(revision + "^{commit}")) != nil
      else { continue }
      return repository
    }
    return nil
  }

  /// From where the repository was cloned.
  private func fetch(_ revision: String, into folder: FilePath) throws {
    let tried = origin.folders.map { "`\($0)`" }.joined(separator: ", ")
    guard let url = origin.run.tag("mlflow.source.git.repoURL") else {
      throw Failure(
        .invalid, "no repository here has the commit \(revision.prefix(12))",
        hint: "looked from \(tried); it has no remote. Was the history rewritten? "
          + "`git reflog` may still name it; --code HEAD plays the present code")
    }
    announce("fetching \(url)")
    let cache = RepositoryCache(UserFolders.cache(options.variables).appending("repositories"))
    do {
      try Repository.clone(url: url, version: revision, into: folder, cache: cache)
    } catch var failure as Failure where failure.code != .interrupted {
      failure.message =
        "neither a repository here nor `\(url)` has the commit \(revision.prefix(12)): "
        + failure.message
      failure.hint = "push it from where the run was made; --code HEAD plays the present code"
      throw failure
    }
  }

  private static func problems(_ made: LocalCheckout) -> [ReplayProblem] {
    var problems = made.missingSubmodules.map { submodule in
      ReplayProblem(
        .code,
        "the submodule `\(submodule.path)` at \(submodule.commit.prefix(12)) is not on this machine",
        advice: submodule.hint, isBlocking: true)
    }
    problems += made.largeFiles.filter { !$0.isThere }.map { file in
      ReplayProblem(
        .code, "`\(file.path)` is kept by git-lfs, and its content is not on this machine",
        advice: "git lfs fetch", isBlocking: true)
    }
    problems += made.unfiltered.map { file in
      ReplayProblem(
        .code, "`\(file.path)` passes `\(file.attribute)`, which could not be run",
        advice: "install that program", isBlocking: false)
    }
    return problems
  }
}
