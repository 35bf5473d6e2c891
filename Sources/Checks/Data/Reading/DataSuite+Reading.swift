import Formats
import Platform
import SystemPackage

extension DataSuite {
  /// Reads a suite of `tests/data`.
  ///
  /// - Parameter name: how messages and reports call the file.
  /// - Throws: ``Failure``: it cannot be read, or is no suite; all that is wrong with it is told at once, each thing with its
  ///   line and column.
  package init(reading path: FilePath, shownAs name: String) throws {
    try self.init(parsing: FileSystem.read(path, limit: Self.limits.bytes), file: name)
  }

  /// Reads the text of a suite.
  ///
  /// - Parameter file: how messages and reports call it.
  /// - Throws: ``Failure``, as ``init(reading:shownAs:)``.
  package init(parsing bytes: [UInt8], file: String) throws(Failure) {
    let root: YAMLNode?
    do throws(ParseFailure) {
      root = try YAMLNode(parsing: bytes, limits: Self.limits)
    } catch {
      throw Self.explained(error, bytes).failure(in: file)
    }
    guard let root, !root.isNothing else {
      throw Failure(
        .invalid, "a suite without content", hint: "it begins with `data: data/train.csv`",
        at: SourceLocation(file: file, line: 1, column: 1))
    }
    var reader = SuiteReader(SuiteSource(bytes, file: file))
    var suite: DataSuite?
    do throws(SuiteProblem) { suite = try reader.suite(root) } catch { reader.note(error) }
    guard let suite, reader.problems.isEmpty else { throw reader.failure }
    self = suite
  }

  /// More than any suite needs, and so little that a hostile one costs nothing.
  package static let limits = YAMLLimits(bytes: 4 << 20, depth: 64, nodes: 400_000)

  /// YAML's own complaint, with what people run into when they write tests.
  private static func explained(_ failure: ParseFailure, _ bytes: [UInt8]) -> ParseFailure {
    guard failure.hint == nil, let line = failure.line else { return failure }
    var failure = failure
    let lines = String(decoding: bytes, as: UTF8.self).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    guard lines.indices.contains(line - 1) else { return failure }
    let text = lines[line - 1]
    let value = text.firstIndex(of: ":").map { text[text.index(after: $0)...] } ?? text[...]
    let start = value.drop { $0 == " " || $0 == "-" }
    if start.hasPrefix(">") || start.hasPrefix("|") {
      failure.hint = "put the value in quotes, as it begins with `>`: `'>= 0'`"
    } else if start.hasPrefix("'") || start.hasPrefix("\"") {
      failure.hint =
        "put the whole value in quotes: what begins with a quote ends with the next one"
    } else if failure.message.contains("mapping values") {
      failure.hint = "put the value in quotes, as a colon and a blank stand in it"
    }
    return failure
  }
}

extension SuiteReader {
  /// How many problems are told one by one.
  private static let mostProblems = 50

  /// All problems in one failure, in the order of the file.
  var failure: Failure {
    let sorted = problems.enumerated().sorted {
      ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset)
    }.map(\.element)
    let failures = sorted.map { $0.failure(in: source) }
    guard failures.count != 1, let first = failures.first else {
      return failures.first ?? Failure(.bug, "a suite without a problem is refused")
    }
    let count = failures.count
    let shown =
      count > Self.mostProblems ? ", of which the first \(Self.mostProblems) are told" : ""
    return Failure(
      first.code, "\(count) problems in \(source.file)\(shown)",
      details: Array(failures.prefix(Self.mostProblems)))
  }
}
