import Patterns
import Platform
import Python
import Synchronization
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
  package func mended(
    _ path: String, _ bytes: [UInt8], _ matchers: PatternMatchers = PatternMatchers()
  ) -> (bytes: [UInt8], fixes: Int) {
    let first = CheckedFile(path: path, bytes: bytes, matchers)
    let wasRight = first.python?.tree.problems.isEmpty
    var current = bytes
    var fixes = 0
    for _ in 0..<Self.rounds {
      let findings = checker.findings(in: CheckedFile(path: path, bytes: current, matchers))
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
    let counts = Mutex((files: 0, fixes: 0))
    let failures = Mutex<[Failure]>([])
    ParallelWork.each(sources.count, limit: .max, with: { PatternMatchers() }) { matchers, index in
      let source = sources[index]
      guard let bytes = try? source.read() else { return }
      let (result, count) = mended(source.path, bytes, matchers)
      guard count > 0 else { return }
      do { try FileSystem.write(result, to: root.pushing(FilePath(source.path))) } catch {
        let failure = error as? Failure ?? Failure(.io, "cannot write `\(source.path)`")
        return failures.withLock { $0.append(failure) }
      }
      counts.withLock { $0 = ($0.files + 1, $0.fixes + count) }
    }
    if let failure = failures.withLock({ $0.min { $0.message < $1.message } }) { throw failure }
    return counts.withLock { $0 }
  }
}
