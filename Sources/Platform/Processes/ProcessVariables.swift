import Glibc

/// The environment of this process.
package enum ProcessVariables {
  /// All variables. One that is not UTF-8 is repaired.
  package static func all() -> [String: String] {
    var result: [String: String] = [:]
    var pointer: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> = environ
    while let entry = pointer.pointee {
      let text = String(cString: entry)
      if let equals = text.firstIndex(of: "=") {
        result[String(text[..<equals])] = String(text[text.index(after: equals)...])
      }
      pointer = pointer.successor()
    }
    return result
  }
}
