import Git

/// Makes an ``UpdatePlan``: renames first, then each path by itself, then what stands in each other's way.
struct UpdatePlanner {
  private let versions: [TreePath: BaseVersion]
  let ours: ProjectSnapshot
  let theirs: RenderedTree
  let labels: FileMerge.Labels
  /// The old path of a renamed file, by its new one.
  private var origins: [TreePath: TreePath] = [:]

  init(
    base: [TreePath: BaseVersion], ours: ProjectSnapshot, theirs: RenderedTree,
    labels: FileMerge.Labels
  ) {
    versions = base
    self.ours = ours
    self.theirs = theirs
    self.labels = labels
  }

  private func base(_ path: TreePath) -> BaseVersion { versions[path] ?? .none }

  mutating func plan(_ paths: [TreePath]) throws -> [UpdateStep] {
    findRenames(paths)
    let moved = Set(origins.values)
    var steps: [UpdateStep] = []
    for path in paths where !moved.contains(path) {
      steps.append(try origins[path].map { try renamed($0, to: path) } ?? step(path))
    }
    return obstructing(steps)
  }

  /// The template's renames that the project can follow: the old file is still there and the new path is free, or the
  /// project made the same move itself, or it has deleted the file.
  private mutating func findRenames(_ paths: [TreePath]) {
    let gone = paths.filter {
      theirs[$0] == nil && base($0).file.map { $0.kind != .link } == true
    }
    let came = paths.filter { base($0).isNone && theirs[$0].map { $0.kind != .link } == true }
    let matches = RenameSearch.matches(
      gone: gone.map { .init(path: $0.bytes, content: base($0).file?.content ?? []) },
      came: came.map { .init(path: $0.bytes, content: theirs[$0]?.content ?? []) })
    for match in matches {
      let (from, to) = (gone[match.from], came[match.to])
      let isThere = ours.entries[from] != nil
      let isTaken = ours.entries[to] != nil
      if isThere && isTaken { continue }
      if isThere, ours.file(from) == nil || ours.file(from)?.kind == .link { continue }
      if isTaken, ours.file(to) == nil || ours.file(to)?.kind == .link { continue }
      origins[to] = from
    }
  }

  private func renamed(_ from: TreePath, to path: TreePath) throws -> UpdateStep {
    guard let new = theirs[path] else { return try step(path) }
    guard let old = ours.file(from) else {
      guard let moved = ours.file(path) else {
        return UpdateStep(path: path, action: .staysDeleted, outcome: .leave)
      }
      // The project made the same move.
      return try merged(path, base(from), moved, new)
    }
    var step = try merged(path, base(from), old, new)
    if step.conflict == nil { step.action = .rename }
    step.renamedFrom = from
    if step.outcome == .leave { step.outcome = .write(old) }
    return step
  }

  private func step(_ path: TreePath) throws -> UpdateStep {
    let old = base(path)
    let keep = UpdateStep(path: path, action: .keep, outcome: .leave)
    switch (ours.entries[path], theirs[path]) {
    case (nil, nil): return keep
    case (nil, let new?):
      if !old.isNone { return UpdateStep(path: path, action: .staysDeleted, outcome: .leave) }
      return UpdateStep(path: path, action: .add, outcome: .write(new))
    case (.file(let file), nil):
      if old.hasContent(of: file) || isSameText(old, file) {
        return UpdateStep(path: path, action: .delete, outcome: .remove, before: file)
      }
      return UpdateStep(
        path: path, action: .deletedByTemplate, outcome: .leave,
        conflict: UpdateConflict(base: old.file, ours: file, theirs: nil, hasMarkers: false),
        before: file)
    case (.file(let file), let new?): return try merged(path, old, file, new)
    case (.folder, nil), (.below, nil), (.other, nil): return keep
    case (.folder, let new?), (.below, let new?), (.other, let new?):
      if !old.isNone, old.hasContent(of: new) { return keep }
      return obstructed(path, old, new)
    }
  }

  private func obstructed(
    _ path: TreePath, _ old: BaseVersion, _ new: RenderedFile
  ) -> UpdateStep {
    UpdateStep(
      path: path, action: .obstructed, outcome: .leave,
      conflict: UpdateConflict(base: old.file, ours: nil, theirs: new, hasMarkers: false))
  }

  /// Whether a file differs from its base in nothing but the line ends of all its lines.
  private func isSameText(_ old: BaseVersion, _ file: RenderedFile) -> Bool {
    guard let base = old.file else { return false }
    return ProjectLineEnds.adapted(base, to: file) == file.content
  }
}

