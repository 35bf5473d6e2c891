import Git
import Patterns
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
  private let cache: CheckCache?
  private let isCancelled: @Sendable () -> Bool

  /// - Parameter cache: of earlier checks; nil to look at everything.
  package init(
    _ selection: RuleSelection, cache: CheckCache? = nil,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    checker = FileChecker(selection)
    self.cache = cache
    self.isCancelled = isCancelled
  }

  /// - Parameter progress: is called after each file, from several threads.
  package func run(
    _ sources: [Source], progress: @escaping @Sendable (Source) -> Void = { _ in }
  ) -> Result {
    let parts = Mutex<[Int: Result]>([:])
    ParallelWork.each(sources.count, limit: .max, with: { PatternMatchers() }) { matchers, index in
      guard !isCancelled() else { return }
      let source = sources[index]
      var part = Result()
      do {
        let bytes = try source.read()
        part.findings = findings(source.path, bytes, matchers)
        part.files = 1
        part.bytes = bytes.count
      } catch {
        part.failures.append(error as? Failure ?? Failure(.io, "cannot read `\(source.path)`"))
      }
      parts.withLock { $0[index] = part }
      progress(source)
    }
    var result = Result()
    let found = parts.withLock { $0 }
    // Files are in the order of their paths, so this is nearly the order of reports.
    for part in sources.indices.lazy.compactMap({ found[$0] }) {
      result.findings += part.findings
      result.files += part.files
      result.bytes += part.bytes
      result.failures += part.failures
    }
    result.findings.sort(by: Finding.isBefore)
    result.failures.sort { $0.message < $1.message }
    cache?.write()
    return result
  }

  private func findings(
    _ path: String, _ bytes: [UInt8], _ matchers: PatternMatchers
  ) -> [Finding] {
    let file = CheckedFile(path: path, bytes: bytes, matchers)
    guard let cache else { return checker.findings(in: file) }
    let digest = SHA256.digest(of: bytes).hex
    if let known = cache.findings(path, digest) { return known }
    let findings = checker.findings(in: file)
    cache.keep(path, digest, findings)
    return findings
  }
}
