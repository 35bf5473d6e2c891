import Checks
import Datasets
import Learning
import Platform
import Projects
import Records
import Runner
import SystemPackage

/// Opens the tables and the models of a project.
struct ProjectTables: TableOpener, ModelPlaces {
  let root: FilePath
  let place: Place

  var variables: [String: String] { place.variables }

  func open(_ reference: TableReference) throws -> any TableStream {
    do {
      let path = try path(of: reference)
      return FileSystem.isDirectory(path)
        ? try ImageFolderStream(path) : try TableStreams.open(path)
    } catch var failure as Failure where failure.code == .notFound {
      failure.location = reference.location
      throw failure
    }
  }

  func path(of reference: TableReference) throws -> FilePath {
    switch reference.place {
    case .path(let text): try FileSystem.absolute(FilePath(text), in: root)
    case .version(let text, let revision): try version(text, revision, reference)
    case .artifact(let run, let text):
      try FilePath(artifacts(of: run, at: reference.location)).pushing(FilePath(text))
    }
  }

  func model(run: String, path: String) throws -> FilePath {
    let folder = try FilePath(artifacts(of: run, at: nil)).pushing(FilePath(path))
    if FileSystem.isFile(folder) { return folder }
    // Our own file says more than MLflow's, where both are there.
    let files = ["model.json", "model.txt", "model.onnx"].map(folder.appending)
    if let found = files.first(where: FileSystem.isFile) { return found }
    if FileSystem.isFile(folder.appending("MLmodel")) { return folder }
    throw Failure(
      .notFound, "run `\(run)` has no model `\(path)`",
      hint: "`reprise runs` lists the runs; one of an entry point with `trainer:` has a model")
  }

  func ended(run: String) throws -> Double? {
    let records = RecordsFolder.nearest(to: root, variables: place.variables)
    guard let store = try RecordReader.open(records) else { return nil }
    let found = try store.run(store.resolve(run))
    return Double(found.endTime ?? found.startTime) / 1000
  }

  private func artifacts(of run: String, at location: SourceLocation?) throws -> String {
    let records = RecordsFolder.nearest(to: root, variables: place.variables)
    guard let store = try RecordReader.open(records) else {
      throw Failure(
        .notFound, "there are no runs here", hint: "`reprise run` makes one and records it",
        at: location)
    }
    do { return try store.run(store.resolve(run)).artifactURI } catch var failure as Failure {
      if failure.location == nil { failure.location = location }
      throw failure
    }
  }

  /// The file in the cache that holds a recorded version.
  private func version(
    _ text: String, _ revision: String, _ reference: TableReference
  ) throws -> FilePath {
    guard let repository = try DataRepository.find(from: root, variables: place.variables) else {
      throw Failure(
        .notFound, "no data is versioned here", hint: "reprise data add \(text)",
        at: reference.location)
    }
    let path = try FileSystem.absolute(FilePath(text), in: root)
    let version = try DataVersion(repository, at: revision)
    guard let relative = repository.relative(path), let (tracked, below) = version.find(relative),
      let object = tracked.output.object
    else {
      throw Failure(
        .notFound, "`\(text)` is not versioned at `\(revision)`", at: reference.location)
    }
    var name = object
    if object.isFolder {
      let listing = try repository.listing(object)
      guard let index = listing.index(of: Array(below.string.utf8)[...]) else {
        throw Failure(
          .notFound, "`\(text)` is not in its folder at `\(revision)`", at: reference.location)
      }
      name = ObjectName(listing.entries[index].digest, family: object.family)
    }
    guard repository.cache.contains(name) else {
      throw Failure(
        .notFound, "`\(text)@\(revision)` is not in the cache",
        hint: "reprise data fetch --rev \(revision)", at: reference.location)
    }
    return repository.cache.path(name)
  }
}
