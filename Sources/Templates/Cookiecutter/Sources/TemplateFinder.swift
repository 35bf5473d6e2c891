import Formats
import Git
import Platform
import SystemPackage

/// Finds a template by what a person typed: an abbreviation, a zip file, a repository, a folder.
package struct TemplateFinder {
  package var configuration: UserConfiguration
  /// Where relative paths start.
  package var folder: FilePath
  package var cache: RepositoryCache
  package var asksNothing: Bool
  package var password: String?
  /// Where the layouts lie that come with the program; nil when they are not there.
  package var ownTemplates: FilePath?
  /// Told before a fetch, which may take long.
  package var announce: (String) -> Void

  package init(
    configuration: UserConfiguration, folder: FilePath, cache: RepositoryCache, asksNothing: Bool,
    password: String?, ownTemplates: FilePath? = nil, announce: @escaping (String) -> Void
  ) {
    self.configuration = configuration
    self.folder = folder
    self.cache = cache
    self.asksNothing = asksNothing
    self.password = password
    self.ownTemplates = ownTemplates
    self.announce = announce
  }

  /// - Parameters:
  ///   - checkout: branch, tag or commit of a repository.
  ///   - directory: where in it the template lies.
  /// - Throws: ``Failure`` that says where was looked; ``Declined`` when the user wants neither the old nor a new clone.
  package func find(
    _ template: String, checkout: String?, directory: String?, asker: inout some Asker
  ) throws -> TemplateSource {
    let expanded = TemplateAddress.expanded(template, configuration.abbreviations)
    var found: TemplateSource
    switch TemplateAddress(expanded) {
    case .zip(let text, let isURL): found = try unzipped(text, isURL: isURL, &asker)
    case .repository(let url): found = try cloned(url, checkout, &asker)
    case .path(let path): return try local(path, directory, expanded)
    }
    found.address = expanded
    if let directory { found = inside(found, directory) }
    guard Self.isTemplate(found.folder) else { throw notFound(expanded, [found.folderText]) }
    return found
  }

  private func inside(_ source: TemplateSource, _ directory: String) -> TemplateSource {
    var source = source
    source.directory = directory
    source.folderText = Self.joined(source.folderText, directory)
    source.folder = source.folder.pushing(FilePath(directory)).lexicallyNormalized()
    return source
  }

  private func local(
    _ path: String, _ directory: String?, _ address: String
  ) throws -> TemplateSource {
    var candidates = [path, Self.joined(configuration.templatesFolder, path)]
    if let directory { candidates = candidates.map { Self.joined($0, directory) } }
    for candidate in candidates {
      let whole = try FileSystem.absolute(FilePath(candidate), in: folder)
      guard Self.isTemplate(whole) else { continue }
      return TemplateSource(
        folderText: candidate, folder: whole, boundary: nil, origin: .folder, address: address,
        temporary: nil)
    }
    if let own = Self.own(path, in: ownTemplates), directory == nil {
      return TemplateSource(
        folderText: own.string, folder: own, boundary: nil, origin: .own, address: address,
        temporary: nil)
    }
    throw notFound(path, candidates)
  }

  private func notFound(_ template: String, _ places: [String]) -> Failure {
    Failure(
      .notFound,
      "A valid repository for \"\(template)\" could not be found in the following locations:\n"
        + places.joined(separator: "\n"),
      hint:
        "a template is a folder with a cookiecutter.json; see `--directory` for one deeper inside"
    )
  }

  /// The layout of a name that comes with the program; a path is never one.
  static func own(_ name: String, in folder: FilePath?) -> FilePath? {
    guard let folder, let part = FilePath.Component(name), part.kind == .regular else { return nil }
    let template = folder.appending(part)
    return isTemplate(template) ? template : nil
  }

  /// Python's `os.path.join`.
  static func joined(_ base: String, _ rest: String) -> String {
    if rest.hasPrefix("/") || base.isEmpty { return rest }
    return base.hasSuffix("/") ? base + rest : base + "/" + rest
  }

  static func isTemplate(_ folder: FilePath) -> Bool {
    FileSystem.isFile(folder.appending("cookiecutter.json"))
      || FileSystem.isFile(folder.appending("ccds.json"))
  }
}

