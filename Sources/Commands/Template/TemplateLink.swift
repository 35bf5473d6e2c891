import ArgumentParser
import Formats
import Glibc
import Platform
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

  @Flag(name: .customLong("no-input"), help: "Ask nothing; questions take their defaults.")
  var asksNothing = false

  @OptionGroup var global: GlobalOptions

  mutating func run() async throws {
    let place = try TemplateProject(global)
    let console = global.console
    var linker = try TemplateLinker(
      project: place.folder, address: template, directory: folder, checkout: checkout,
      cache: place.cache, renderer: place.renderer)
    linker.asks = !asksNothing && !global.printsJSON && Terminal.isTerminal(0)
    let (fits, found) = try await linker.fits(given: TemplateProject.given(answers))
    guard let best = fits.first else {
      throw Failure(.notFound, "no version of `\(template)` can be rendered with these answers")
    }
    if !isDryRun { try await linker.link(best, answers: found) }
    show(fits, console)
  }

  private func show(_ fits: [TemplateFit], _ console: Console) {
    let json = JSONValue.array(
      fits.map { fit in
        .object([
          .init("commit", fit.version.commit.map(JSONValue.string) ?? .null),
          .init("version", fit.version.name.map(JSONValue.string) ?? .null),
          .init("score", .double(fit.score)), .init("same", .int(Int64(fit.same))),
          .init("changed", .int(Int64(fit.changed))), .init("missing", .int(Int64(fit.missing))),
        ])
      })
    console.show(json) {
      var table = TextTable([
        .init(title: "FIT", alignment: .right), .init(title: "VERSION"),
        .init(title: "SAME", alignment: .right), .init(title: "CHANGED", alignment: .right),
        .init(title: "MISSING", alignment: .right), .init(title: "SUBJECT", yields: 1),
      ])
      table.rows = fits.prefix(10).map { fit in
        [
          .init("\(Int((fit.score * 100).rounded(.down))) %"), .init(fit.version.shown),
          .init("\(fit.same)"), .init("\(fit.changed)"), .init("\(fit.missing)"),
          .init(fit.subject, .dim),
        ]
      }
      let verb = isDryRun ? "best" : "linked"
      return table.text(for: console) + "\n\(verb): \(fits.first?.version.shown ?? "")"
    }
  }
}
