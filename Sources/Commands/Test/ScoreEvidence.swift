import Checks
import Formats
import Git
import Platform
import Projects
import Records
import Runner
import SystemPackage

/// Looks for what a project has of the ML Test Score: results of its tests, its runs, its models and its files.
struct ScoreEvidence {
  private let place: Place
  private let root: FilePath
  private(set) var score = ReadinessScore()
  /// What could not be looked at.
  private(set) var problems: [Failure] = []

  init(_ place: Place) throws {
    self.place = place
    var root = TestProject.root(above: place.folder)
    if root == nil {
      let records = RecordsFolder.nearest(to: place.folder, variables: place.variables)
      root = records.path.removingLastComponent()
    }
    self.root = root ?? place.folder
    addSuites()
    addProject()
    addRecords()
    addFiles()
    addNotes()
  }

  // MARK: Tests

  private mutating func addSuites() {
    let project = TestProject(place, root: root)
    let memory = project.memory
    for file in kept(Result { try project.suites(named: []) }) ?? [] {
      do {
        let history = try memory.history(of: file.name)
        let items = try file.isOfModel ? Self.ofModel(file) : Self.ofData(file)
        for (item, texts) in items.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
          add(item, texts, file.name, history)
        }
        let states = Set(history.map { $0.inputs.map(\.digest) }).count
        if !file.isOfModel, states > 1 {
          score.add(.invariants, 1, "\(file.name): tested on \(states) states of the data")
        } else if !file.isOfModel {
          score.add(.invariants, 0.5, "\(file.name): tests that new data can be held against")
        }
        if file.isOfModel, let last = history.last {
          let isGood = last.tests.allSatisfy { $0.verdict == .passed || $0.verdict == .warned }
          score.add(.validated, isGood ? 0.5 : 0, "\(file.name): \(isGood ? "passes" : "fails")")
        }
      } catch { note(error) }
    }
  }

  /// What there is; nil, and noted, when it cannot be looked at.
  private mutating func kept<Value>(_ result: Result<Value, any Error>) -> Value? {
    do { return try result.get() } catch {
      note(error)
      return nil
    }
  }

  /// What is not there is no evidence; everything else is a problem.
  private mutating func note(_ error: any Error) {
    let failure = error as? Failure ?? Failure(.invalid, "\(error)")
    if failure.code != .notFound { problems.append(failure) }
  }

  private static func ofData(_ file: TestProject.File) throws -> [ScoreItem: [String]] {
    let suite = try DataSuite(reading: file.path, shownAs: file.name)
    return collected(suite.tests.map { ($0.text, $0.kind.scoreItems) })
  }

  private static func ofModel(_ file: TestProject.File) throws -> [ScoreItem: [String]] {
    let suite = try ModelSuite(reading: file.path, shownAs: file.name)
    return collected(suite.tests.map { ($0.text, $0.scoreItems) })
  }

  private static func collected(_ tests: [(String, [ScoreItem])]) -> [ScoreItem: [String]] {
    var texts: [ScoreItem: [String]] = [:]
    for (text, items) in tests { for item in items { texts[item, default: []].append(text) } }
    return texts
  }

  /// Whole points for tests that passed when they were last done, half for those that are only written.
  private mutating func add(
    _ item: ScoreItem, _ texts: [String], _ file: String, _ history: [HistoryEntry]
  ) {
    let shown = texts.count == 1 ? "`\(texts[0])`" : "\(texts.count) tests, such as `\(texts[0])`"
    guard let last = history.last else {
      return score.add(item, 0.5, "\(file): \(shown), never done")
    }
    let wanted = Set(texts)
    // A test by groups has the group behind its name.
    let done = last.tests.filter { test in
      wanted.contains(test.name) || wanted.contains { test.name.hasPrefix($0 + " [") }
    }
    let passes = !done.isEmpty && done.allSatisfy { $0.verdict == .passed }
    score.add(
      item, passes ? 1 : 0.5,
      "\(file): \(shown)\(passes ? "" : done.isEmpty ? ", never done" : ", not passed")")
  }

  // MARK: The project and its runs

  private mutating func addProject() {
    let isTracked = kept(Result { try Self.isTracked(root) }) ?? false
    if isTracked { score.add(.specifications, 0.5, "the project is in git") }
    guard let project = kept(Result { try Project.load(root) }) else { return }
    // What cannot be read was noted with the suites.
    let suites = (try? TestProject(place, root: root).suites(named: [])) ?? []
    let models = Set(
      suites.filter(\.isOfModel).compactMap { FilePath($0.name).lastComponent?.stem })
    for point in project.manifest.entryPoints {
      let named = point.requires.filter { models.contains($0) || $0 == "model" }
      if !named.isEmpty {
        score.add(
          .validated, 1, "MLproject: `\(point.name)` requires \(named.joined(separator: ", "))")
      }
    }
  }

  private static func isTracked(_ root: FilePath) throws -> Bool {
    guard let git = try Repository.discover(from: root) else { return false }
    return try git.head().commit != nil
  }

  private mutating func addRecords() {
    let records = RecordsFolder.nearest(to: root, variables: place.variables)
    do {
      guard let store = try RecordReader.open(records) else { return }
      let runs = try store.search(RunSearch(limit: 1000)).filter { $0.status == .finished }
      if let run = runs.first(where: { $0.tag("mlflow.source.git.dirty") == "false" }) {
        score.add(.specifications, 1, "run `\(run.name)` ran with all of its code committed")
      }
      if let run = runs.first(where: { run in
        ["identical", "equal"].contains(run.tag(ReplayTags.replayed) ?? "")
      }) {
        score.add(
          .reproducible, 1, "run `\(run.name)` was replayed: \(run.tag(ReplayTags.replayed) ?? "")")
      } else if !runs.isEmpty {
        score.add(.reproducible, 0.5, "\(runs.count) runs are recorded, none was replayed")
      }
      if !runs.isEmpty {
        score.add(.integration, 0.5, "an entry point ran to its end: `\(runs[0].name)`")
      }
      addTuning(runs)
      addVersions(
        try store.searchModelVersions(RegistrySearch(limit: 1000)).items.map(\.model))
    } catch { note(error) }
  }

  /// Runs of one entry point that differ in their parameters and have a metric in common.
  private mutating func addTuning(_ runs: [Run]) {
    let groups = Dictionary(grouping: runs) { $0.entryPoint ?? "" }
    for (name, own) in groups.sorted(by: { $0.key < $1.key }) where !name.isEmpty {
      let metrics = own.map { Set($0.metrics.map(\.key)) }
      let shared = metrics.dropFirst().reduce(metrics.first ?? []) { $0.intersection($1) }
      let tried = Set(own.map { $0.params.map { "\($0.key)=\($0.value)" } }).count
      guard tried >= 3, let metric = shared.sorted().first else { continue }
      score.add(
        .tuned, 0.5, "`\(name)` ran with \(tried) choices of parameters, judged by `\(metric)`")
    }
  }

  private mutating func addVersions(_ models: [String]) {
    let counts = Dictionary(models.map { ($0, 1) }, uniquingKeysWith: +)
    guard let (name, count) = counts.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }).first
    else { return }
    score.add(
      .rollback, count > 1 ? 1 : 0.5,
      "model `\(name)` has \(count) version\(count == 1 ? "" : "s") in the registry")
  }

  // MARK: Files

  private mutating func addFiles() {
    let locks = ["uv.lock", "poetry.lock", "Package.resolved", "pdm.lock", "conda-lock.yml"]
    for name in locks where FileSystem.isFile(root.appending(name)) {
      score.add(.dependencies, 0.5, "\(name) pins what is used")
    }
    let pins = root.appending("requirements.txt")
    if let text = kept(Result { try FileSystem.readText(pins, limit: 1 << 20) }) {
      let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") && !$0.hasPrefix("-") }
      if !lines.isEmpty, lines.allSatisfy({ $0.contains("==") }) {
        score.add(.dependencies, 0.5, "requirements.txt pins what is used")
      }
    }
    let bots = [".github/dependabot.yml", "renovate.json", ".github/renovate.json"]
    for name in bots where FileSystem.isFile(root.appending(name)) {
      score.add(.dependencies, 1, "\(name) tells of new versions")
    }
    let code = testFiles()
    let jobs = ciFiles()
    if let first = code.first {
      score.add(.featureCode, 0.5, "\(code.count) files of tests, such as \(first)")
    }
    for (name, text) in jobs {
      if !code.isEmpty,
        ["pytest", "swift test", "unittest", "make test"].contains(where: text.contains)
      {
        score.add(.featureCode, 1, "\(name) runs the tests")
      }
      if text.contains("reprise run") || text.contains("reprise test") {
        score.add(.integration, 1, "\(name) runs `reprise`")
      }
    }
  }

  private func testFiles() -> [String] {
    ["tests", "test", "Tests"].flatMap { folder -> [String] in
      let path = root.appending(folder)
      guard FileSystem.isDirectory(path) else { return [] }
      return ((try? FileSystem.names(in: path)) ?? []).filter { name in
        name.hasPrefix("test_") && name.hasSuffix(".py") || name.hasSuffix("Tests.swift")
      }.sorted().map { "\(folder)/\($0)" }
    }
  }

  private func ciFiles() -> [(name: String, text: String)] {
    let workflows = root.appending(".github/workflows")
    let names =
      ((try? FileSystem.names(in: workflows)) ?? []).sorted().map { ".github/workflows/\($0)" }
      + [".gitlab-ci.yml", "Jenkinsfile", ".circleci/config.yml", "azure-pipelines.yml"]
    return names.compactMap { name in
      (try? FileSystem.readText(root.pushing(FilePath(name)), limit: 1 << 20)).map { (name, $0) }
    }
  }

  /// `tests/score.yml`: where it is written down how people look after what nothing here can find.
  private mutating func addNotes() {
    let name = "tests/score.yml"
    let path = root.pushing(FilePath(name))
    guard FileSystem.isFile(path) else { return }
    do {
      let node = try YAMLNode(parsing: FileSystem.read(path, limit: 1 << 20))
      let known = ScoreItem.allCases.map(\.rawValue)
      for pair in node?.pairs ?? [] {
        let at = SourceLocation(file: name, line: pair.key.mark.line, column: pair.key.mark.column)
        guard let key = pair.key.text, let item = ScoreItem(rawValue: key) else {
          let near = nearestName(to: pair.key.text ?? "", among: known)
          problems.append(
            Failure(
              .invalid, "there is no item `\(pair.key.text ?? "")`",
              hint: near.map { "did you mean `\($0)`?" } ?? known.joined(separator: ", "), at: at))
          continue
        }
        guard let file = pair.value.text, FileSystem.exists(root.pushing(FilePath(file))) else {
          problems.append(
            Failure(
              .notFound, "there is no file `\(pair.value.text ?? "")`",
              hint: "name the file in which it is written down", at: at))
          continue
        }
        score.add(item, 0.5, "\(file), by \(name)")
      }
    } catch let failure as ParseFailure { problems.append(failure.failure(in: name)) } catch {
      problems.append((error as? Failure) ?? Failure(.invalid, "`\(name)` cannot be read"))
    }
  }
}
