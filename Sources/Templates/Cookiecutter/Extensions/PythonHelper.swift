import Platform
import Synchronization
import SystemPackage

/// One Python process that loads the extensions which are not native, and calls their filters, tests and functions for us.
///
/// It reads and writes one JSON object a line. Values go by their content: what a function changes in a list that it is
/// given does not come back.
final class PythonHelper: Sendable {
  /// One question at a time.
  private let process: Mutex<PipedProcess>

  init(template: FilePath, variables: [String: String]) throws {
    guard let python = PythonProgram.find(variables) else {
      throw Failure(
        .notFound, "the template has extensions in Python, and there is no `python3` on the PATH",
        hint: "install Python 3")
    }
    var environment = variables
    environment["PYTHONIOENCODING"] = "utf-8"
    process = Mutex(
      try PipedProcess(
        python, ["-c", PythonHelperScript.text, template.string], environment: environment))
  }

  /// Loads extensions and adds what they bring to a library.
  func load(_ names: [String], into library: inout TemplateLibrary) throws {
    let request = Answer.map(
      AnswerMap([
        .init("op", .string("load")), .init("names", .list(names.map { .string($0) })),
      ]))
    let answer: AnswerMap
    do { answer = try ask(request) } catch {
      throw Failure(
        .invalid, "Unable to load extension: \(error.message)",
        hint: "install what it needs where `python3` finds it; extensions: "
          + names.joined(separator: ", "))
    }
    for name in list(of: answer["filters"]) {
      let filter: TemplateLibrary.ValueFunction = {
        (value, arguments, render) throws(TemplateError) in
        try self.call("filters", name, arguments.prepending(value), render)
      }
      library.filters[name] = filter
    }
    for name in list(of: answer["tests"]) {
      let test: TemplateLibrary.TestFunction = { (value, arguments, render) throws(TemplateError) in
        try render.truth(try self.call("tests", name, arguments.prepending(value), render))
      }
      library.tests[name] = test
    }
    for name in list(of: answer["functions"]) {
      library.addFunction(Text(name)) { (arguments, render) throws(TemplateError) in
        try self.call("globals", name, arguments, render)
      }
    }
    for entry in answer["values"]?.map?.entries ?? [] {
      let value = entry.value
      let factory: TemplateLibrary.GlobalFactory = { (_) throws(TemplateError) in
        PythonValue.value(value)
      }
      library.globals[Text(entry.key)] = factory
    }
  }

  private func list(of answer: Answer?) -> [String] { answer?.list?.compactMap(\.string) ?? [] }

  private func call(
    _ kind: String, _ name: String, _ arguments: Arguments, _ render: Render
  ) throws(TemplateError) -> Value {
    var positional: [Answer] = []
    for value in arguments.positional { positional.append(try PythonValue.answer(value, render)) }
    var named = AnswerMap()
    for (key, value) in arguments.named {
      named[key.string] = try PythonValue.answer(value, render)
    }
    let answer = try ask(
      .map(
        AnswerMap([
          .init("op", .string("call")), .init("kind", .string(kind)),
          .init("name", .string(name)), .init("args", .list(positional)),
          .init("kwargs", .map(named)),
        ])))
    return PythonValue.value(answer["value"] ?? .none)
  }

  private func ask(_ request: Answer) throws(TemplateError) -> AnswerMap {
    let line: String?
    do {
      line = try process.withLock { process in
        try process.send(request.json())
        return try process.receive()
      }
    } catch {
      throw TemplateError("OSError", "the Python helper: \(error)")
    }
    guard let line, let answer = (try? PythonJSONReader.read(line))?.map else {
      throw TemplateError("RuntimeError", "the Python that runs the extensions has ended")
    }
    if let error = answer["error"]?.string {
      throw TemplateError(error, answer["message"]?.string ?? "")
    }
    return answer
  }
}
