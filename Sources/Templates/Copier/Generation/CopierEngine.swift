import Formats
import Platform
import SystemPackage

/// The template environment of a copier template: Jinja with ansible's filters, undefined names empty.
struct CopierEngine: Sendable {
  let environment: TemplateEnvironment

  init(_ configuration: CopierConfiguration, template: FilePath) throws {
    var options = TemplateOptions()
    options.keepTrailingNewline = true
    let file = configuration.file ?? "copier.yml"
    do throws(TemplateError) {
      for pair in configuration.settings["envops"]?.pairs ?? [] {
        try options.set(pair.key.pythonText, pair.value.jsonValue)
      }
      try options.check()
    } catch {
      throw Failure(.invalid, "`_envops`: \(error.message)", at: SourceLocation(file: file))
    }
    let native = [
      "jinja2.ext.do", "jinja2.ext.loopcontrols", "jinja2.ext.debug", "jinja2_time.TimeExtension",
      "jinja2.ext.i18n",
    ]
    for name in configuration.texts("jinja_extensions") {
      guard native.contains(name) else {
        throw Failure(
          .unsupported, "the template needs the Python extension `\(name)`, which is not supported",
          hint: "render it with copier itself", at: SourceLocation(file: file))
      }
      options.extensions.append(name)
    }
    environment = TemplateEnvironment(
      options: options, loader: CopierLoader(top: template), library: .copier)
  }

  /// A text with templates in it, rendered.
  func text(_ source: String, _ context: TemplateContext, what: String) throws -> String {
    guard
      source.utf8.contains(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "#") })
        || environment.options != TemplateOptions.copierDefault
    else { return source }
    do throws(TemplateError) {
      let bytes = try environment.template(source, name: nil).render(context)
      return String(decoding: bytes, as: UTF8.self)
    } catch {
      throw Failure(.invalid, "cannot render \(what): \(error.exception): \(error.message)")
    }
  }
}

extension TemplateOptions {
  fileprivate static let copierDefault: TemplateOptions = {
    var options = TemplateOptions()
    options.keepTrailingNewline = true
    return options
  }()
}

/// Finds templates by their path below the template's folder, and never outside of it.
struct CopierLoader: TemplateLoader {
  let top: FilePath

  func source(of name: String) throws(TemplateError) -> String? {
    let steps = name.split(separator: "/").filter { $0 != "." }
    guard !steps.contains("..") else { return nil }
    let file = top.pushing(FilePath(steps.joined(separator: "/")))
    guard FileSystem.isFile(file) else { return nil }
    guard let real = FileSystem.realPath(file), let base = FileSystem.realPath(top),
      real.starts(with: base)
    else { throw TemplateError("ForbiddenPathError", "`\(name)` leads out of the template") }
    guard let bytes = try? FileSystem.read(file, limit: 1 << 28) else { return nil }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw TemplateError("UnicodeDecodeError", "`\(name)` is not UTF-8 text")
    }
    return text
  }
}
