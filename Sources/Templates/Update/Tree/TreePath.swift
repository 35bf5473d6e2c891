import Platform
import SystemPackage

/// Where a file stands below a project's folder: bytes with slashes, never leading out of it.
package struct TreePath: Sendable, Hashable {
  /// `src/main.py`; need not be UTF-8.
  package let bytes: [UInt8]

  /// Nil when the bytes are no path that stays inside: empty, absolute, with `.`, `..` or nothing between slashes, with a
  /// NUL, or one that leads into a `.git` folder.
  package init?(_ bytes: [UInt8]) {
    guard !bytes.isEmpty, !bytes.contains(0) else { return nil }
    for step in bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      if step.isEmpty || step.elementsEqual(".".utf8) || step.elementsEqual("..".utf8) {
        return nil
      }
      // As git has it: on some file systems `.GIT` is the same folder.
      if step.count == 4, String(decoding: step, as: UTF8.self).lowercased() == ".git" {
        return nil
      }
    }
    self.bytes = bytes
  }

  /// A path of text; see ``init(_:)-([UInt8])``.
  package init?(_ text: String) { self.init(Array(text.utf8)) }

  private init(unchecked bytes: [UInt8]) { self.bytes = bytes }

  /// The path below a folder.
  package func path(in folder: FilePath) -> FilePath {
    var path = folder
    for step in bytes.split(separator: UInt8(ascii: "/")) {
      let component = step.map { CChar(bitPattern: $0) } + [0]
      path.append(FilePath(platformString: component).components)
    }
    return path
  }

  /// The folders above the path, the outermost first: `a`, `a/b` for `a/b/c`.
  package var folders: [TreePath] {
    bytes.indices.filter { bytes[$0] == UInt8(ascii: "/") }
      .map { TreePath(unchecked: Array(bytes[..<$0])) }
  }

  /// The part behind the last slash.
  package var name: ArraySlice<UInt8> {
    bytes.lastIndex(of: UInt8(ascii: "/")).map { bytes[($0 + 1)...] } ?? bytes[...]
  }

  /// Whether the path is below a folder.
  package func isInside(_ folder: TreePath) -> Bool {
    bytes.count > folder.bytes.count && bytes[folder.bytes.count] == UInt8(ascii: "/")
      && bytes.starts(with: folder.bytes)
  }
}

extension TreePath: Comparable {
  package static func < (a: TreePath, b: TreePath) -> Bool {
    a.bytes.lexicographicallyPrecedes(b.bytes)
  }
}

extension TreePath: CustomStringConvertible {
  /// The path as text; in double quotes with git's escapes (`"caf\351"`) when it is no plain UTF-8, so that it can be
  /// read back.
  package var description: String {
    if let text = String(validating: bytes, as: UTF8.self), !text.hasPrefix("\""),
      !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F })
    {
      return text
    }
    var text = "\""
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        text += "\\" + String(UnicodeScalar(byte))
      case 0x20..<0x7F: text.unicodeScalars.append(UnicodeScalar(byte))
      default:
        let digits = String(byte, radix: 8)
        text += "\\" + String(repeating: "0", count: 3 - digits.utf8.count) + digits
      }
    }
    return text + "\""
  }

  /// Reads what ``description`` wrote; nil when it is no path that stays inside.
  package init?(described text: String) {
    guard text.hasPrefix("\"") else {
      self.init(text)
      return
    }
    guard text.utf8.count >= 2, text.hasSuffix("\"") else { return nil }
    var bytes: [UInt8] = []
    var rest = Array(text.utf8.dropFirst().dropLast())[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        bytes.append(byte)
        continue
      }
      let digits = String(decoding: rest.prefix(3), as: UTF8.self)
      if digits.utf8.count == 3, let value = UInt8(digits, radix: 8) {
        bytes.append(value)
        rest = rest.dropFirst(3)
      } else if let next = rest.popFirst() {
        bytes.append(next)
      } else {
        return nil
      }
    }
    self.init(bytes)
  }
}
