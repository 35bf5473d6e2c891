import Platform
import SystemPackage

/// What a project will hold, while its names are found one after the other.
struct ProjectPlan {
  let name: String
  let existing: FilePath?
  /// Nil where something later took the place.
  var entries: [RenderedProject.Entry?] = []
  /// How many entries have their content; the rest awaits the threads that render.
  var complete: Int { texts.keys.min() ?? entries.count }
  /// Which text an entry's content is rendered from.
  var texts: [Int: Int] = [:]
  /// The folders, by their path; of the folders of the template, where they went.
  private var folders: Set<String> = []
  private var places: [String: [String]] = [:]
  private var files: [String: Int] = [:]
  private var leftOut: Set<String> = []

  init(name: String, existing: FilePath?) {
    self.name = name
    self.existing = existing
  }

  /// Leaves a folder of the template out, with all that is in it.
  mutating func leaveOut(_ path: String) { leftOut.insert(path) }

  func isLeftOut(_ path: String) -> Bool {
    guard !leftOut.isEmpty else { return false }
    var steps = path.split(separator: "/", omittingEmptySubsequences: false)
    while !steps.isEmpty {
      if leftOut.contains(steps.joined(separator: "/")) { return true }
      steps.removeLast()
    }
    return false
  }

  /// Where the folder above a path of the template went.
  func rendered(parentOf path: String) -> [String] {
    let steps = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    return places[steps.joined(separator: "/")] ?? []
  }

  func isFolder(_ steps: [String]) -> Bool {
    if steps.isEmpty { return true }
    let path = steps.joined(separator: "/")
    if folders.contains(path) { return true }
    return existing.map { FileSystem.isDirectory($0.pushing(FilePath(path))) } ?? false
  }

  func isFile(_ steps: [String]) -> Bool {
    let path = steps.joined(separator: "/")
    if files[path] != nil { return true }
    return existing.map { (try? FileSystem.status($0.pushing(FilePath(path)))) ?? nil != nil }
      ?? false
  }

  /// Adds a folder, and those above it.
  ///
  /// - Throws: ``Failure`` in cookiecutter's words when it is there already and may not be.
  mutating func addFolder(_ steps: [String], source: String, isMerged: Bool) throws {
    places[source] = steps
    if isFolder(steps) {
      guard isMerged else {
        throw Failure(
          .conflict, "Error: \"\(name)/\(steps.joined(separator: "/"))\" directory already exists",
          hint: "two folders of the template get this name; see `--overwrite-if-exists`")
      }
    } else if isFile(steps) {
      throw Failure(
        .conflict, "`\(source)` becomes `\(steps.joined(separator: "/"))`, which is a file")
    }
    // What is there on the disk has to be made again where the project is staged.
    guard !steps.isEmpty else { return }
    for count in 1...steps.count { makeFolder(Array(steps[..<count]), source: source) }
  }

  private mutating func makeFolder(
    _ steps: [String], source: String, mode: UInt32? = nil, replaces: Bool = false
  ) {
    guard folders.insert(steps.joined(separator: "/")).inserted else { return }
    entries.append(
      .init(
        path: steps.joined(separator: "/"), content: .folder(mode: mode, replaces: replaces),
        mode: mode ?? 0o777, source: source))
  }

  @discardableResult
  mutating func add(
    _ steps: [String], _ content: RenderedProject.Entry.Content, mode: UInt32, source: String
  ) -> Int {
    let path = steps.joined(separator: "/")
    if let before = files[path] { entries[before] = nil }
    files[path] = entries.count
    entries.append(.init(path: path, content: content, mode: mode & 0o7777, source: source))
    return entries.count - 1
  }

  /// A link that leads nowhere in the template is made again, when it stays inside the project.
  mutating func addLink(_ steps: [String], to target: FilePath, source: String) throws {
    var depth = steps.count - 1
    for component in target.components {
      depth += component.kind == .parentDirectory ? -1 : component.kind == .regular ? 1 : 0
      guard depth >= 0 else { break }
    }
    guard !target.isAbsolute, depth >= 0 else {
      throw Failure(
        .invalid, "the link `\(source)` leads out of the project, to `\(target)`",
        hint: "remove it from the template")
    }
    add(steps, .link(target), mode: 0o777, source: source)
  }

  /// Adds a folder that is copied as it is, links followed.
  mutating func addCopy(
    of folder: FilePath, to steps: [String], source: String, boundary: FilePath?, depth: Int = 0
  ) throws {
    guard depth < 128 else {
      throw Failure(.invalid, "the folder `\(source)` of the template is nested too deeply")
    }
    try TemplateBoundary.check(folder, boundary)
    if depth == 0 { forget(steps) }
    if steps.count > 1, depth == 0 {
      for count in 1..<steps.count { makeFolder(Array(steps[..<count]), source: source) }
    }
    let mode = try FileSystem.status(folder)?.mode
    makeFolder(steps, source: source, mode: mode, replaces: depth == 0)
    for name in try FileSystem.names(in: folder) {
      let path = folder.appending(name)
      let below = steps + [name]
      let place = source + "/" + name
      guard let status = try FileSystem.status(path) else {
        try addLink(below, to: try FileSystem.linkTarget(path), source: place)
        continue
      }
      switch status.kind {
      case .directory:
        try addCopy(of: path, to: below, source: place, boundary: boundary, depth: depth + 1)
      case .file:
        try TemplateBoundary.check(path, boundary)
        add(below, .copy(path), mode: status.mode, source: place)
      case .link, .other:
        throw Failure(.invalid, "`\(path)` in the template is neither a file nor a folder")
      }
    }
  }

  /// What was planned at and below a path goes: a copied folder replaces it.
  private mutating func forget(_ steps: [String]) {
    let path = steps.joined(separator: "/")
    guard folders.contains(path) || files[path] != nil else { return }
    for index in entries.indices {
      guard let entry = entries[index], entry.path == path || entry.path.hasPrefix(path + "/")
      else { continue }
      entries[index] = nil
      folders.remove(entry.path)
      files[entry.path] = nil
    }
  }
}
