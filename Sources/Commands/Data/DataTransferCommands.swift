import ArgumentParser
import Datasets
import Formats
import Platform

/// `reprise data push`.
struct DataPush: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "push",
    abstract: "Send the contents of versions to a remote.",
    discussion: """
      What the remote has already is not sent again. Every content is checked before it is sent.

      Example: reprise data push data/raw
      """)

  @Argument(help: ArgumentHelp("Only these.", valueName: "path"))
  var paths: [String] = []

  @OptionGroup var remote: RemoteOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let place = try DataPlace(global)
    let repository = try place.repository()
    let outputs = try place.tracked(paths, in: repository, at: remote.rev).map(\.tracked.output)
    let (transfer, name) = try remote.transfer(place, repository, "pushing")
    try remote.tell(transfer.push(outputs), "pushed", "to `\(name)`", place)
  }
}

/// `reprise data fetch`.
struct DataFetch: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Bring the contents of versions from a remote into the cache.",
    discussion: """
      Every content is checked against its name; what is damaged is not taken.

      Example: reprise data fetch
      """)

  @Argument(help: ArgumentHelp("Only these.", valueName: "path"))
  var paths: [String] = []

  @OptionGroup var remote: RemoteOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let place = try DataPlace(global)
    let repository = try place.repository()
    let outputs = try place.tracked(paths, in: repository, at: remote.rev).map(\.tracked.output)
    let (transfer, name) = try remote.transfer(place, repository, "fetching")
    try remote.tell(transfer.fetch(outputs), "fetched", "from `\(name)`", place)
  }
}

/// `reprise data pull`.
struct DataPull: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pull",
    abstract: "Fetch contents from a remote, and check them out.",
    discussion: """
      Files that no version holds are never dropped without --force.

      Example: reprise data pull data/raw
      """)

  @Argument(help: ArgumentHelp("Only these.", valueName: "path"))
  var paths: [String] = []

  @Flag(name: .shortAndLong, help: "Drop changes that no version holds.")
  var force = false

  @OptionGroup var remote: RemoteOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let place = try DataPlace(global)
    let repository = try place.repository()
    let chosen = try place.tracked(paths, in: repository, at: remote.rev)
    let (transfer, name) = try remote.transfer(place, repository, "fetching")
    try remote.tell(
      transfer.fetch(chosen.map(\.tracked.output)), "fetched", "from `\(name)`", place)
    var options = DataCheckout.Options()
    options.isForced = force
    options.kinds = try repository.linkKinds(override: nil)
    let checkout = DataCheckout(repository, options, watch: place.watch("checking out"))
    let results = try checkout.carryOut(
      chosen.compactMap { try checkout.plan($0.tracked, below: $0.below) })
    place.line.clear()
    if !global.printsJSON { place.console.note(DataCheckoutCommand.text(results)) }
  }
}

/// Which remote, and how many at once.
struct RemoteOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The remote, when not the default one.", valueName: "name"))
  var remote: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("How many contents are moved at once.", valueName: "count"))
  var jobs: Int?

  @Option(
    help: ArgumentHelp("The versions of this branch, tag or commit.", valueName: "rev"))
  var rev: String?

  func validate() throws {
    if let jobs, !(1...256).contains(jobs) {
      throw ValidationError("--jobs must be a number from 1 to 256")
    }
  }

  func transfer(
    _ place: DataPlace, _ repository: DataRepository, _ verb: String
  ) throws -> (DataTransfer, name: String) {
    let (store, name, given) = try repository.store(remote, variables: place.place.variables)
    var transfer = DataTransfer(cache: repository.cache, store: store, watch: place.watch(verb))
    transfer.jobs = jobs ?? given.map { min(256, max(1, $0)) } ?? transfer.jobs
    return (transfer, name)
  }

  /// Says what was moved; what was not is a failure.
  func tell(
    _ result: DataTransfer.Result, _ verb: String, _ where_: String, _ place: DataPlace
  ) throws {
    place.line.clear()
    place.console.show([
      verb: .int(Int64(result.moved)), "bytes": .int(result.bytes),
      "failed": .int(Int64(result.failures.count)),
    ]) {
      result.moved == 0 && result.failures.isEmpty
        ? "nothing to do"
        : "\(verb) \(result.moved) contents (\(ByteCount(result.bytes))) \(where_)"
    }
    guard var failure = result.failures.first else { return }
    failure.details = Array(result.failures.dropFirst().prefix(20))
    throw failure
  }
}
