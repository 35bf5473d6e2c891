@testable import Checks
import Formats

/// Long forms as text.
enum LongForms {
  /// A section with one test.
  static func text(_ entries: [YAMLValue.Entry], isSplit: Bool) -> String {
    let list = YAMLValue.list([.map(entries)])
    let parts: [YAMLValue.Entry] = [
      .init(.string("train"), .string("a.csv")), .init(.string("test"), .string("b.csv")),
      .init(.string("check"), list),
    ]
    let section: YAMLValue.Entry =
      isSplit ? .init(.string("splits"), .map(parts)) : .init(.string("table"), list)
    return PythonYAMLWriter.text(.map([section]))
  }
}
