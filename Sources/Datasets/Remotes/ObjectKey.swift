import Platform

/// The names of objects: parts between slashes, none of which leads elsewhere.
enum ObjectKey {
  /// - Throws: ``Failure`` with code `.invalid` for a key that could lead out of the store.
  static func check(_ key: String) throws {
    let parts = key.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let isSound = parts.allSatisfy {
      !$0.isEmpty && !$0.elementsEqual(".".utf8) && !$0.elementsEqual("..".utf8) && !$0.contains(0)
    }
    guard isSound else { throw Failure(.invalid, "`\(key)` is no name of an object") }
  }

  /// Whether a key comes before another by their bytes.
  static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }
}
