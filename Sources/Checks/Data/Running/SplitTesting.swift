import Learning
import Platform

/// Tests how the parts of a split belong together. Both are read once, when the first test asks.
final class SplitTesting {
  private let suite: DataSuite
  private let opener: any TableOpener
  private let types: [String: ColumnType]
  private let threads: Int
  private let budget: MemoryBudget
  private lazy var judge: Result<SplitJudge, Failure> = Result { () throws(Failure) in try read() }

  init(
    _ suite: DataSuite, opener: any TableOpener, types: [String: ColumnType], threads: Int,
    _ budget: MemoryBudget
  ) {
    self.budget = budget
    self.suite = suite
    self.opener = opener
    self.types = types
    self.threads = threads
  }

  func outcome(of test: DataTest, _ kind: SplitTest) -> TestOutcome {
    switch judge {
    case .success(let judge): judge.outcome(of: test, kind)
    case .failure(let failure): TestOutcome(test, untested: failure)
    }
  }

  private func read() throws(Failure) -> SplitJudge {
    do {
      let (train, test) = (try stream("train"), try stream("test"))
      let kinds = suite.tests.compactMap { own -> SplitTest? in
        guard case .split(let kind) = own.kind else { return nil }
        let isThere = kind.columns.allSatisfy {
          train.names.contains($0) && test.names.contains($0)
        }
        return isThere ? kind : nil
      }
      let requests = Set(
        kinds.flatMap { $0.requests(train: train.names, test: test.names, types) }
          .map { ScanRequest($0) })
      // A hash of rows is one of numbers or of texts: both are read the same way.
      return SplitJudge(
        train: try TableScanner(train, threads: threads, budget).scan(requests, types: types),
        test: try TableScanner(test, threads: threads, budget).scan(requests, types: types),
        types: types)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.invalid, "the split cannot be read", cause: "\(error)")
    }
  }

  private func stream(_ name: String) throws -> any TableStream {
    guard let part = suite.splits.first(where: { $0.name == name }) else {
      throw Failure(
        .invalid, "`splits` names no `\(name)`",
        hint: "write `\(name): data/\(name).csv` under `splits`",
        at: suite.tests.first?.location)
    }
    return try opener.open(part.table)
  }
}
