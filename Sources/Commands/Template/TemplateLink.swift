import ArgumentParser
import Formats
import Platform
import Synchronization
import SystemPackage
import Templates

/// `reprise template link`: finds the version of a template that a project was made from.
struct TemplateLink: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "link",
    abstract: "Connect a project that was made long ago with its template.",
    discussion: """
      Versions of the template are rendered with the answers and compared with the project; the one that fits best is \
      recorded in `.reprise/scaffold.json`. From then on `reprise update` works.

        reprise template link gh:owner/template project_name=Wine license=MIT
        reprise template link ../template --dry-run     how well each version fits

      The exit status is 1, and nothing is recorded, when no version fits.
      """)

  @Argument(help: "The template: an address, or a folder.")
  var template: String

  @Argument(help: ArgumentHelp("Answers that the project was made with.", valueName: "key=value"))
  var answers: [String] = []

  @Option(
    name: [.customShort("c"), .long],
    help: ArgumentHelp("Look at the versions that lead to this branch or tag.", valueName: "ref"))
  var checkout: String?

  @Option(
    name: .customLong("template-directory"),
    help: ArgumentHelp("The folder of the repository that holds the template.", valueName: "folder")
  )
  var folder: String?

  @Flag(name: .customLong("dry-run"), help: "Say how well versions fit; record nothing.")
  var isDryRun = false

  @Flag(help: "Record the best version even when it does not fit.")
  var force = false

  @Flag(name: .customLong("no-input"), help: "Ask nothing; questions take their defaults.")
  var asksNothing = false

  @OptionGroup var global: GlobalOptions

  mutating func run() async throws {
    let place = try Place(global)
    let project = try TemplateProject(global, in: place.folder)
    let console = global.console
    var linker = try TemplateLinker(
      project: project.folder,
      address: TemplateVersions.address(template, in: place.folder, variables: place.variables),
      directory: folder, checkout: checkout, cache: project.cache, renderer: project.renderer)
    linker.asks = !asksNothing && TemplateProject.hasPerson(global)
    let progress = LinkProgress(console: console)
    linker.report = { progress.note($0, of: $1) }
    let result = try await linker.fits(given: TemplateProject.given(answers))
    guard let best = result.fits.first else {
      throw Failure(
        .notFound, "no version of `\(template)` can be rendered with these answers",
        hint: "its questions are: " + (try linker.questions().joined(separator: ", ")))
    }
    for guess in result.guessed {
      console.note("answered from the folder's name: \(guess.key)=\(guess.value)")
    }
    let fitsWell = best.score >= TemplateLinker.leastFit
    if !isDryRun, fitsWell || force { try await linker.link(best, result) }
    show(result.fits, isLinked: !isDryRun && (fitsWell || force), console)
    if !fitsWell, !force { throw try refusal(best, linker) }
  }

  private func refusal(_ best: TemplateFit, _ linker: TemplateLinker) throws -> Failure {
    let all = best.same + best.changed + best.missing + best.extra
    let names = try linker.questions().prefix(12).joined(separator: ", ")
    return Failure(
      .no,
      "no version of `\(template)` fits the project: the best has \(best.same) of \(all) files as they are here",
      hint: "give the answers that the project was made with (\(names)) as key=value, or `--force`"
    )
  }

  private func show(_ fits: [TemplateFit], isLinked: Bool, _ console: Console) {
    let json = JSONValue.array(
      fits.map { fit in
        .object([
          .init("commit", fit.version.commit.map(JSONValue.string) ?? .null),
          .init("version", fit.version.name.map(JSONValue.string) ?? .null),
          .init("score", .double(fit.score)), .init("same", .int(Int64(fit.same))),
          .init("changed", .int(Int64(fit.changed))), .init("missing", .int(Int64(fit.missing))),
          .init("extra", .int(Int64(fit.extra))),
        ])
      })
    console.show(json) {
      var table = TextTable([
        .init(title: "FIT", alignment: .right), .init(title: "VERSION"),
        .init(title: "SAME", alignment: .right), .init(title: "CHANGED", alignment: .right),
        .init(title: "MISSING", alignment: .right), .init(title: "EXTRA", alignment: .right),
        .init(title: "SUBJECT", yields: 1),
      ])
      table.rows = fits.prefix(10).map { fit in
        [
          .init("\(Int((fit.score * 100).rounded(.down))) %"), .init(fit.version.shown),
          .init("\(fit.same)"), .init("\(fit.changed)"), .init("\(fit.missing)"),
          .init("\(fit.extra)"),
          .init(fit.subject, .dim),
        ]
      }
      let verb = isLinked ? "linked" : "best"
      return table.text(for: console) + "\n\(verb): \(fits.first?.version.shown ?? "")"
    }
  }
}

/// Says how far a comparison is once it takes longer than a second: in one line of a terminal, now and then elsewhere.
private final class LinkProgress: Sendable {
  private let console: Console
  private let start = ContinuousClock.now
  private let last = Mutex<ContinuousClock.Instant?>(nil)
  private let isTerminal = Terminal.isTerminal(2)

  init(console: Console) { self.console = console }

  func note(_ count: Int, of total: Int) {
    let now = ContinuousClock.now
    let pause: Duration = isTerminal ? .milliseconds(200) : .seconds(5)
    let isDue = last.withLock { last in
      guard now - start >= .seconds(1), last.map({ now - $0 >= pause }) ?? true else {
        return false
      }
      last = now
      return true
    }
    if isDue { console.note("compared \(count) of \(total) versions") }
  }
}
