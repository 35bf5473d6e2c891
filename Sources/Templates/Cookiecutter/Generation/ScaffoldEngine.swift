import Platform
import SystemPackage

/// The template language as a project of cookiecutter's has it: its options, extensions and strictness.
struct ScaffoldEngine: Sendable {
  let environment: TemplateEnvironment
  let options: TemplateOptions

  /// How a kind of template differs.
  struct Rules: Sendable {
    /// Whether what is not defined is an error.
    var isStrict = true
    var keepsTrailingNewline = true
  }

  /// - Parameters:
  ///   - variables: the value of `cookiecutter`, whose `_jinja2_env_vars` and `_extensions` are used.
  ///   - template: the template's folder, which extensions of its own are loaded from.
  /// - Throws: ``Failure`` for options that Jinja2 does not have and extensions that cannot be loaded.
  init(
    variables: AnswerMap, rules: Rules, loader: (any TemplateLoader)?, extensions: ExtensionLoader
  ) throws {
    options = try Self.options(variables, rules)
    var options = options
    let library = try extensions.library(variables["_extensions"], options: &options)
    environment = TemplateEnvironment(options: options, loader: loader, library: library)
  }

  private static func options(_ variables: AnswerMap, _ rules: Rules) throws -> TemplateOptions {
    var options = TemplateOptions()
    options.keepTrailingNewline = rules.keepsTrailingNewline
    options.undefined = rules.isStrict ? .strict : .standard
    guard let given = variables["_jinja2_env_vars"], given.isTrue else { return options }
    guard let map = given.map else {
      throw Failure(.invalid, "`_jinja2_env_vars` must be an object of Jinja2's options")
    }
    let place = "`_jinja2_env_vars` in the template's cookiecutter.json"
    for entry in map.entries {
      let own = ["context", "undefined", "keep_trailing_newline", "extensions"]
      guard !own.contains(entry.key) else {
        throw Failure(
          .invalid, "\(place): `\(entry.key)` is set already and cannot be given again")
      }
      do { try options.set(entry.key, entry.value.jsonValue) } catch {
        throw Failure(.invalid, "\(place): \(error.message)")
      }
    }
    do { try options.check() } catch { throw Failure(.invalid, "\(place): \(error.message)") }
    return options
  }

  /// Renders a short text: a name, a default.
  func text(_ source: String, in context: TemplateContext) throws(TemplateError) -> String {
    guard mayHoldTags(source) else { return source }
    let template = try environment.template(source, name: nil)
    return String(decoding: try template.render(context), as: UTF8.self)
  }

  /// Whether a text can be anything but itself when it is rendered. Line ends are, and so are tags.
  func mayHoldTags(_ source: String) -> Bool {
    if options.lineStatementPrefix != nil || options.lineCommentPrefix != nil { return true }
    if source.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) { return true }
    let firsts = [options.blockStart, options.variableStart, options.commentStart].map(\.utf8.first)
    return source.utf8.contains { firsts.contains($0) }
  }
}
