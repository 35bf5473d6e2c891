import Compute
import Formats
import Platform

extension TrainingJob {
  /// A parameter's text; nil when it is absent or empty.
  package func text(_ name: String) -> String? {
    values[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The libraries' names for how many threads to work with.
  package static let threadNames = [
    "nthread", "n_jobs", "num_threads", "num_thread", "nthreads",
  ]

  /// The job with the threads that its values ask for, under a library's name; 0 and less are all processors, as they are
  /// to the libraries. Results do not depend on it.
  package func withThreads() throws -> TrainingJob {
    guard let name = Self.threadNames.first(where: { text($0) != nil }) else { return self }
    let count = try int(name, default: 0, in: -1...4096)
    var job = self
    job.threads = count > 0 ? min(count, 256) : WorkerPool.processorCount
    return job
  }

  /// The column to predict.
  ///
  /// - Throws: ``Failure`` with code `.usage` when none is named.
  package var target: String {
    get throws {
      if let target = text("target") { return target }
      throw Failure(
        .usage, "no target to predict",
        hint: "name a column: `target` under `parameters`, or `-P target=COLUMN`")
    }
  }

  /// A whole number within limits.
  package func int(_ name: String, default value: Int, in range: ClosedRange<Int>) throws -> Int {
    guard let text = text(name) else { return value }
    guard let number = Int(text), range.contains(number) else {
      throw Failure(
        .invalid,
        "`\(name)` must be a whole number from \(range.lowerBound) to \(range.upperBound), not `\(text)`"
      )
    }
    return number
  }

  /// A finite number within limits.
  package func double(
    _ name: String, default value: Double, in range: ClosedRange<Double>
  ) throws -> Double {
    guard let text = text(name) else { return value }
    guard let number = Double(text), range.contains(number) else {
      let limits =
        range.upperBound < .greatestFiniteMagnitude
        ? "from \(range.lowerBound) to \(range.upperBound)" : "of at least \(range.lowerBound)"
      throw Failure(.invalid, "`\(name)` must be a number \(limits), not `\(text)`")
    }
    return number
  }

  /// One of some words.
  package func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ name: String, default value: Choice
  ) throws -> Choice {
    guard let text = text(name) else { return value }
    if let choice = Choice(rawValue: text) { return choice }
    let words = Choice.allCases.map(\.rawValue)
    let list = "choose one of: \(words.joined(separator: ", "))"
    throw Failure(
      .invalid, "`\(name)` cannot be `\(text)`",
      hint: nearestName(to: text, among: words).map { "did you mean `\($0)`? \(list)" } ?? list)
  }

  /// Names between commas: `sex, island`. A name that holds a comma stands in double quotes, as in
  /// CSV.
  package func list(_ name: String) throws -> [String] {
    guard let text = text(name) else { return [] }
    do {
      var reader = try CSVReader(Array(text.utf8))
      let names = try reader.next() ?? []
      guard try reader.next() == nil else {
        throw Failure(.invalid, "`\(name)` must be one line of names between commas")
      }
      return names.map(Self.trimmed).filter { !$0.isEmpty }
    } catch let problem as ParseFailure {
      throw Failure(.invalid, "`\(name)` is no list of names between commas: \(problem.message)")
    }
  }

  private static func trimmed(_ text: String) -> String {
    let start = text.drop { $0 == " " }
    let end = start.lastIndex { $0 != " " }
    return end.map { String(start[...$0]) } ?? ""
  }
}

extension TrainingJob {
  /// `true` or `false`, in any case, as Python writes them too.
  package func truth(_ name: String, default value: Bool) throws -> Bool {
    guard let text = text(name) else { return value }
    switch text.lowercased() {
    case "true", "yes", "1": return true
    case "false", "no", "0": return false
    default: throw Failure(.invalid, "`\(name)` must be true or false, not `\(text)`")
    }
  }
}
