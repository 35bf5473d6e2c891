import Platform
import Python
import SystemPackage

/// Mends files in the work tree, again and again until nothing more can be mended.
package struct CheckMending {
  private let checker: FileChecker
  private let isUnsafeToo: Bool
  /// One fix can make room for the next; two that undo each other must end.
  private static let rounds = 10

  package init(_ selection: RuleSelection, isUnsafeToo: Bool) {
    checker = FileChecker(selection)
    self.isUnsafeToo = isUnsafeToo
  }

  /// Mends the bytes of one file.
  ///
  /// - Returns: the new bytes, and how many fixes were applied; a file whose Python would no longer be read is left.
  package func mended(_ path: String, _ bytes: [UInt8]) -> (bytes: [UInt8], fixes: Int) {
    let first = CheckedFile(path: path, bytes: bytes)
    let wasRight = first.python?.tree.problems.isEmpty
    var current = bytes
    var fixes = 0
    for _ in 0..<Self.rounds {
      let findings = checker.findings(in: CheckedFile(path: path, bytes: current))
      let wanted = findings.compactMap(\.fix).filter { $0.isSafe || isUnsafeToo }
      let (next, count) = Fix.apply(wanted, to: current)
      guard count > 0, next != current else { break }
      let after = CheckedFile(path: path, bytes: next)
      if wasRight == true, after.python?.tree.problems.isEmpty == false { break }
      current = next
      fixes += count
    }
    return (current, fixes)
  }

  /// - Returns: how many files were written, with how many fixes.
  package func run(
    _ sources: [CheckRun.Source], in root: FilePath
  ) throws -> (files: Int, fixes: Int) {
    var files = 0
    var fixes = 0
    for source in sources {
      guard let bytes = try? source.read() else { continue }
      let (result, count) = mended(source.path, bytes)
      guard count > 0 else { continue }
      let path = root.pushing(FilePath(source.path))
      try FileSystem.write(result, to: path)
      files += 1
      fixes += count
    }
    return (files, fixes)
  }
}
