import Platform

/// A line of `reprise render --jsonl`: a template with its variables and options, and the answer to it.
///
/// The line is an object of `template`, and as wanted `id`, `context` and `env`: Jinja2's option names, and `templates`, a map
/// from name to source for include, import and extends. The answer has `id` and `output`, or `id`, `error` (the name of the
/// Python exception), `message` and, when known, `line`.
package struct RenderRequest {
  private static let plain = TemplateEnvironment()

  /// The answer to a line, without a line end. Never fails: whatever is wrong is in the answer.
  package static func answer(to line: [UInt8]) -> [UInt8] {
    var id = ContextValue.none
    do {
      let request = try ContextReader.read(line)
      guard case .dict = request else {
        throw TemplateError("TypeError", "a request must be a JSON object")
      }
      id = request["id"] ?? .none
      let output = try render(request)
      var bytes = start(id)
      bytes += "\"output\": ".utf8
      Text(bytes: output).writeJSON(to: &bytes)
      bytes.append(UInt8(ascii: "}"))
      return bytes
    } catch let error as TemplateError {
      return failure(id, error)
    } catch let error as ParseFailure {
      return failure(
        id,
        TemplateError("JSONDecodeError", error.message, line: error.line, column: error.column))
    } catch {
      return failure(id, TemplateError("RuntimeError", "\(error)"))
    }
  }

  private static func render(_ request: ContextValue) throws(TemplateError) -> [UInt8] {
    guard case .string(let source)? = request["template"] else {
      throw .type("a request must have a `template`, which is a string")
    }
    var context = TemplateContext()
    switch request["context"] {
    case .dict(let pairs, _):
      for pair in pairs { if case .string(let name) = pair.key { context.set(name, pair.value) } }
    case nil, .none?: break
    default: throw .type("`context` must be an object")
    }
    let environment = try environment(request["env"])
    return try environment.template(bytes: source.bytes).render(context)
  }

  private static func environment(
    _ value: ContextValue?
  ) throws(TemplateError) -> TemplateEnvironment {
    var options = TemplateOptions()
    var loader: DictionaryLoader?
    switch value {
    case nil, .none?, .dict([], _)?: return plain
    case .dict(let pairs, _)?:
      for pair in pairs {
        guard case .string(let key) = pair.key else { continue }
        if key == "templates" {
          loader = try DictionaryLoader(pair.value)
        } else {
          try options.set(key.string, pair.value.json)
        }
      }
    default: throw .type("`env` must be an object")
    }
    try options.check()
    return TemplateEnvironment(options: options, loader: loader)
  }

  private static func start(_ id: ContextValue) -> [UInt8] {
    var bytes = Array("{\"id\": ".utf8)
    id.writeJSON(to: &bytes)
    bytes += ", ".utf8
    return bytes
  }

  private static func failure(_ id: ContextValue, _ error: TemplateError) -> [UInt8] {
    var bytes = start(id)
    bytes += "\"error\": ".utf8
    Text(error.exception).writeJSON(to: &bytes)
    bytes += ", \"message\": ".utf8
    Text(error.message).writeJSON(to: &bytes)
    if let line = error.line { bytes += ", \"line\": \(line)".utf8 }
    bytes.append(UInt8(ascii: "}"))
    return bytes
  }
}

extension DictionaryLoader {
  /// The templates of a map from name to source.
  fileprivate init(_ value: ContextValue) throws(TemplateError) {
    guard case .dict(let pairs, _) = value else { throw .type("`templates` must be an object") }
    var sources: [String: String] = [:]
    for pair in pairs {
      guard case .string(let name) = pair.key, case .string(let source) = pair.value else {
        throw .type("`templates` must be an object of strings")
      }
      sources[name.string] = source.string
    }
    self.init(sources)
  }
}
