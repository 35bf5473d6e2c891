import Platform
import SystemPackage

extension Repository {
  /// Whether only git itself can write the index: libgit2 1.5 knows neither split nor sparse ones.
  var needsGitToWriteIndex: Bool {
    get throws { try IndexFile(indexPath).isBeyondLibGit2 }
  }

  /// Changes the index by `git update-index`, which knows all its forms.
  ///
  /// - Parameter records: what its standard input is, each with a NUL behind it.
  /// - Throws: ``Failure``: `.unsupported` when there is no git, `.locked` while another program writes to the index.
  func updateIndex(_ arguments: [String], _ records: [[UInt8]]) throws {
    var variables = ["GIT_DIR": gitDirectory.string, "GIT_INDEX_FILE": indexPath.string]
    variables["GIT_WORK_TREE"] = workTree?.string
    let result: HelperProgram.Result
    do {
      result = try HelperProgram.run(
        ["git", "update-index", "-z"] + arguments, input: records.flatMap { $0 + [0] },
        in: workTree, environment: variables, seconds: 600)
    } catch let failure as Failure where failure.code == .notFound {
      throw Failure(
        .unsupported, "only git can write `\(indexPath)`, a split or sparse index",
        hint: "install git, or give the index its plain form: git update-index --no-split-index")
    }
    guard result.status == 0 else {
      if FileSystem.isFile(FilePath(indexPath.string + ".lock")) {
        throw Failure(
          .locked, "another program writes to git's index",
          hint: "if none does, remove `\(indexPath).lock`")
      }
      throw Failure(.io, "`git update-index` failed", hint: "git status")
    }
  }
}
