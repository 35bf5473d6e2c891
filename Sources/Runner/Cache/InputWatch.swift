import Platform
import Records
import SystemPackage

/// Tells at the end of a run whether its inputs are still what they were when it began.
///
/// A look at times and sizes is enough to know that nothing was written; only what was touched is read again.
struct InputWatch: Sendable {
  private struct Stamp: Sendable, Hashable {
    var name: String
    var size: Int64
    var modified: Int64
    var changed: Int64
    var inode: UInt64
  }

  private let inputs: [(planned: PlannedFile, recorded: RecordedFile)]
  private let stamps: [[Stamp]]

  init(_ planned: [PlannedFile], _ recorded: [RecordedFile]) {
    inputs = zip(planned, recorded).map { ($0, $1) }
    stamps = planned.map { InputWatch.stamps($0.path) }
  }

  /// The inputs that are others now.
  func changed() -> [String] {
    zip(inputs, stamps).compactMap { input, stamps in
      if InputWatch.stamps(input.planned.path) == stamps { return nil }
      let now = try? ContentDigest.record(.input, input.recorded.path, at: input.planned.path)
      return now == input.recorded ? nil : input.recorded.path
    }
  }

  private static func stamps(_ path: FilePath) -> [Stamp] {
    guard let status = try? FileSystem.status(path) else { return [] }
    var stamps = [stamp("", status)]
    guard status.kind == .directory else { return stamps }
    // The folder's own time says nothing that its members' do not.
    stamps = []
    try? ContentDigest.members(of: path, status) { name, _, status in
      stamps.append(stamp(name, status))
    }
    return stamps
  }

  private static func stamp(_ name: String, _ status: FileStatus) -> Stamp {
    Stamp(
      name: name, size: status.size, modified: status.modified, changed: status.changed,
      inode: status.inode)
  }
}
