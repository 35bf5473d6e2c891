import Datasets
import Formats
import Git
import Platform
import Records
import Runner
import SystemPackage

/// The runs that read or wrote the versions of a log.
struct VersionUses {
  private var byVersion: [[DataUse]]

  /// - Parameter path: what the log is of, from the project's root.
  init(of log: DataLog, _ path: FilePath, in records: RecordsFolder) throws {
    byVersion = log.versions.map { _ in [] }
    guard let store = try RecordReader.open(records) else { return }
    let names = log.versions.map { $0.output?.object?.text }
    for use in try store.uses(ofData: Set(names.compactMap { $0 })) {
      let used = FilePath(use.data.path)
      // The same content at another path, or another part of the folder, is another matter.
      guard used.starts(with: path) || path.starts(with: used) else { continue }
      let places = names.indices.filter { names[$0].map(use.data.isVersion) == true }
      // One content may have been made a version more than once; the run says by which commit it was.
      let commits = [use.data.commit, use.data.earlierCommit].compactMap { $0 }
      let exact = places.filter { commits.contains(log.versions[$0].commit.id) }
      for place in exact.isEmpty ? places : exact { byVersion[place].append(use) }
    }
  }

  /// The runs of the version at a place in the log, newest first; once for what was read and once for what was written.
  subscript(place: Int) -> [DataUse] { byVersion[place] }

  var isEmpty: Bool { byVersion.allSatisfy(\.isEmpty) }

  /// `4f2a1b9c happy-fox, 99aa00bb quick-owl (written)`.
  func text(_ place: Int) -> String {
    let words = byVersion[place].map { use in
      "\(use.run.hex.prefix(8)) \(use.runName)" + (use.data.role == .output ? " (written)" : "")
    }
    return words.isEmpty ? "-" : words.joined(separator: ", ")
  }

  func json(_ place: Int) -> JSONValue {
    .array(
      byVersion[place].map { use in
        [
          "id": .string(use.run.hex), "name": .string(use.runName),
          "status": .string(use.status.rawValue), "start_time": .int(use.startTime),
          "data": use.data.json,
        ]
      })
  }
}
