import Platform
import SystemPackage

/// Puts versions of a project's data into another work tree of it, such as a clean checkout elsewhere: from the project's own
/// cache, and what that does not have from its remote.
package struct DataPlacement {
  private let project: DataRepository
  private let variables: [String: String]
  private let watch: FileWatch

  /// - Parameter project: whose cache and remotes count.
  package init(
    _ project: DataRepository, variables: [String: String], watch: FileWatch = FileWatch()
  ) {
    self.project = project
    self.variables = variables
    self.watch = watch
  }

  /// Puts the data at, below or around some paths where it belongs.
  ///
  /// - Parameters:
  ///   - paths: in the other work tree; its folders need not be there.
  ///   - tree: a folder of the other work tree, whose pointers count.
  /// - Returns: the paths that are versioned.
  /// - Throws: ``Failure``, with `.notFound` when contents are neither in the cache nor in the remote, which is named.
  package func place(
    _ paths: [FilePath], inTreeOf tree: FilePath
  ) throws -> [FilePath] {
    guard let other = try DataRepository.find(from: tree, variables: variables) else { return [] }
    let all = try other.trackedPaths()
    var versioned: [FilePath] = []
    var chosen: [TrackedPath] = []
    for path in paths {
      guard let relative = other.relative(path) else { continue }
      let found = all.filter {
        $0.path.starts(with: relative) || relative.starts(with: $0.path)
      }
      guard !found.isEmpty else { continue }
      versioned.append(path)
      chosen += found.filter { tracked in !chosen.contains { $0.path == tracked.path } }
    }
    guard !chosen.isEmpty else { return [] }
    try fetch(chosen)
    var options = DataCheckout.Options()
    // The clean place is for writing to: a link into the cache would let a program change the cache.
    (options.kinds, options.isForced) = ([.reflink, .copy], true)
    let checkout = DataCheckout(
      try project.keeping(in: project.cache, at: other.root), options, watch: watch)
    _ = try checkout.carryOut(chosen.compactMap { try checkout.plan($0) })
    return versioned
  }

  /// Asks the remote only for what the cache does not have.
  private func fetch(_ chosen: [TrackedPath]) throws {
    let missing = try chosen.filter { try !isInCache($0.output) }
    guard let first = missing.first else { return }
    let place = "the cache `\(project.cache.folder)`"
    let (store, name, _): (any ObjectStore, String, Int?)
    do {
      (store, name, _) = try project.store(nil, variables: variables)
    } catch var failure as Failure {
      failure.message = "`\(first.path)` is not in \(place), and \(failure.message)"
      throw failure
    }
    let result = try DataTransfer(cache: project.cache, store: store, watch: watch)
      .fetch(missing.map(\.output))
    guard var failure = result.failures.first else { return }
    failure.message =
      "`\(first.path)` is neither in \(place) nor in the remote `\(name)`: \(failure.message)"
    failure.details = Array(result.failures.dropFirst().prefix(20))
    throw failure
  }

  private func isInCache(_ output: PointerOutput) throws -> Bool {
    guard let object = output.object, output.isCached else { return true }
    guard project.cache.contains(object) else { return false }
    guard object.isFolder else { return true }
    return try project.cache.listing(object).entries.allSatisfy { entry in
      project.cache.contains(ObjectName(entry.digest, family: object.family))
    }
  }
}
