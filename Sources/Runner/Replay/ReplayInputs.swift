import Platform
import Records
import SystemPackage

/// Brings what a run read to where its replay reads it, by content.
struct ReplayInputs {
  let origin: ReplayOrigin
  /// The top of the clean place, and the project's folder in it.
  let top: FilePath
  let project: FilePath
  let data: (any DataSupply)?

  /// Brings all inputs with the content that was recorded.
  ///
  /// - Returns: those that cannot be had, as problems.
  func bring() throws -> [ReplayProblem] {
    var problems: [ReplayProblem] = []
    var failure: Failure?
    var isBrought = false
    for input in origin.run.inputs {
      try Task.checkCancellation()
      let path = project.pushing(FilePath(input.path)).lexicallyNormalized()
      guard let digest = input.digest else {
        problems.append(
          ReplayProblem(
            .data, "the content of the input `\(input.path)` is not known: it had no hash",
            isBlocking: false))
        continue
      }
      if try isThere(input, at: path, digest) { continue }
      if !isBrought {
        failure = bringVersions()
        isBrought = true
      }
      if try isThere(input, at: path, digest) { continue }
      if try copy(input, to: path) { continue }
      problems.append(gone(input, digest, failure))
    }
    return problems
  }

  /// Brings what the code and the pointers of this place say, whatever the run read.
  ///
  /// - Throws: ``Failure`` when versioned data cannot be had.
  func bringOwn() throws {
    let paths = origin.run.inputs.map {
      project.pushing(FilePath($0.path)).lexicallyNormalized()
    }
    _ = try data?.place(paths, inTreeOf: project, of: origin.folders)
  }

  /// Puts the inputs of this place where another one has them.
  ///
  /// - Throws: ``Failure`` with `.notFound` for one that is not here.
  func hand(over other: ReplayInputs, from what: String) throws {
    for input in origin.run.inputs {
      let name = FilePath(input.path)
      let (here, there) = (
        project.pushing(name).lexicallyNormalized(),
        other.project.pushing(name).lexicallyNormalized()
      )
      guard here.starts(with: top),
        RunPlan.resolved(there).starts(with: RunPlan.resolved(other.top))
      else { continue }
      guard FileSystem.exists(here) else {
        throw Failure(
          .notFound, "\(what) has no `\(input.path)`, which the run reads",
          hint: "leave `--data` out to play with the recorded data")
      }
      try FileSystem.createDirectory(there.removingLastComponent())
      if FileSystem.exists(there) { try FileSystem.removeTree(there) }
      try FileSystem.copyTree(here, to: there)
    }
  }

  private func isThere(_ input: RecordedFile, at path: FilePath, _ digest: String) throws -> Bool {
    try ContentDigest.record(.input, input.path, at: path).digest == digest
  }

  /// What the pointers of the recorded code name. That it cannot be had is no failure yet: it may be elsewhere.
  private func bringVersions() -> Failure? {
    let paths = origin.run.inputs.map {
      project.pushing(FilePath($0.path)).lexicallyNormalized()
    }
    do {
      _ = try data?.place(paths, inTreeOf: project, of: origin.folders)
      return nil
    } catch {
      return error as? Failure ?? Failure(.interrupted, "interrupted")
    }
  }

  /// From the person's own tree, when it still has the content, or from what earlier runs wrote.
  private func copy(_ input: RecordedFile, to path: FilePath) throws -> Bool {
    // What lies outside of the clean place, also by a link of the repository, is read where it is and never written.
    guard RunPlan.resolved(path).starts(with: RunPlan.resolved(top)) else { return false }
    return try KeptOutputs(origin: origin).bring(input, to: path, within: top)
  }

  private func gone(
    _ input: RecordedFile, _ digest: String, _ failure: Failure?
  ) -> ReplayProblem {
    let keeper = origin.recipe.keepers[input.path] ?? .nobody
    let versions = origin.run.data.filter { $0.role == .input }
    switch keeper {
    case .data:
      let first = versions.first?.text ?? String(digest.prefix(12))
      return ReplayProblem(
        .data,
        "the content of `\(input.path)` (\(first)) cannot be had\(failure.map { ": " + $0.message } ?? "")",
        advice: failure?.hint ?? "reprise data pull", isBlocking: true)
    case .git:
      return ReplayProblem(
        .data,
        "`\(input.path)` has another content in the recorded code than the run read (sha256 \(digest.prefix(12)))",
        advice: "it was changed while it was recorded, or kept by a filter of git", isBlocking: true
      )
    case .nobody:
      return ReplayProblem(
        .data,
        "`\(input.path)` (sha256 \(digest.prefix(12))) was versioned by nobody and has changed",
        advice: "bring that content back; `reprise data add \(input.path)` keeps the next ones",
        isBlocking: true)
    }
  }
}
