/// Merges metadata, member by member.
struct ValueMerge {
  /// Where both sides changed a value differently.
  struct Conflict {
    var path: [String]
    var base: NotebookJSON?
    var ours: NotebookJSON?
    var theirs: NotebookJSON?
  }

  private(set) var conflicts: [Conflict] = []
  private let strategy: MergeStrategy
  /// Keys of members that never conflict.
  private let transient: Set<String>

  init(_ strategy: MergeStrategy, transient: Set<String>) {
    self.strategy = strategy
    self.transient = transient
  }

  mutating func merge(
    _ base: NotebookObject, _ ours: NotebookObject, _ theirs: NotebookObject,
    at path: [String] = []
  ) -> NotebookObject {
    var result = NotebookObject()
    for key in Set(ours.keys + theirs.keys).sorted() {
      result[key] = merge(base[key], ours[key], theirs[key], at: path + [key])
    }
    return result
  }

  private mutating func merge(
    _ base: NotebookJSON?, _ ours: NotebookJSON?, _ theirs: NotebookJSON?, at path: [String]
  ) -> NotebookJSON? {
    if ours == theirs || theirs == base { return ours }
    if ours == base { return theirs }
    if let ours = ours?.object, let theirs = theirs?.object {
      return .object(merge(base?.object ?? [:], ours, theirs, at: path))
    }
    if path == ["tags"], let ours = ours?.array, let theirs = theirs?.array {
      return .array(tags(base?.array ?? [], ours, theirs))
    }
    if let key = path.last, transient.contains(key) || transient.contains(path[0]) {
      return ours ?? theirs
    }
    if let base = base?.array, let ours = ours?.array, let theirs = theirs?.array,
      let merged = Self.list(base, ours, theirs)
    {
      return .array(merged)
    }
    switch strategy {
    case .useBase: return base
    case .useLocal: return ours
    case .useRemote: return theirs
    case .inline, .union, .remove, .clearAll:
      conflicts.append(Conflict(path: path, base: base, ours: ours, theirs: theirs))
      return ours
    }
  }

  /// A list with the changes of both, item by item; nil where they changed the same items.
  private static func list(
    _ base: [NotebookJSON], _ ours: [NotebookJSON], _ theirs: [NotebookJSON]
  ) -> [NotebookJSON]? {
    var interning = Interning()
    let numbers = [base, ours, theirs].map { list in interning.numbers(list.map { $0.text() }) }
    var merged: [NotebookJSON] = []
    for region in ThreeWay(base: numbers[0], ours: numbers[1], theirs: numbers[2]).regions {
      switch region {
      case .base(let range): merged += base[range]
      case .ours(let range): merged += ours[range]
      case .theirs(let range): merged += theirs[range]
      case .conflict: return nil
      }
    }
    return merged
  }

  /// Ours, with what theirs added and without what they took away.
  private func tags(
    _ base: [NotebookJSON], _ ours: [NotebookJSON], _ theirs: [NotebookJSON]
  ) -> [NotebookJSON] {
    ours.filter { theirs.contains($0) || !base.contains($0) }
      + theirs.filter { !ours.contains($0) && !base.contains($0) }
  }
}
