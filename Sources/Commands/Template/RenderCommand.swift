import ArgumentParser
import Formats
import Platform
import SystemPackage
import Templates

/// `reprise render`: one template to standard output, or many over a pipe.
struct RenderCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render",
    abstract: "Render a Jinja2 template.",
    discussion: """
      Templates that the file includes, imports or extends are looked for in its folder.

        reprise render --context answers.json --env '{"trim_blocks": true}' page.html
        reprise render --jsonl < requests.jsonl

      With --jsonl each line of standard input is an object with `template` and as wanted `id`, `context` and `env` (Jinja2's \
      option names, and `templates`, a map from name to source). Each is answered at once by a line with `id` and `output`, \
      or `id`, `error` (the Python exception) and `message`.
      """)

  @Argument(help: "The template; - is standard input.")
  var file: String?

  @Option(
    help: ArgumentHelp("The variables: a JSON file, or a JSON object.", valueName: "json"))
  var context: String?

  @Option(
    help: ArgumentHelp(
      "Options of the Jinja2 environment: a JSON file, or a JSON object.", valueName: "json"))
  var env: String?

  @Flag(help: "Answer requests line by line.")
  var jsonl = false

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard jsonl != (file != nil) else {
      throw ValidationError(
        jsonl ? "--jsonl reads standard input, so no file can be named" : "no template is named")
    }
    guard !jsonl || (context == nil && env == nil) else {
      throw ValidationError("with --jsonl each line brings its own context and env")
    }
  }

  func run() async throws {
    guard let file else { return try RenderService.run(global.console) }
    let place = try Place(global)
    let isInput = file == "-"
    let path = try FileSystem.absolute(FilePath(file), in: place.folder)
    let source = isInput ? try StandardInput.readAll() : try FileSystem.read(path)
    guard String(validating: source, as: UTF8.self) != nil else {
      throw Failure(.parse, "`\(file)` is not UTF-8 text")
    }
    var options = TemplateOptions()
    if let env {
      let json = try JSONArgument.read(env, in: place.folder)
      do {
        options = try TemplateOptions(json: json.json)
      } catch {
        throw Failure(.invalid, "the environment does not fit: \(error.message)")
      }
    }
    var variables = TemplateContext()
    if let context {
      guard case .dict(let pairs, _) = try JSONArgument.read(context, in: place.folder) else {
        throw Failure(.invalid, "the context must be a JSON object")
      }
      for pair in pairs { if case .string(let name) = pair.key { variables.set(name, pair.value) } }
    }
    let folder = isInput ? place.folder : path.removingLastComponent()
    let environment = TemplateEnvironment(options: options, loader: FolderLoader([folder]))
    do {
      global.console.write(try environment.template(bytes: source, name: file).render(variables))
    } catch {
      throw error.failure(in: file, source: source)
    }
  }
}
