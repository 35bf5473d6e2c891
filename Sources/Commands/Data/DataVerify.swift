import ArgumentParser
import Datasets
import Formats
import Platform

/// `reprise data verify`.
struct DataVerify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Read every content of the cache again and compare it with its name.",
    discussion: """
      --repair sets damaged contents aside and fetches them from the remote. The exit status is 0 when all is well and 1 \
      otherwise.

      Example: reprise data verify --repair
      """)

  @Flag(help: "Set damaged contents aside, and fetch them anew.")
  var repair = false

  @OptionGroup var remote: RemoteOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let place = try DataPlace(global)
    let repository = try place.repository()
    let named = try place.tracked([], in: repository).map(\.tracked.output)
    let check = CacheCheck(repository.cache, of: named, watch: place.watch("verifying"))
    let result = try check.run()
    place.line.clear()
    let console = place.console
    console.show([
      "objects": .int(Int64(result.objects)), "bytes": .int(result.bytes),
      "damaged": .array(result.damaged.map { .string($0.text) }),
      "replaced": .array(result.replaced.map { .string($0.text) }),
    ]) {
      let replaced = Set(result.replaced)
      let lines = result.damaged.map {
        (replaced.contains($0) ? "replaced " : "damaged  ") + "\(repository.cache.path($0))"
      }
      let count = "\(result.objects) contents, \(ByteCount(result.bytes))"
      return (lines + [count + (lines.isEmpty ? ": all is well" : ", \(lines.count) damaged")])
        .joined(separator: "\n")
    }
    if !result.replaced.isEmpty {
      console.note(
        "replaced: the MD5 is right and the SHA-256 is not, which does not happen by chance")
    }
    if let failure = result.failures.first { throw failure }
    guard !result.damaged.isEmpty else { return }
    guard repair else {
      console.note("next: reprise data verify --repair")
      throw ExitCode(Failure.Code.no.exitCode)
    }
    console.note("set aside in \(try check.setAside(result.damaged))")
    let outputs = try place.tracked([], in: repository, at: remote.rev).map(\.tracked.output)
    let (transfer, name) = try remote.transfer(place, repository, "fetching")
    try remote.tell(transfer.fetch(outputs), "fetched", "from `\(name)`", place)
    let left = result.damaged.filter { !repository.cache.contains($0) }
    guard !left.isEmpty else { return }
    console.note(
      "\(left.count) contents are named by no .dvc file of the work tree; they stay set aside")
    throw ExitCode(Failure.Code.no.exitCode)
  }
}
