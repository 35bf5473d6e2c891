import Git
import Platform

/// What an update will do, path by path: a value that can be shown, compared and carried out.
package struct UpdatePlan: Sendable, Hashable {
  /// In the order of their paths.
  package var steps: [UpdateStep]

  package var conflicts: [UpdateStep] { steps.filter { $0.conflict != nil } }

  /// Whether the project's files stay as they are.
  package var isEmpty: Bool { !steps.contains { $0.changesFiles || $0.conflict != nil } }
}

extension UpdatePlan {
  /// What is known of the old rendering.
  package enum Base: Sendable {
    /// Every byte: the old version was rendered again.
    case rendered(RenderedTree)
    /// Only what was recorded, because the old version of the template is no longer there. A file that both sides changed is
    /// then a conflict.
    case recorded([TreePath: FilePrint])

    fileprivate var paths: [TreePath] {
      switch self {
      case .rendered(let tree): Array(tree.files.keys)
      case .recorded(let prints): Array(prints.keys)
      }
    }

    /// The old rendering as far as it is known.
    ///
    /// Of what is only recorded, a file's bytes are those of the project's file or of the new rendering when one of them
    /// has the recorded digest.
    fileprivate func versions(
      ours: ProjectSnapshot, theirs: RenderedTree
    ) -> [TreePath: BaseVersion] {
      switch self {
      case .rendered(let tree): tree.files.mapValues(BaseVersion.known)
      case .recorded(let prints):
        prints.reduce(into: [:]) { versions, line in
          versions[line.key] = BaseVersion(
            line.value, among: [ours.file(line.key), theirs[line.key]].compactMap { $0 })
        }
      }
    }
  }

  /// The paths that the snapshot of a project must cover.
  package static func paths(base: Base, theirs: RenderedTree) -> [TreePath] {
    Array(Set(base.paths).union(theirs.files.keys)).sorted()
  }

  /// Decides for every path what becomes of it.
  ///
  /// - Parameters:
  ///   - base: what the template made when the project was made or last updated.
  ///   - ours: the project; must cover ``paths(base:theirs:)``.
  ///   - theirs: what the new version makes.
  ///   - isSkipped: paths that are never touched.
  package init(
    base: Base, ours: ProjectSnapshot, theirs: RenderedTree, labels: FileMerge.Labels,
    isSkipped: (TreePath) -> Bool = { _ in false }
  ) throws {
    var planner = UpdatePlanner(
      base: base.versions(ours: ours, theirs: theirs), ours: ours,
      theirs: theirs.filter { !isSkipped($0) }, labels: labels)
    steps = try planner.plan(Self.paths(base: base, theirs: theirs).filter { !isSkipped($0) })
  }
}

/// A file of the old rendering.
enum BaseVersion {
  case none
  case known(RenderedFile)
  case print(FilePrint)

  /// What was recorded, with its bytes when a candidate has them; one whose line ends were all changed has them too.
  init(_ print: FilePrint, among candidates: [RenderedFile]) {
    for file in candidates where (file.kind == .link) == (print.kind == .link) {
      var contents = [file.content]
      if file.kind != .link, !FileMerge.isBinary(file.content) {
        contents += ProjectLineEnds.variants(of: file.content)
      }
      for content in contents where SHA256.digest(of: content).hex == print.digest {
        self = .known(RenderedFile(content, kind: print.kind))
        return
      }
    }
    self = .print(print)
  }

  var file: RenderedFile? {
    if case .known(let file) = self { file } else { nil }
  }

  var isNone: Bool {
    if case .none = self { true } else { false }
  }

  /// Whether a file is this one; its permission is compared elsewhere.
  func hasContent(of file: RenderedFile) -> Bool {
    switch self {
    case .none: false
    case .known(let base):
      base.content == file.content && (base.kind == .link) == (file.kind == .link)
    case .print(let print):
      print.digest == file.print.digest && (print.kind == .link) == (file.kind == .link)
    }
  }

  var kind: RenderedFile.Kind? {
    switch self {
    case .none: nil
    case .known(let file): file.kind
    case .print(let print): print.kind
    }
  }
}
