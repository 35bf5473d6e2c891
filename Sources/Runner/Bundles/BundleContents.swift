import Git
import Platform
import Records
import SystemPackage

/// What goes into the archive of a run beside its record, brought together from where it is to be had.
struct BundleContents {
  /// A file that becomes a member.
  struct File {
    var member: String
    var path: FilePath
    /// What it must hold; nil for whatever it holds.
    var digest: String?
  }

  private let export: BundleExport
  private let origin: ReplayOrigin
  /// A folder for what is brought.
  private let place: FilePath
  private(set) var files: [File] = []
  /// The lists of folders by their digests; see ``FolderList``.
  private(set) var lists: [(digest: String, text: [UInt8])] = []
  /// The lists of the folders that were read or written, by their digests.
  private(set) var folders: [String: FolderList] = [:]
  var manifest: BundleManifest
  /// Bytes of all files.
  private(set) var size = ByteCount(0)
  private var objects: Set<String> = []

  init(_ export: BundleExport, in place: FilePath) throws {
    self.export = export
    self.place = place
    origin = export.origin
    manifest = BundleManifest(run: export.origin.run.id)
  }

  mutating func gather() throws {
    let top = place.appending("code")
    let hasCode = try gatherCode(top)
    try gatherArtifacts()
    try gatherInputs(top, hasCode)
    try gatherOutputs()
    size = ByteCount(
      try files.reduce(Int64(0)) { $0 + (try FileSystem.status($1.path)?.size ?? 0) })
  }

  // MARK: Code

  /// Brings the code as a replay would, and packs its commits.
  private mutating func gatherCode(_ top: FilePath) throws -> Bool {
    guard let commit = origin.commit else {
      manifest.missing.append("the code: it is in no commit")
      return false
    }
    let code = ReplayCode(
      origin: origin, options: export.replayOptions, announce: export.announce)
    do {
      var large: [LocalCheckout.LargeFile] = []
      let problems = try code.make(in: top) { large = $0.largeFiles.filter(\.isThere) }
      manifest.missing += problems.map(\.text)
      manifest.missing += large.map {
        "`\($0.path)`: git-lfs keeps it, and an archive does not hold its content"
      }
    } catch let failure as Failure where failure.code != .interrupted {
      manifest.missing.append("the code: \(failure.message)")
      return false
    }
    guard let repository = try code.repository(with: commit) ?? Repository.discover(from: top)
    else { return false }
    for found in try repository.commitsToBundle(of: commit) {
      guard let lender = found.repository else { continue }
      let member = BundleLayout.bundle(manifest.code.count)
      let file = place.appending("\(manifest.code.count).bundle")
      let written: WrittenBundle
      do {
        written = try lender.writeBundle(
          commit: found.commit, to: file, withoutHistory: export.options.leavesHistoryOut,
          isStopped: { Task.isCancelled })
      } catch let failure as Failure where failure.code == .notFound {
        manifest.missing.append("the commit \(found.commit.prefix(12)): \(failure.message)")
        if manifest.code.isEmpty { return true }
        continue
      }
      manifest.code.append(
        BundleManifest.Code(
          member: member, commit: found.commit, folder: found.path.string,
          boundary: written.boundary))
      files.append(File(member: member, path: file))
    }
    return true
  }

  // MARK: Artifacts

  /// Replays of the run are runs of their own.
  private static func isOfReplay(_ name: String) -> Bool {
    let parts = name.split(separator: "/")
    return parts.count == 2 && parts[0] == "replay" && parts[1].hasSuffix(".json")
      && RunID(String(parts[1].dropLast(5))) != nil
  }

  private mutating func gatherArtifacts() throws {
    guard FileSystem.isDirectory(origin.artifacts) else { return }
    try addArtifacts(in: origin.artifacts, below: "")
  }

  private mutating func addArtifacts(in folder: FilePath, below prefix: String) throws {
    let components = try FileSystem.components(in: folder).sorted {
      $0.string.utf8.lexicographicallyPrecedes($1.string.utf8)
    }
    for component in components {
      try Task.checkCancellation()
      let path = folder.appending(component)
      let name = prefix + component.string
      if Self.isOfReplay(name) || DocumentFolder.retold.contains(name) { continue }
      let kind = try FileSystem.linkStatus(path)?.kind
      let isNameable = component.string.unicodeScalars.allSatisfy { $0 != "\u{FFFD}" && $0 != "\\" }
      switch kind {
      case .directory where isNameable: try addArtifacts(in: path, below: name + "/")
      case .file where isNameable:
        files.append(File(member: BundleLayout.artifacts + name, path: path))
      case nil: continue
      default: manifest.missing.append("the artifact `\(name)`: an archive cannot hold it")
      }
    }
  }

