import CGit2
import Platform

/// The name of a git object: the SHA-1 of its header and content.
struct ObjectID: Hashable, Sendable {
  private var words: (UInt64, UInt64, UInt32) = (0, 0, 0)

  init(_ id: git_oid) {
    withUnsafeMutableBytes(of: &words) { to in
      withUnsafeBytes(of: id) { to.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[..<20])) }
    }
  }

  /// 20 bytes at a pointer.
  init(at pointer: UnsafeRawPointer) {
    withUnsafeMutableBytes(of: &words) {
      $0.copyMemory(from: UnsafeRawBufferPointer(start: pointer, count: 20))
    }
  }

  var raw: git_oid {
    var id = git_oid()
    withUnsafeMutableBytes(of: &id) { to in
      withUnsafeBytes(of: words) {
        to.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[..<20]))
      }
    }
    return id
  }

  /// 40 lower-case hexadecimal digits.
  var hex: String {
    withUnsafeBytes(of: words) { hexadecimal(UnsafeRawBufferPointer(rebasing: $0[..<20])) }
  }

  var isZero: Bool { words == (0, 0, 0) }

  static func == (a: ObjectID, b: ObjectID) -> Bool { a.words == b.words }

  func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}
