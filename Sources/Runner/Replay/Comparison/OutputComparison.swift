import Platform
import SystemPackage

/// Compares the outputs of two runs: by bytes first, and where these differ by what they mean.
///
/// Files are read by what they hold, their names are a hint. Numbers count as equal within the tolerance, texts once times,
/// ids and places are left out. What cannot be read, or is larger than the limits, is compared by bytes alone; the verdict
/// says so.
///
/// ```swift
/// let verdict = try OutputComparison().compare("old/metrics.json", "new/metrics.json", name: "metrics.json")
/// ```
package struct OutputComparison: Sendable {
  private let contents: ContentComparison

  /// - Parameters:
  ///   - rtol: how far numbers may be apart, relative to the first run's.
  ///   - atol: how far they may be apart besides.
  ///   - normaliser: with the folders of both runs.
  ///   - isCancelled: is asked again and again; the comparison then ends with `CancellationError`.
  package init(
    rtol: Double = 1e-9, atol: Double = 0, normaliser: TextNormaliser = TextNormaliser(),
    isCancelled: @escaping @Sendable () -> Bool = { Task.isCancelled }
  ) {
    self.init(
      ContentComparison(
        tolerance: Tolerance(rtol: rtol, atol: atol), normaliser: normaliser,
        limits: ComparisonLimits(), isCancelled: isCancelled))
  }

  init(_ contents: ContentComparison) { self.contents = contents }

  /// Compares two files or folders.
  ///
  /// Folders are compared member by member, sorted by the bytes of their path below; links count as what they point to, and
  /// `.reprise` folders are left out.
  ///
  /// - Parameters:
  ///   - old: the first run's; nil, or not there, where it has none.
  ///   - new: the second run's.
  ///   - name: as the verdict shows it; its ending is a hint.
  /// - Throws: ``Failure`` when something cannot be read or links go round in a circle; `CancellationError`.
  package func compare(_ old: FilePath?, _ new: FilePath?, name: String) throws -> OutputVerdict {
    let before = try old.flatMap { try FileSystem.status($0) }
    let after = try new.flatMap { try FileSystem.status($0) }
    guard let old, let before else {
      let isThere = new != nil && after != nil
      // Neither run made it: that is the same.
      return OutputVerdict(
        name: name, kind: isThere ? .new : .identical, reader: after?.reader ?? "bytes",
        detail: isThere ? nil : "neither run has it", differences: isThere ? 1 : 0)
    }
    guard let new, let after else {
      return OutputVerdict(name: name, kind: .missing, reader: before.reader, differences: 1)
    }
    switch (before.kind, after.kind) {
    case (.directory, .directory): return try compareFolders(old, new, name)
    case (.file, .file): return try compareFiles((old, before.size), (new, after.size), name)
    case (.directory, _), (_, .directory):
      let words = before.kind == .directory ? "a folder became a file" : "a file became a folder"
      return OutputVerdict(
        name: name, kind: .different, reader: "bytes", detail: words, differences: 1)
    default:
      // A pipe or a device has no content that could be compared.
      let isSame = before.kind == after.kind
      return OutputVerdict(
        name: name, kind: isSame ? .identical : .different, reader: "bytes",
        detail: "neither file nor folder, so not read", differences: isSame ? 0 : 1)
    }
  }

  private func compareFolders(
    _ old: FilePath, _ new: FilePath, _ name: String
  ) throws -> OutputVerdict {
    let (a, b) = (try FolderMembers(old).files, try FolderMembers(new).files)
    let names = Set(a.keys).union(b.keys).sorted { $0.lexicographicallyPrecedes($1) }
    let members = try names.map { member in
      try compare(a[member], b[member], name: String(decoding: member, as: UTF8.self))
    }
    return OutputVerdict(name: name, reader: "folder", members: members)
  }

  private func compareFiles(
    _ old: (path: FilePath, size: Int64), _ new: (path: FilePath, size: Int64), _ name: String
  ) throws -> OutputVerdict {
    let first = try FileBytes.firstDifference(
      old.path, new.path, sizes: (old.size, new.size), isCancelled: contents.isCancelled)
    guard let first else { return OutputVerdict(name: name, kind: .identical, reader: "bytes") }
    let limit = contents.limits.whole
    guard max(old.size, new.size) <= limit else {
      return OutputVerdict(
        name: name, kind: .different, reader: "bytes",
        detail: first.words + "; files over \(ByteCount(Int64(limit))) are compared by bytes alone",
        differences: 1)
    }
    return try contents.compare(
      FileSystem.read(old.path, limit: limit), FileSystem.read(new.path, limit: limit), name: name)
  }
}

extension FileStatus {
  fileprivate var reader: String { kind == .directory ? "folder" : "bytes" }
}
