import Git
import Platform
import Synchronization
import SystemPackage

/// Looks at many files, on every core.
package struct CheckRun: Sendable {
  package struct Result: Sendable {
    /// In the order of reports.
    package var findings: [Finding] = []
    /// How many files were looked at.
    package var files = 0
    package var bytes = 0
    /// Files that could not be read.
    package var failures: [Failure] = []
  }

  /// A file to look at, and where its bytes come from.
  package struct Source: Sendable {
    /// From the project's root.
    package var path: String
    package var read: @Sendable () throws -> [UInt8]

    package init(path: String, read: @escaping @Sendable () throws -> [UInt8]) {
      self.path = path
      self.read = read
    }
  }

  private let checker: FileChecker
  private let isCancelled: @Sendable () -> Bool

  package init(
    _ selection: RuleSelection, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    checker = FileChecker(selection)
    self.isCancelled = isCancelled
  }

  /// - Parameter progress: is called after each file, from several threads.
  package func run(
    _ sources: [Source], progress: @escaping @Sendable (Source) -> Void = { _ in }
  ) -> Result {
    let parts = Mutex<[Result]>([])
    ParallelWork.each(sources.count) { index in
      guard !isCancelled() else { return }
      let source = sources[index]
      var part = Result()
      do {
        let bytes = try source.read()
        let file = CheckedFile(path: source.path, bytes: bytes)
        part.findings = checker.findings(in: file)
        part.files = 1
        part.bytes = bytes.count
      } catch {
        part.failures.append(error as? Failure ?? Failure(.io, "cannot read `\(source.path)`"))
      }
      parts.withLock { $0.append(part) }
      progress(source)
    }
    var result = Result()
    for part in parts.withLock({ $0 }) {
      result.findings += part.findings
      result.files += part.files
      result.bytes += part.bytes
      result.failures += part.failures
    }
    result.findings.sort(by: Finding.isBefore)
    result.failures.sort { $0.message < $1.message }
    return result
  }
}
