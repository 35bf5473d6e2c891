extension Tree {
  /// Those of some names, parameters and definitions that have a capital, or a letter beyond ASCII.
  ///
  /// Most names have neither, and need no second look.
  package func withCapitals(_ nodes: ArraySlice<NodeID>) -> [NodeID] {
    list.source.withUnsafeBufferPointer { source in
      nodes.filter { node in
        guard let token = nameToken(of: node) else { return false }
        for byte in source[list.tokens[token].range]
        where byte >= 0x80 || byte >= 0x41 && byte <= 0x5A {
          return true
        }
        return false
      }
    }
  }
}
