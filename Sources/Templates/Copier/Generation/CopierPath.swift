import Platform
import Synchronization
import SystemPackage

/// One path of a copier template, and the paths that it becomes: none when a part is empty, several when it yields.
struct CopierPath {
  struct Names {
    let root: FilePath
    let top: FilePath
    let suffix: String
    let answers: String
    let context: TemplateContext
  }

  typealias Result = [(path: String, extra: [(String, ContextValue)])]

  private let steps: [String]
  private let generation: CopierGeneration
  private let names: Names

  init(_ steps: [String], _ isFolder: Bool, _ generation: CopierGeneration, _ names: Names) {
    self.steps = steps
    self.generation = generation
    self.names = names
  }

  func rendered() throws -> Result {
    let suffix = names.suffix
    let isTemplate = steps.last?.hasSuffix(suffix) == true
    let path = steps.joined(separator: "/")
    if !suffix.isEmpty {
      // A template beside a plain file of the same name takes its place.
      if FileSystem.exists(names.root.pushing(FilePath(path + suffix))) { return [] }
    }
    var parts = steps
    if !suffix.isEmpty, isTemplate, let last = parts.popLast() {
      parts.append(Self.withoutExtension(last))
    }
    return try render(parts[...], [], [], isTemplate)
  }

  /// Python's `with_suffix("")`.
  private static func withoutExtension(_ name: String) -> String {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex,
      name.index(after: dot) != name.endIndex
    else { return name }
    return String(name[..<dot])
  }

  private func render(
    _ parts: ArraySlice<String>, _ done: [String], _ extra: [(String, ContextValue)],
    _ isTemplate: Bool
  ) throws -> Result {
    guard let part = parts.first else {
      let path = done.joined(separator: "/")
      let beside = names.top.pushing(FilePath(path + names.suffix))
      return isTemplate || !FileSystem.exists(beside) ? [(path, extra)] : []
    }
    let options = generation.engine.environment.options
    guard let loop = PathYield(part, options) else {
      let text = try text(part, extra)
      return try go(text, parts, done, extra, isTemplate)
    }
    var result: Result = []
    for value in try values(of: loop, extra) {
      let inner = extra + [(loop.name, value)]
      result += try go(
        text(loop.before + loop.body + loop.after, inner), parts, done, inner, isTemplate)
    }
    return result
  }

  private func go(
    _ text: String, _ parts: ArraySlice<String>, _ done: [String],
    _ extra: [(String, ContextValue)], _ isTemplate: Bool
  ) throws -> Result {
    if text.isEmpty { return [] }
    if text == names.answers { return [(names.answers, extra)] }
    return try render(parts.dropFirst(), done + [text], extra, isTemplate)
  }

  private func text(_ part: String, _ extra: [(String, ContextValue)]) throws -> String {
    var context = names.context
    for (name, value) in extra { context.set(Text(name), value) }
    return try generation.engine.text(
      part, context, what: "template path `\(steps.joined(separator: "/"))`")
  }

  private func values(
    of loop: PathYield, _ extra: [(String, ContextValue)]
  ) throws -> [ContextValue] {
    let collected = Collected()
    var context = names.context
    for (name, value) in extra { context.set(Text(name), value) }
    do throws(TemplateError) {
      let environment = generation.engine.environment
      var library = environment.library
      library.addFunction("_reprise_collect") {
        (arguments: Arguments, render: Render) throws(TemplateError) -> Value in
        collected.set(arguments.positional.first.map { ContextValue($0) } ?? .none)
        return .text("")
      }
      let options = environment.options
      let source =
        "\(options.variableStart) _reprise_collect(\(loop.source)) \(options.variableEnd)"
      let inner = TemplateEnvironment(
        options: options, loader: environment.loader, library: library, limits: environment.limits)
      _ = try inner.template(source, name: nil).render(context)
    } catch {
      throw Failure(
        .invalid, "cannot render template path `\(steps.joined(separator: "/"))`: \(error.message)")
    }
    let value = collected.value
    if let pairs = value.pairs { return pairs.map(\.key) }
    if let text = value.plainText { return text.unicodeScalars.map { .text(String($0)) } }
    return value.items ?? []
  }
}

/// `{% yield name from list %}…{% endyield %}` in a name: copier's tag for one file or folder per item.
private struct PathYield {
  var before: String
  var name: String
  var source: String
  var body: String
  var after: String

  init?(_ part: String, _ options: TemplateOptions) {
    guard let (before, tag, rest) = Self.tag(part, options), tag.hasPrefix("yield ") else {
      return nil
    }
    let words = tag.dropFirst(6).split(separator: " ", maxSplits: 2)
    guard words.count == 3, words[1] == "from" else { return nil }
    guard let (body, end, after) = Self.tag(rest, options), end == "endyield" else { return nil }
    self.before = before
    name = String(words[0])
    source = String(words[2])
    self.body = body
    self.after = after
  }

  /// The first tag of a text, with what stands before and behind it.
  private static func tag(
    _ text: String, _ options: TemplateOptions
  ) -> (before: String, tag: String, after: String)? {
    let bytes = Array(text.utf8)
    let start = Array(options.blockStart.utf8)
    let end = Array(options.blockEnd.utf8)
    guard let open = find(start, in: bytes, from: 0),
      let close = find(end, in: bytes, from: open + start.count)
    else { return nil }
    var inner = String(decoding: bytes[(open + start.count)..<close], as: UTF8.self)
    while inner.hasPrefix("-") || inner.hasPrefix("+") { inner.removeFirst() }
    while inner.hasSuffix("-") || inner.hasSuffix("+") { inner.removeLast() }
    let before = String(decoding: bytes[..<open], as: UTF8.self)
    let after = String(decoding: bytes[(close + end.count)...], as: UTF8.self)
    return (before, inner.trimmingWhitespace, after)
  }

  private static func find(_ mark: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard !mark.isEmpty, start + mark.count <= bytes.count else { return nil }
    return (start...(bytes.count - mark.count)).first { bytes[$0...].starts(with: mark) }
  }
}

/// What a function of ours was called with.
private final class Collected: Sendable {
  private let box = Mutex<ContextValue>(.none)

  var value: ContextValue { box.withLock { $0 } }

  func set(_ value: ContextValue) { box.withLock { $0 = value } }
}
