import Platform
import Records
import SystemPackage

extension ResultCache {
  /// What there is to do for a plan.
  enum Decision: Sendable {
    /// The work, and why.
    case run([String])
    /// Nothing but to bring back these of the outputs of a run, by their place among the outputs.
    case skip(Run, restoring: [Int])
  }

  /// Looks for a finished run with the key whose outputs are there or can be brought back; nothing is written.
  ///
  /// - Parameters:
  ///   - isThorough: whether what is kept is read, so that damage is found now.
  ///   - home: the records here, when they are open already.
  func decide(isThorough: Bool = false, in home: RecordStore? = nil) throws -> Decision {
    guard reading.obstacles.isEmpty else { return .run(reading.obstacles) }
    let makers = try makers(in: home)
    guard !makers.isEmpty else { return .run(["no finished run has this key"]) }
    var reasons: [String] = []
    for maker in makers {
      let (missing, reason) = try missing(of: maker, isThorough)
      guard let reason else { return .skip(maker, restoring: missing) }
      reasons.append("run \(maker.id.hex.prefix(8)): \(reason)")
    }
    return .run(reasons)
  }

  /// Finished runs that did this very work, the newest first, a few of them.
  private func makers(in home: RecordStore?) throws -> [Run] {
    guard FileSystem.exists(records.path.appending("records.db")) else { return [] }
    let home = try home ?? RecordStore(readingIn: records.path)
    let search = RunSearch(
      filter: RunFilter(
        tags: [Tag(ResultCache.keyTag, reading.key.digest)], status: .finished), limit: 8)
    return try home.search(search)
      .filter { $0.tag(ResultCache.problemTag) == nil }
  }

  /// Which outputs of a run are not as it left them, and why they cannot be brought back, if that is so.
  private func missing(of maker: Run, _ isThorough: Bool) throws -> ([Int], String?) {
    guard let programs = try programs(of: maker) else {
      return ([], "which of its outputs are programs is not known any more")
    }
    var missing: [Int] = []
    for (index, planned) in plan.outputs.enumerated() {
      guard let recorded = maker.outputs.first(where: { $0.path == planned.declared }) else {
        return ([], "`\(planned.declared)` was not recorded")
      }
      let own = ResultCache.programs(programs, of: recorded)
      if try store.isRight(recorded, at: planned.path, programs: own) { continue }
      if let reason = try hindrance(to: recorded, at: planned.path, isThorough) {
        return ([], reason)
      }
      missing.append(index)
    }
    return (missing, nil)
  }

  private func hindrance(
    to recorded: RecordedFile, at path: FilePath, _ isThorough: Bool
  ) throws -> String? {
    // What was there before the run, if anything was, is not known.
    if recorded.kind == .missing { return "it left no `\(recorded.path)`, and there is one now" }
    let isKept = try isThorough ? store.isWhole(recorded) : store.has(recorded)
    guard isKept else { return "`\(recorded.path)` is not kept any more" }
    if let stray = try stray(at: path, besides: recorded) {
      return "`\(recorded.path)` holds `\(stray)`, which could not be brought back"
    }
    return nil
  }

  /// Something that restoring would take away, and that is not kept: somebody's own.
  private func stray(at path: FilePath, besides recorded: RecordedFile) throws -> String? {
    guard let status = try FileSystem.status(path) else { return nil }
    guard status.kind == .directory else {
      if recorded.kind == .file { return nil }
      let digest = status.kind == .file ? try SHA256.digest(ofFile: path).hex : ""
      return store.path(of: digest) == nil ? path.lastComponent?.string : nil
    }
    var names: Set<String> = []
    if recorded.kind == .folder, let list = try recorded.digest.flatMap(store.list(of:)) {
      names = Set(list.members.map(\.name))
    }
    var stray: String?
    try ContentDigest.members(of: path, status) { name, file, _ in
      guard stray == nil, !names.contains(name) else { return }
      if store.path(of: try SHA256.digest(ofFile: file).hex) == nil { stray = name }
    }
    // Records of a project inside of it are no part of the digest, and nobody's to remove.
    return try stray ?? ResultCache.records(below: path)
  }

  private static func records(below folder: FilePath) throws -> String? {
    for name in try FileSystem.components(in: folder) {
      let path = folder.appending(name)
      if name.string == ".reprise" { return name.string }
      if try FileSystem.linkStatus(path)?.kind == .directory, let found = try records(below: path) {
        return "\(name.string)/\(found)"
      }
    }
    return nil
  }

  /// The outputs of a run that are programs, by their paths; nil when that is not known any more.
  func programs(of run: Run) throws -> Set<String>? {
    guard let digest = run.tag(ResultCache.programsTag) else { return [] }
    guard let text = try store.bytes(of: digest) else { return nil }
    return Set(text.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) })
  }

  /// Those below one output, by their names in it.
  static func programs(_ all: Set<String>, of output: RecordedFile) -> Set<String> {
    if output.kind == .file { return all.contains(output.path) ? [""] : [] }
    let prefix = member("", of: output.path)
    return Set(all.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) })
  }
}
