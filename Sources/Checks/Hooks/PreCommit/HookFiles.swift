import Git
import Platform

/// Chooses the files of each hook from those of the stage, by names and by tags.
package final class HookFiles {
  /// A file that hooks may be given.
  package struct Candidate: Sendable, Hashable {
    /// From the top of the work tree, with slashes, as a hook gets it.
    package var path: String
    package var kind: TreeFile.Kind

    package init(path: String, kind: TreeFile.Kind) {
      self.path = path
      self.kind = kind
    }
  }

  private let candidates: [Candidate]
  private let read: (String) throws -> [UInt8]
  private let expressions: PythonExpressions
  private var known: [String: Set<String>] = [:]
  private var compiled: [String: HookExpression] = [:]

  /// - Parameter read: gives the bytes of a file, when its name does not say what it is.
  package init(
    _ candidates: [Candidate], of config: PreCommitConfig, expressions: PythonExpressions,
    read: @escaping (String) throws -> [UInt8]
  ) throws {
    self.expressions = expressions
    self.read = read
    let files = try HookExpression(config.files, expressions)
    let exclude = try HookExpression(config.exclude, expressions)
    self.candidates = try candidates.filter {
      try files.matches($0.path) && !exclude.matches($0.path)
    }
  }

  /// The names that a hook is for, in the order of their bytes.
  package func files(of hook: PreCommitHook) throws -> [String] {
    let files = try expression(hook.files)
    let exclude = try expression(hook.exclude)
    let (all, some, none) = (Set(hook.types), Set(hook.typesOr), Set(hook.excludeTypes))
    return try candidates.filter { candidate in
      guard try files.matches(candidate.path), try !exclude.matches(candidate.path) else {
        return false
      }
      let tags = try tags(candidate)
      return all.isSubset(of: tags) && (some.isEmpty || !some.isDisjoint(with: tags))
        && none.isDisjoint(with: tags)
    }.map(\.path)
  }

  private func expression(_ text: String) throws -> HookExpression {
    if let expression = compiled[text] { return expression }
    let expression = try HookExpression(text, expressions)
    compiled[text] = expression
    return expression
  }

  private func tags(_ candidate: Candidate) throws -> Set<String> {
    if let tags = known[candidate.path] { return tags }
    let kind: FileTags.Kind =
      switch candidate.kind {
      case .file: .file
      case .program: .program
      case .link: .link
      case .submodule: .folder
      }
    let tags = try FileTags.tags(candidate.path, kind) { try read(candidate.path) }
    known[candidate.path] = tags
    return tags
  }
}
