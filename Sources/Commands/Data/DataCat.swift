import ArgumentParser
import Datasets
import Platform
import SystemPackage

/// `reprise data cat`.
struct DataCat: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cat",
    abstract: "Print a versioned file as it is at a revision.",
    discussion: """
      The content is checked before any of it is printed. What is not in the cache is fetched from the remote.

        reprise data cat data/raw/train.csv@v1.0 | head
      """)

  @Argument(
    help: ArgumentHelp("A file, and a branch, tag or commit behind `@`.", valueName: "path[@rev]"))
  var target: String

  @OptionGroup var remote: RemoteOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let place = try DataPlace(global)
    let repository = try place.repository()
    let (path, revision) = try words(place, repository)
    let version = try DataVersion(repository, at: revision)
    guard let (tracked, below) = try version.find(place.relative(path, in: repository)),
      let object = tracked.output.object
    else { throw place.notVersioned(path, in: version) }
    var transfer: (DataTransfer, name: String)?
    func fetch(_ output: PointerOutput, only: [ObjectName]? = nil) throws {
      if transfer == nil { transfer = try remote.transfer(place, repository, "fetching") }
      let result = try transfer?.0.fetch([output], only: only)
      place.line.clear()
      if let failure = result?.failures.first { throw failure }
    }
    var name = object
    if object.isFolder {
      guard !below.isEmpty else {
        throw Failure(
          .usage, "`\(path)` is a folder", hint: "`reprise data ls \(path)` names its files")
      }
      if !repository.cache.contains(object) { try fetch(tracked.output, only: []) }
      let listing = try repository.listing(object)
      guard let index = listing.index(of: Array(below.string.utf8)[...]) else {
        let isFolder = listing.part(below).count > 0
        throw Failure(
          .notFound,
          isFolder
            ? "`\(path)` is a folder" : "`\(tracked.path)` has no `\(below)`" + place.at(revision))
      }
      name = ObjectName(listing.entries[index].digest, family: object.family)
    }
    if !repository.cache.contains(name) { try fetch(tracked.output, only: [name]) }
    try repository.cache.print(name, isCancelled: place.watch("reading").isCancelled)
  }

  /// A path may hold an `@` itself.
  private func words(
    _ place: DataPlace, _ repository: DataRepository
  ) throws -> (path: String, revision: String?) {
    guard remote.rev == nil, let at = target.lastIndex(of: "@"), at != target.startIndex else {
      return (target, remote.rev)
    }
    let full = try place.relative(target, in: repository)
    if let (tracked, below) = try DataVersion(repository).find(full) {
      guard let object = tracked.output.object, object.isFolder, !below.isEmpty else {
        return (target, nil)
      }
      if (try? repository.listing(object))?.index(of: Array(below.string.utf8)[...]) != nil {
        return (target, nil)
      }
    }
    return (String(target[..<at]), String(target[target.index(after: at)...]))
  }
}
