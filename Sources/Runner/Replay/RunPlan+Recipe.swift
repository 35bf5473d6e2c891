import Git
import Platform
import Projects
import Records
import SystemPackage

extension RunPlan {
  /// How this run was asked for, with who keeps what its inputs hold.
  func recipe(_ code: CodeState?, _ data: DataFindings) throws -> RunRecipe {
    var recipe = RunRecipe()
    recipe.project = below(code?.top, project.folder) ?? ""
    recipe.leftOut = code?.leftOut.count ?? 0
    recipe.workingFolder = below(code?.top, workingFolder)
    // No MLproject says it.
    if project.manifest.file == nil, entryPoint.trainer != nil {
      recipe.trainer = entryPoint.trainer
      recipe.settings = entryPoint.settings
      recipe.modelFile = outputs.first { $0.path == modelFile }?.declared
    }
    recipe.timeout = timeout.map {
      $0.components.seconds * 1000 + $0.components.attoseconds / 1_000_000_000_000_000
    }
    for input in inputs { recipe.keepers[input.declared] = try keeper(of: input, code, data) }
    return recipe
  }

  /// A path below the top of the repository; nil when it is elsewhere.
  private func below(_ top: FilePath?, _ path: FilePath) -> String? {
    guard let top else { return nil }
    var real = FileSystem.realPath(path) ?? path
    return real.removePrefix(top) ? real.string : nil
  }

  /// Git keeps what it tracks or would track: what is not committed is in the patch, unless that leaves it out.
  private func keeper(
    of input: PlannedFile, _ code: CodeState?, _ data: DataFindings
  ) throws -> RunRecipe.Keeper {
    let below = below(code?.top, input.path)
    let isVersioned = data.versions.contains { version in
      let path = FilePath(version.path)
      guard let below else { return input.path.ends(with: path) }
      return input.path.ends(with: path) || path.starts(with: FilePath(below))
        || FilePath(below).starts(with: path)
    }
    if isVersioned { return .data }
    guard code?.commit != nil, let path = below, !path.isEmpty,
      let repository = try Repository.discover(from: project.folder)
    else { return .nobody }
    let isLeftOut = code?.leftOut.contains { line in
      line.hasPrefix(path + ":") || line.hasPrefix(path + "/")
    }
    if isLeftOut == true { return .nobody }
    let bytes = Array(path.utf8)
    if try !repository.isIgnored(bytes) { return .git }
    return try repository.firstTracked(bytes) != nil ? .git : .nobody
  }
}
