import Git
import Platform
import SystemPackage

/// The commits of a template that differ in what they make, newest first.
struct TemplateHistory {
  private(set) var commits: [CommitSummary] = []
  /// The question whose answer alone names the project's folder (`{{ cookiecutter.slug }}`); nil when it is not so simple.
  let rootVariable: String?
  private var files: [[TreeFile]] = []
  private let repository: Repository
  private var tried: Set<Int> = []

  /// How far back a history is looked at.
  private static let limit = 5000

  init(_ versions: TemplateVersions, _ kind: ScaffoldState.Kind, of checkout: String?) throws {
    repository = try versions.repository(holding: checkout)
    var seen: Set<[TreeFile]> = []
    var root: String?
    // From the oldest on, so that of equal ones the first is kept.
    for commit in try versions.history(of: checkout, limit: Self.limit).reversed() {
      let all = try repository.files(at: commit.id, in: Array((versions.directory ?? "").utf8))
      let files = kind == .cookiecutter ? all.filter(Self.matters) : all
      guard !files.isEmpty, seen.insert(files).inserted else { continue }
      commits.append(commit)
      self.files.append(files)
      root = Self.rootVariable(files) ?? root
    }
    commits.reverse()
    files.reverse()
    rootVariable = kind == .cookiecutter ? root : nil
  }

  /// Whether a file of a cookiecutter template has a say in what it makes: tests, documents and the like beside the
  /// project's folder have not.
  private static func matters(_ file: TreeFile) -> Bool {
    let steps = file.path.split(separator: UInt8(ascii: "/"), maxSplits: 1)
    let top = String(decoding: steps.first ?? [], as: UTF8.self)
    if steps.count == 1 { return ["cookiecutter.json", "ccds.json"].contains(top) }
    return top.contains("cookiecutter") || top.contains("{") || top == "templates"
  }

  private static func rootVariable(_ files: [TreeFile]) -> String? {
    for file in files {
      let top = String(
        decoding: file.path.prefix { $0 != UInt8(ascii: "/") }, as: UTF8.self)
      guard top.hasPrefix("{{"), top.hasSuffix("}}") else { continue }
      let words = top.dropFirst(2).dropLast(2).filter { $0 != " " }.split(separator: ".")
      guard words.count == 2, words[0] == "cookiecutter",
        words[1].allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" })
      else { return nil }
      return String(words[1])
    }
    return nil
  }

  /// The places of those that are worth rendering.
  mutating func candidates(for project: FilePath, limit: Int) throws -> [Int] {
    var places = Array(commits.indices)
    if commits.count > limit {
      var lines = try ProjectLines(of: project)
      var guesses: [Int] = []
      for files in files { guesses.append(try lines.guess(files, in: repository)) }
      places.sort { guesses[$0] != guesses[$1] ? guesses[$0] > guesses[$1] : $0 < $1 }
      places = Array(places.prefix(limit))
    }
    tried.formUnion(places)
    return places
  }

  func isTried(_ place: Int) -> Bool { tried.contains(place) }

  mutating func noteTried(_ place: Int) { tried.insert(place) }
}
