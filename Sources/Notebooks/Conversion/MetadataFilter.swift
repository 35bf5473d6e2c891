/// Which keys of metadata go into a text: `tags,-name`, `all,-papermill`, `-all` (the words of jupytext).
struct MetadataFilter {
  private enum Keys {
    case all
    case some([String])

    var list: [String] { if case .some(let list) = self { list } else { [] } }
    var isAll: Bool { if case .all = self { true } else { false } }
  }

  private var additional = Keys.some([])
  private var excluded = Keys.some([])

  init(_ value: NotebookJSON?) {
    if value?.bool == true { additional = .all }
    if value?.bool == false { excluded = .all }
    guard let text = value?.string else { return }
    var (added, removed): ([String], [String]) = ([], [])
    for word in text.split(separator: ",", omittingEmptySubsequences: false) {
      let word = String(word).trimmed
      if word.begins(with: "-") {
        removed.append(word.dropping(1).trimmed)
      } else {
        added.append(word.begins(with: "+") ? word.dropping(1).trimmed : word)
      }
    }
    additional = added.contains("all") ? .all : .some(added.filter { !$0.isEmpty })
    excluded = removed.contains("all") ? .all : .some(removed.filter { !$0.isEmpty })
  }

  /// The filter with keys that a text has.
  func adding(_ keys: [String]) -> MetadataFilter {
    var result = self
    if case .some(let list) = excluded {
      result.excluded = .some(list.filter { !keys.contains($0) })
    }
    if case .some(let list) = additional {
      result.additional = .some(list + keys.filter { !list.contains($0) })
    }
    return result
  }

  /// The filter as it is written.
  var text: String {
    let added =
      additional.isAll
      ? ["all"] : additional.list.filter { !CellOptions.layoutKeys.contains($0) }
    let removed = excluded.isAll ? ["-all"] : excluded.list.map { "-" + $0 }
    return (added + removed).joined(separator: ",")
  }

  /// The metadata of a notebook: a few keys unless the filter says otherwise.
  func notebook(_ metadata: NotebookObject) -> NotebookObject {
    let usual = ["jupytext", "kernelspec", "kernel_info", "orphan", "tocdepth"]
    if additional.isAll { return subset(metadata, keeping: nil, without: excluded.list) }
    if excluded.isAll { return subset(metadata, keeping: additional.list, without: []) }
    return subset(metadata, keeping: additional.list + usual, without: excluded.list)
  }

  /// Keys of cells that editors write about themselves.
  private static let noise =
    ["autoscroll", "collapsed", "scrolled", "trusted", "execution", "ExecuteTime"]
    + CellOptions.layoutKeys

  /// The metadata of a cell: everything but what editors note about themselves.
  func cell(_ metadata: NotebookObject) -> NotebookObject {
    if additional.isAll { return subset(metadata, keeping: nil, without: excluded.list) }
    if excluded.isAll { return subset(metadata, keeping: additional.list, without: []) }
    var metadata = metadata
    if metadata["tags"]?.array?.isEmpty == true { metadata["tags"] = nil }
    let noise = Self.noise.filter { !additional.list.contains($0) }
    return subset(metadata, keeping: nil, without: excluded.list + noise)
  }

  /// - Parameter keeping: nil keeps all. A key `a.b` means what is below `a`.
  private func subset(
    _ metadata: NotebookObject, keeping: [String]?, without: [String]
  ) -> NotebookObject {
    var result = NotebookObject()
    let shown = metadata.inGivenOrder.filter { CellOptions.isKey($0.key) }
    for member in shown where keeping?.contains(member.key) != false {
      result[member.key] = member.value
    }
    for member in shown {
      let below = (keeping ?? []).filter { $0.begins(with: member.key + ".") }
      guard !below.isEmpty, let object = member.value.object else { continue }
      let inner = below.map { $0.dropping(member.key.utf8.count + 1) }
      result[member.key] = .object(subset(object, keeping: inner, without: []))
    }
    for key in shown.map(\.key) {
      if without.contains(key) { result[key] = nil }
      let cut = without.filter { $0.begins(with: key + ".") }.map {
        $0.dropping(key.utf8.count + 1)
      }
      if !cut.isEmpty, let object = result[key]?.object {
        result[key] = .object(subset(object, keeping: nil, without: cut))
      }
    }
    return result
  }
}