  // MARK: Inputs and outputs

  private mutating func gatherInputs(_ top: FilePath, _ hasCode: Bool) throws {
    let project = top.pushing(FilePath(origin.recipe.project)).lexicallyNormalized()
    let path = { (input: RecordedFile) in project.pushing(FilePath(input.path)) }
    let isThere = { (input: RecordedFile) -> Bool in
      try ContentDigest.record(.input, input.path, at: path(input)).digest == input.digest
    }
    let inputs = origin.run.inputs.filter { $0.digest != nil }
    for input in origin.run.inputs where input.digest == nil && input.kind != .missing {
      manifest.missing.append("the input `\(input.path)`: it had no content hash")
    }
    // What a replay finds in its clean place by the code alone need not be here twice.
    let inside = inputs.filter { path($0).lexicallyNormalized().starts(with: top) }
    let held = try Set(hasCode ? inside.filter(isThere).map(\.path) : [])
    var problems: [ReplayProblem] = []
    if held.count < inputs.count, !export.options.leavesDataOut {
      try FileSystem.createDirectory(project)
      problems = try ReplayInputs(origin: origin, top: top, project: project, data: export.data)
        .bring()
    }
    if held.count < inputs.count, var remote = export.data?.remote(of: origin.folders) {
      remote.url = CodeState.withoutPassword(remote.url)
      manifest.remote = remote
    }
    for input in inputs {
      if held.contains(input.path) {
        note(input, .code)
      } else if export.options.leavesDataOut {
        note(input, .leftOut)
      } else if !inside.contains(input) {
        note(input, .missing)
        manifest.missing.append("the input `\(input.path)`: it lies outside of the project")
      } else if try isThere(input) {
        note(input, try add(input, at: path(input)) ? .objects : .missing)
      } else {
        note(input, .missing)
        let known = problems.first { $0.text.contains("`\(input.path)`") }?.text
        manifest.missing.append(known ?? "the input `\(input.path)`")
      }
    }
  }

  private mutating func gatherOutputs() throws {
    for output in origin.run.outputs where output.digest != nil {
      let kept = origin.artifacts.appending("outputs").pushing(FilePath(output.path))
      let work = place.appending("outputs-\(manifest.contents.count)")
      guard let found = try KeptOutputs(origin: origin).find(output, in: work) else {
        note(output, .missing)
        manifest.missing.append(
          "the output `\(output.path)`: what the run wrote is not kept any more, only its hash")
        continue
      }
      if found == kept {
        note(output, .artifacts)
      } else {
        note(output, try add(output, at: found) ? .objects : .missing)
      }
    }
  }

  private mutating func note(_ file: RecordedFile, _ holder: BundleManifest.Holder) {
    manifest.contents.append(
      BundleManifest.Content(
        role: file.role, path: file.path, digest: file.digest ?? "", holder: holder))
  }

  /// Adds what a file or folder holds, each content once.
  private mutating func add(_ file: RecordedFile, at path: FilePath) throws -> Bool {
    guard let digest = file.digest, let status = try FileSystem.status(path) else { return false }
    guard file.kind == .folder else {
      add(digest, path)
      return true
    }
    var list = FolderList()
    var found: [(String, FilePath)] = []
    try ContentDigest.members(of: path, status) { name, member, _ in
      try Task.checkCancellation()
      let digest = try SHA256.digest(ofFile: member).hex
      list.members.append(FolderList.Member(name, digest))
      found.append((digest, member))
    }
    guard list.isExact else {
      manifest.missing.append(
        "`\(file.path)`: a name in it has a line feed or is not UTF-8")
      return false
    }
    guard SHA256.digest(of: list.text).hex == digest else {
      throw Failure(.conflict, "`\(path)` changed while it was read")
    }
    list.members.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    for (digest, member) in found.sorted(by: { $0.0 < $1.0 }) { add(digest, member) }
    folders[digest] = list
    if objects.insert(digest).inserted { lists.append((digest, list.text)) }
    return true
  }

  private mutating func add(_ digest: String, _ path: FilePath) {
    guard objects.insert(digest).inserted else { return }
    files.append(File(member: BundleLayout.object(digest), path: path, digest: digest))
  }
}