// MARK: - Two versions of one file

extension UpdatePlanner {
  /// A file that is in the project and in the new rendering.
  private func merged(
    _ path: TreePath, _ old: BaseVersion, _ file: RenderedFile, _ new: RenderedFile
  ) throws -> UpdateStep {
    var step = UpdateStep(path: path, action: .keep, outcome: .leave, before: file)
    let kind = mergedKind(old, file, new)
    if file.kind == .link || new.kind == .link {
      return mergedWhole(step, old, file, new)
    }
    // A project that keeps its lines with other ends than the template goes on doing so.
    let base = old.file.map { ProjectLineEnds.adapted($0, to: file) }
    let theirs = ProjectLineEnds.adapted(new, to: file, like: old.file)
    let isOurs = theirs == file.content || old.hasContent(of: new)
    if isOurs || base.map({ $0 == theirs }) == true {
      guard kind != file.kind else { return step }
      step.action = .mode
      step.outcome = .write(RenderedFile(file.content, kind: kind))
      return step
    }
    if old.hasContent(of: file) || base == file.content {
      step.action = .change
      step.outcome = .write(RenderedFile(theirs, kind: kind))
      return step
    }
    let isOpaque = file.isOpaque || new.isOpaque || old.file?.isOpaque == true
    if isOpaque { return mergedWhole(step, old, file, new) }
    guard let base else {
      let marked = try TwoWayMerge(ours: file.content, theirs: theirs, labels: labels).content
      step.outcome = .write(RenderedFile(marked, kind: kind))
      step.action = old.isNone ? .bothAdded : .conflict
      step.conflict = UpdateConflict(
        base: nil, ours: file, theirs: RenderedFile(theirs, kind: new.kind), hasMarkers: true)
      return step
    }
    let merge = try FileMerge(base: base, ours: file.content, theirs: theirs, labels: labels)
    step.outcome = .write(RenderedFile(merge.content, kind: kind))
    step.action = merge.hasConflicts ? .conflict : .merge
    if merge.hasConflicts {
      let base = RenderedFile(base, kind: old.kind ?? .file)
      step.conflict = UpdateConflict(
        base: base, ours: file, theirs: RenderedFile(theirs, kind: new.kind), hasMarkers: true)
    }
    if merge.content == file.content, kind == file.kind { step.outcome = .leave }
    return step
  }

  /// A file that is taken from one side or the other as it is.
  private func mergedWhole(
    _ unchanged: UpdateStep, _ old: BaseVersion, _ file: RenderedFile, _ new: RenderedFile
  ) -> UpdateStep {
    var step = unchanged
    if file == new || old.hasContent(of: new) { return step }
    if old.hasContent(of: file) {
      step.action = .change
      step.outcome = .write(new)
      return step
    }
    let sameContent = file.content == new.content && (file.kind == .link) == (new.kind == .link)
    if sameContent { return step }
    step.action = old.isNone ? .bothAdded : .binaryConflict
    step.conflict = UpdateConflict(base: old.file, ours: file, theirs: new, hasMarkers: false)
    return step
  }

  /// Whether the result may be run: as the side that changed it has it.
  private func mergedKind(
    _ old: BaseVersion, _ file: RenderedFile, _ new: RenderedFile
  ) -> RenderedFile.Kind {
    guard file.kind != .link, new.kind != .link else { return file.kind }
    guard let kind = old.kind, kind != .link else { return file.kind }
    return kind == file.kind ? new.kind : file.kind
  }
}

// MARK: - What stands in each other's way

extension UpdatePlanner {
  /// Takes back steps for which there is no room when all that goes is gone, and lets those through for which there is.
  private func obstructing(_ steps: [UpdateStep]) -> [UpdateStep] {
    var removed = Set(steps.filter { $0.outcome == .remove }.map(\.path))
    removed.formUnion(steps.compactMap(\.renamedFrom))
    var steps = steps
    for index in steps.indices {
      let path = steps[index].path
      if steps[index].action == .obstructed, let new = steps[index].conflict?.theirs,
        base(path).isNone, hasRoom(path, removed)
      {
        steps[index] = UpdateStep(path: path, action: .add, outcome: .write(new))
      }
    }
    return steps
  }

  private func hasRoom(_ path: TreePath, _ removed: Set<TreePath>) -> Bool {
    switch ours.entries[path] {
    case nil: true
    case .file: true
    case .folder(let below): below.allSatisfy(removed.contains)
    case .below(let file): removed.contains(file)
    case .other: false
    }
  }
}
