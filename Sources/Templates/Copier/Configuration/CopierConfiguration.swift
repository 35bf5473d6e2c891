import Formats
import Platform
import SystemPackage

/// What a `copier.yml` says: settings, whose keys start with `_`, and questions, in order.
struct CopierConfiguration: Sendable {
  private(set) var settings: [String: ContextValue] = [:]
  private(set) var questions: [(name: String, details: ContextValue)] = []
  /// The file's name; nil when the template has none.
  private(set) var file: String?

  /// Reads the one file of the names `copier.yml` and `copier.yaml` (in any case) that is there.
  init(in template: FilePath) throws {
    let names = try FileSystem.names(in: template).filter { name in
      let folded = name.lowercased()
      return name.hasPrefix("copier.") && (folded == "copier.yml" || folded == "copier.yaml")
    }
    guard names.count < 2 else {
      throw Failure(
        .invalid, "the template has more than one configuration: \(names.joined(separator: ", "))",
        hint: "keep one of them")
    }
    guard let name = names.first else { return }
    file = name
    var reader = CopierDocuments(top: template)
    let documents = try reader.read(template.appending(name))
    merge(documents)
    try checkVersion()
  }

  /// Later documents win, but four lists are joined.
  private mutating func merge(_ documents: [ContextValue]) {
    let joined: Set<String> = [
      "_exclude", "_jinja_extensions", "_secret_questions", "_skip_if_exists",
    ]
    for document in documents {
      for pair in document.pairs ?? [] {
        let key = pair.key.pythonText
        if joined.contains(key), let more = pair.value.items {
          let before = settings[String(key.dropFirst())]?.items ?? []
          settings[String(key.dropFirst())] = .list(before + more)
        } else if key.hasPrefix("_") {
          settings[String(key.dropFirst())] = pair.value
        } else {
          let isMap = pair.value.pairs != nil
          let details =
            isMap
            ? pair.value
            : .dict([ContextPair(.text("default"), pair.value)], isOrdered: false)
          if let place = questions.firstIndex(where: { $0.name == key }) {
            questions[place].details = details
          } else {
            questions.append((key, details))
          }
        }
      }
    }
  }

  private func checkVersion() throws {
    guard let text = settings["min_copier_version"]?.pythonText else { return }
    guard let wanted = ReleaseVersion(text), let ours = ReleaseVersion(Self.peer) else { return }
    guard ours < wanted else { return }
    throw Failure(
      .unsupported,
      "the template requires Copier version >= \(text), this program does as \(Self.peer)")
  }

  /// The version of copier whose behaviour this is.
  static let peer = "9.19.1"

  func texts(_ key: String) -> [String] { settings[key]?.items?.map(\.pythonText) ?? [] }

  func text(_ key: String) -> String? {
    settings[key].flatMap { $0 == .none ? nil : $0.pythonText }
  }

  /// The names of the questions whose answers are not kept.
  var secrets: Set<String> {
    var names = Set(texts("secret_questions"))
    for (name, details) in questions where details["secret"]?.isTrue == true { names.insert(name) }
    return names
  }

  /// What is left out when the template does not say.
  private static let usualExclusions = [
    "copier.yaml", "copier.yml", "~*", "*.py[co]", "__pycache__", ".git", ".DS_Store", ".svn",
  ]

  var exclusions: [String] {
    if settings["exclude"]?.items != nil { return texts("exclude") }
    let folder = text("subdirectory") ?? ""
    return folder.isEmpty || folder == "." ? Self.usualExclusions : []
  }

  var suffix: String { text("templates_suffix") ?? ".jinja" }

  var preservesLinks: Bool { settings["preserve_symlinks"]?.isTrue == true }
}

/// Reads the documents of a YAML file, and those that `!include` names.
struct CopierDocuments {
  let top: FilePath
  private var depth = 0

  init(top: FilePath) { self.top = top }

  /// The mappings, in order; lists of them are laid flat, empty documents left out.
  mutating func read(_ file: FilePath) throws -> [ContextValue] {
    depth += 1
    defer { depth -= 1 }
    guard depth < 16 else { throw Failure(.invalid, "the files of `\(file)` include each other") }
    let bytes = try FileSystem.read(file, limit: 1 << 24)
    let shown = file.lastComponent?.string ?? file.string
    var values: [ContextValue] = []
    for (line, document) in Self.split(bytes) {
      do {
        guard let node = try YAMLNode(parsing: document) else { continue }
        if node.tag == "!include", let pattern = node.text {
          values += try included(pattern)
        } else {
          values.append(ContextValue(try node.value()))
        }
      } catch var failure as ParseFailure {
        failure.line = failure.line.map { $0 + line }
        throw failure.failure(in: shown)
      }
    }
    return values.flatMap(Self.flat)
  }

  private static func flat(_ value: ContextValue) -> [ContextValue] {
    if let items = value.items { return items.flatMap(flat) }
    return value.isTrue ? [value] : []
  }

  private mutating func included(_ pattern: String) throws -> [ContextValue] {
    guard !pattern.hasPrefix("/"), !pattern.split(separator: "/").contains("..") else {
      throw Failure(.invalid, "`!include \(pattern)` leads out of the template")
    }
    var values: [ContextValue] = []
    var found: [FilePath] = []
    try RenderedTree.walk(top, []) { path, place in
      if ShellPattern.matches(Array(pattern.utf8), path.bytes) { found.append(place) }
    }
    for file in found {
      guard let real = FileSystem.realPath(file), let base = FileSystem.realPath(top),
        real.starts(with: base)
      else { throw Failure(.invalid, "`\(file)` leads out of the template") }
      values += try read(file)
    }
    return values
  }

  /// The documents of a text with the number of lines before each: a line that starts with `---` starts one.
  private static func split(_ bytes: [UInt8]) -> [(line: Int, text: [UInt8])] {
    var documents: [(Int, [UInt8])] = [(0, [])]
    var number = 0
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      let isMark =
        line.starts(with: "---".utf8)
        && (line.count == 3 || line.dropFirst(3).first.map { $0 == 0x20 || $0 == 0x0D } == true)
      if isMark {
        documents.append((number, Array("   ".utf8) + line.dropFirst(3)))
      } else {
        documents[documents.count - 1].1 += line
      }
      documents[documents.count - 1].1.append(0x0A)
      number += 1
    }
    return documents
  }
}
