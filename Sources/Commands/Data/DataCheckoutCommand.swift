import ArgumentParser
import Datasets
import Formats
import Platform
import SystemPackage

/// `reprise data checkout`.
struct DataCheckoutCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "checkout",
    abstract: "Make the data what the .dvc files say, or what they said at a revision.",
    discussion: """
      Every file is checked against its name on the way out of the cache. Files that no version holds are never dropped \
      without --force.

        reprise data checkout
        reprise data checkout data/raw/train.csv
        reprise data checkout --rev v1.0 data/raw
      """)

  @Argument(help: ArgumentHelp("Only these.", valueName: "path"))
  var paths: [String] = []

  @Option(
    help: ArgumentHelp("As of this branch, tag or commit; git's own files stay.", valueName: "rev"))
  var rev: String?

  @Option(
    help: ArgumentHelp(
      "How files are made: reflink, hardlink, symlink, copy; the first that works.",
      valueName: "kinds"))
  var link: String?

  @Flag(name: .shortAndLong, help: "Drop changes that no version holds.")
  var force = false

  @Flag(help: "Make files anew that are right already, as links of the wanted kind.")
  var relink = false

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let place = try DataPlace(global)
    let repository = try place.repository()
    var options = DataCheckout.Options()
    options.isForced = force
    options.relinks = relink
    options.kinds = try repository.linkKinds(override: link)
    let chosen = try place.tracked(paths, in: repository, at: rev)
    let checkout = DataCheckout(repository, options, watch: place.watch("checking out"))
    let plans = try chosen.compactMap { try checkout.plan($0.tracked, below: $0.below) }
    let results = try checkout.carryOut(plans)
    place.line.clear()
    place.console.show(.array(results.map(\.json))) { Self.text(results) }
  }

  static func text(_ results: [DataCheckout.Result]) -> String {
    let changed = results.filter { !$0.isEmpty }
    guard !changed.isEmpty else { return "nothing to do" }
    return changed.map { result in
      let parts = [
        (result.added, "added"), (result.modified, "changed"), (result.deleted, "removed"),
        (result.relinked, "linked anew"),
      ]
      let words = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
      return "\(result.path): \(words.joined(separator: ", "))"
    }.joined(separator: "\n")
  }
}

extension DataCheckout.Result {
  var json: JSONValue {
    [
      "path": .string(path.string), "added": .int(Int64(added)), "modified": .int(Int64(modified)),
      "deleted": .int(Int64(deleted)), "relinked": .int(Int64(relinked)),
    ]
  }
}
