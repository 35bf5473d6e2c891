import Python

extension Defaults {
  /// `None` for the default, and its value at the beginning of the function.
  func fix(
    _ parameter: NodeID, _ value: NodeID, _ function: NodeID, _ source: PythonSource
  ) -> Fix? {
    let tree = source.tree
    guard let body = tree.body(of: function), let first = tree.child(0, of: body),
      let name = tree.name(of: parameter)
    else { return nil }
    let lines = source.list.lines
    guard tree.line(of: first) > tree.line(of: function) else { return nil }
    let start = tree.range(of: first).lowerBound
    let indent = source.bytes[lines.start(ofLine: lines.line(of: start))..<start]
    guard indent.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else { return nil }
    let range = tree.range(of: value)
    let space = source.text(indent.startIndex..<indent.endIndex)
    let step = space.hasPrefix("\t") ? "\t" : "    "
    var text = "\(space)if \(name) is None:\n\(space)\(step)\(name) = \(source.text(range))\n"
    var place = indent.startIndex
    // Behind the docstring and the imports.
    for statement in tree.children(of: body) {
      let isDocstring = statement == first && tree.docstring(of: function) != nil
      guard
        isDocstring || tree.kind(statement) == .importStatement
          || tree.kind(statement) == .importFrom
      else { break }
      let line = lines.line(of: tree.range(of: statement).upperBound)
      if line < lines.count {
        place = lines.start(ofLine: line + 1)
      } else {
        place = source.bytes.count
        text = "\n" + text
      }
    }
    return Fix(isSafe: false, [Fix.Edit(range, "None"), Fix.Edit(place..<place, text)])
  }
}