extension TemplateFinder {
  /// Whether to fetch anew what was fetched before.
  private func replaces(_ path: String, _ asker: inout some Asker) throws -> Bool {
    if asksNothing { return true }
    let anew = Question(
      "You've downloaded \(path) before. Is it okay to delete and re-download it?",
      kind: .yesNo(default: true))
    if try asker.answer(anew).isTrue { return true }
    let again = Question(
      "Do you want to re-use the existing version?", kind: .yesNo(default: true))
    guard try asker.answer(again).isTrue else { throw Declined() }
    return false
  }

  private func cloned(
    _ text: String, _ checkout: String?, _ asker: inout some Asker
  ) throws -> TemplateSource {
    var url = try TemplateAddress.gitURL(text)
    while url.hasSuffix("/") { url.removeLast() }
    let base = try FileSystem.absolute(FilePath(configuration.templatesFolder), in: folder)
    try FileSystem.createDirectory(base)
    let target = base.appending(try TemplateAddress.folderName(url))
    var isWanted = true
    if FileSystem.isDirectory(target) { isWanted = try replaces(target.string, &asker) }
    var commit: String?
    if isWanted {
      announce("fetching \(text)")
      commit = try clone(url, checkout, into: target)
    } else {
      commit = try? Repository.discover(from: target)?.head().commit
    }
    return TemplateSource(
      folderText: target.string, folder: target, boundary: target,
      origin: .repository(url: url, commit: commit), address: text, temporary: nil)
  }

  /// A clone beside the old one, which is replaced when all has come.
  private func clone(_ url: String, _ checkout: String?, into target: FilePath) throws -> String {
    let parent = target.removingLastComponent()
    let temporary = try TemporaryDirectory(prefix: ".reprise-clone-", in: parent)
    defer { withExtendedLifetime(temporary) {} }
    let fresh = temporary.path.appending("new")
    let found: Repository.Checkout
    do {
      found = try Repository.clone(url: url, version: checkout, into: fresh, cache: cache)
    } catch var failure as Failure where failure.code == .notFound {
      failure.cause = failure.message
      failure.message =
        failure.message.hasPrefix("unable to checkout version")
        ? "The \(checkout ?? "default") branch of repository \(url) could not found, have you made a typo?"
        : "The repository \(url) could not be found, have you made a typo?"
      throw failure
    }
    if FileSystem.exists(target) {
      try FileSystem.rename(target, to: temporary.path.appending("old"))
    }
    try FileSystem.rename(fresh, to: target)
    return found.commit
  }

  private func unzipped(
    _ text: String, isURL: Bool, _ asker: inout some Asker
  ) throws -> TemplateSource {
    let path: FilePath
    var origin = TemplateSource.Origin.zip
    if isURL {
      path = try downloaded(text, &asker)
      origin = .remoteZip(url: text, digest: try SHA256.digest(of: FileSystem.read(path)).hex)
    } else {
      path = try FileSystem.absolute(FilePath(text), in: folder)
    }
    let unpacking = ZipTemplate(path: path, address: text)
    let folder = try RemovedFolder(prefix: "reprise-template-")
    let root = try unpacking.extract(
      into: folder.path.appending("template"), password: password, asksNothing: asksNothing,
      asker: &asker)
    return TemplateSource(
      folderText: root.string, folder: root, boundary: folder.path, origin: origin, address: text,
      temporary: folder)
  }

  private func downloaded(_ url: String, _ asker: inout some Asker) throws -> FilePath {
    let base = try FileSystem.absolute(FilePath(configuration.templatesFolder), in: folder)
    try FileSystem.createDirectory(base)
    guard let name = url.split(separator: "/").last.map(String.init), name != ".." else {
      throw Failure(.invalid, "`\(url)` does not name a file")
    }
    let path = base.appending(name)
    if FileSystem.exists(path), try !replaces(path.string, &asker) { return path }
    announce("fetching \(url)")
    try HTTPClient().download(url, to: path, limit: 1 << 32)
    return path
  }
}
