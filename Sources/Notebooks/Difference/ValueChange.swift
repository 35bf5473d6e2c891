/// A member of metadata that is not what it was.
package struct ValueChange: Sendable, Equatable {
  /// The keys on the way to it.
  package var path: [String]
  /// Nil when it is new.
  package var old: NotebookJSON?
  /// Nil when it is gone.
  package var new: NotebookJSON?

  /// What changed between two values; objects are compared member by member.
  static func between(_ old: NotebookJSON, _ new: NotebookJSON) -> [ValueChange] {
    var changes: [ValueChange] = []
    collect(old, new, [], &changes)
    return changes
  }

  private static func collect(
    _ old: NotebookJSON, _ new: NotebookJSON, _ path: [String], _ changes: inout [ValueChange]
  ) {
    guard old != new else { return }
    guard let first = old.object, let second = new.object else {
      changes.append(ValueChange(path: path, old: old, new: new))
      return
    }
    let keys = (first.keys + second.keys.filter { first[$0] == nil }).sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    for key in keys {
      switch (first[key], second[key]) {
      case (let old?, let new?): collect(old, new, path + [key], &changes)
      case (let old, let new): changes.append(ValueChange(path: path + [key], old: old, new: new))
      }
    }
  }
}
