/// What one folder of a work tree ignores; made for every folder, read only when an untracked name turns up.
final class IgnoreFolder {
  private let parent: IgnoreFolder?
  /// Relative to the work tree, with a slash at the end; empty for the work tree itself.
  let path: [UInt8]
  private let shared: Shared
  private lazy var rules: IgnoreRules? = shared.read(path)
  private lazy var isIgnored: Bool = {
    guard let parent else { return false }
    return parent.ignores(path.dropLast(), isFolder: true)
  }()

  /// What all folders of a work tree have in common.
  final class Shared {
    /// Later ones are stronger: the user's file, then the repository's own.
    let rules: [IgnoreRules]
    /// Reads the ignore file of a folder; nil when there is none.
    let read: ([UInt8]) -> IgnoreRules?

    init(rules: [IgnoreRules], read: @escaping ([UInt8]) -> IgnoreRules?) {
      self.rules = rules
      self.read = read
    }
  }

  init(root shared: Shared) {
    parent = nil
    path = []
    self.shared = shared
  }

  init(_ path: [UInt8], in parent: IgnoreFolder) {
    self.parent = parent
    self.path = path
    shared = parent.shared
  }

  /// Whether git would not show an untracked path that stands directly in this folder.
  ///
  /// - Parameter child: relative to the work tree, without a slash at the end.
  func ignores(_ child: ArraySlice<UInt8>, isFolder: Bool) -> Bool {
    if isIgnored { return true }
    let nameStart = child.startIndex + path.count
    var folder: IgnoreFolder? = self
    while let current = folder {
      let relative = child.dropFirst(current.path.count)
      if let verdict = current.rules?.verdict(
        path: relative, nameStart: nameStart, isFolder: isFolder)
      {
        return verdict
      }
      folder = current.parent
    }
    for rules in shared.rules.reversed() {
      if let verdict = rules.verdict(path: child, nameStart: nameStart, isFolder: isFolder) {
        return verdict
      }
    }
    return false
  }
}
