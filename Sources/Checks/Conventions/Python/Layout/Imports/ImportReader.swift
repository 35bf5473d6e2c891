import Python

/// Reads the statements of a block into the imports that they are, each with its comments.
struct ImportReader {
  private let source: PythonSource
  private let tree: Tree
  /// The comments of the block that nothing has taken yet.
  private var comments: ArraySlice<Range<Int>>
  private(set) var entries: [ImportEntry] = []
  private var places: [[UInt8]: Int] = [:]

  init(_ source: PythonSource, _ comments: [Range<Int>]) {
    self.source = source
    tree = source.tree
    self.comments = comments[...]
  }

  private mutating func take(while isOwn: (Range<Int>) -> Bool) -> [[UInt8]] {
    var taken: [[UInt8]] = []
    while let first = comments.first, isOwn(first) {
      taken.append(Array(source.bytes[first]))
      comments.removeFirst()
    }
    return taken
  }

  mutating func read(_ node: NodeID) {
    if tree.kind(node) == .importStatement { readImport(node) } else { readFrom(node) }
  }

  private mutating func readImport(_ node: NodeID) {
    let range = tree.range(of: node)
    var own = ImportComments()
    own.atop = take { $0.lowerBound < range.lowerBound }
    if !comments.isEmpty {
      let end = source.lineEnd(of: range.upperBound)
      own.inline = take { $0.upperBound <= end }
    }
    for alias in tree.children(of: node) where tree.kind(alias) == .alias {
      let name = self.name(of: alias)
      let place = entry(key(0, 0, name, nil)) {
        ImportEntry(isFrom: false, module: name)
      }
      entries[place].comments.atop += own.atop
      entries[place].comments.inline += own.inline
      own = ImportComments()
    }
  }

  private mutating func readFrom(_ node: NodeID) {
    let range = tree.range(of: node)
    let level = tree.importLevel(of: node)
    var module: ImportedName?
    var aliases: [NodeID] = []
    for child in tree.children(of: node) {
      if tree.kind(child) == .moduleName {
        module = ImportedName(name: plainText(tree.tokenRange(of: child)))
      } else {
        aliases.append(child)
      }
    }
    guard let first = aliases.first else { return }
    var own = ImportComments()
    if !comments.isEmpty {
      own.atop = take { $0.lowerBound < range.lowerBound }
      let lineEnd = source.lineEnd(of: range.lowerBound)
      if aliases.count > 1 || lineEnd < tree.range(of: first).lowerBound {
        own.inline = take { $0.upperBound <= lineEnd }
      }
    }
    let hasComma = hasTrailingComma(node)
    var firstPlace: Int?
    for (number, alias) in aliases.enumerated() {
      var comments = ImportComments()
      if !self.comments.isEmpty {
        let aliasRange = tree.range(of: alias)
        comments.atop = take { $0.lowerBound < aliasRange.lowerBound }
        let lineEnd = source.lineEnd(of: aliasRange.upperBound)
        comments.inline = take { $0.upperBound <= lineEnd }
        if number == aliases.count - 1 {
          comments.trailing = take { $0.lowerBound < range.upperBound }
        }
      }
      let name = self.name(of: alias)
      let isStar = name.name == [UInt8(ascii: "*")]
      let key =
        isStar
        ? self.key(2, level, module, nil)
        : self.key(name.asName == nil ? 1 : 3, level, module, name.asName == nil ? nil : name)
      let place = entry(key) { ImportEntry(isFrom: true, module: module, level: level) }
      firstPlace = firstPlace ?? place
      entries[place].add(name, comments)
      if hasComma { entries[place].hasTrailingComma = true }
    }
    guard let firstPlace else { return }
    if !comments.isEmpty {
      let end = source.lineEnd(of: range.upperBound)
      own.trailing = take { $0.lowerBound < end }
    }
    entries[firstPlace].comments.atop += own.atop
    entries[firstPlace].comments.inline += own.inline
    entries[firstPlace].comments.trailing += own.trailing
  }

  private mutating func entry(_ key: [UInt8], _ make: () -> ImportEntry) -> Int {
    if let place = places[key] { return place }
    entries.append(make())
    places[key] = entries.count - 1
    return entries.count - 1
  }

  private func key(
    _ sort: UInt8, _ level: Int, _ module: ImportedName?, _ member: ImportedName?
  ) -> [UInt8] {
    var key = [sort, UInt8(truncatingIfNeeded: level), UInt8(truncatingIfNeeded: level >> 8)]
    for part in [module?.name, module?.asName, member?.name, member?.asName] {
      key += part ?? [1]
      key.append(0)
    }
    return key
  }

  private func name(of alias: NodeID) -> ImportedName {
    var tokens = tree.tokenRange(of: alias)
    var asName: [UInt8]?
    if tree.flags(alias).contains(.hasName), tokens.count > 2 {
      asName = Array(source.bytes[tree.tokens[tokens.upperBound - 1].range])
      let word = tokens.last { tree.tokens[$0].kind == .asKeyword } ?? tokens.upperBound
      tokens = tokens.lowerBound..<word
    }
    return ImportedName(name: plainText(tokens), asName: asName)
  }

  /// The text of tokens without what stands between them.
  private func plainText(_ tokens: Range<Int>) -> [UInt8] {
    var text: [UInt8] = []
    for index in tokens where !tree.tokens[index].kind.isTrivia {
      text += source.bytes[tree.tokens[index].range]
    }
    return text
  }

  /// Whether a comma stands before the bracket that closes.
  private func hasTrailingComma(_ node: NodeID) -> Bool {
    let tokens = tree.tokenRange(of: node)
    guard let last = tokens.last, tree.tokens[last].kind == .rightParenthesis else { return false }
    for index in tokens.dropLast().reversed() where !tree.tokens[index].kind.isTrivia {
      return tree.tokens[index].kind == .comma
    }
    return false
  }
}
