import Formats
import Platform
import SystemPackage

extension ModelSuite {
  /// Reads a suite of `tests/model`.
  ///
  /// - Parameter name: how messages and reports call the file.
  /// - Throws: ``Failure``: it cannot be read, or is no suite; all that is wrong with it is told at once, each thing with its
  ///   line and column.
  package init(reading path: FilePath, shownAs name: String) throws {
    try self.init(parsing: FileSystem.read(path, limit: DataSuite.limits.bytes), file: name)
  }

  /// Reads the text of a suite.
  ///
  /// - Throws: ``Failure``, as ``init(reading:shownAs:)``.
  package init(parsing bytes: [UInt8], file: String) throws(Failure) {
    let root: YAMLNode?
    do throws(ParseFailure) {
      root = try YAMLNode(parsing: bytes, limits: DataSuite.limits)
    } catch {
      throw error.failure(in: file)
    }
    guard let root, !root.isNothing else {
      throw Failure(
        .invalid, "a suite without content", hint: "it begins with `model: run:latest/model`",
        at: SourceLocation(file: file, line: 1, column: 1))
    }
    var reader = ModelSuiteReader(SuiteSource(bytes, file: file))
    var suite: ModelSuite?
    do throws(SuiteProblem) { suite = try reader.suite(root) } catch { reader.base.note(error) }
    guard let suite, reader.base.problems.isEmpty else { throw reader.base.failure }
    self = suite
  }
}
