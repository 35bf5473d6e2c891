import Formats
import Platform

/// A path that names parameters as `str.format` does: `out_{alpha}.ipynb`, `{pm[run_uuid]}.ipynb`.
package struct PathTemplate: Sendable {
  /// What `pm` stands for in a path; a parameter of that name goes before.
  package struct Run: Sendable {
    package var id: String
    package var local: YAMLDateTime
    package var utc: YAMLDateTime

    package init(id: String, local: YAMLDateTime, utc: YAMLDateTime) {
      (self.id, self.local, self.utc) = (id, local, utc)
    }

    fileprivate var value: YAMLValue {
      .map([
        .init(.string("run_uuid"), .string(id)),
        .init(.string("current_datetime_local"), .dateTime(local)),
        .init(.string("current_datetime_utc"), .dateTime(utc)),
      ])
    }
  }

  private let text: String

  package init(_ text: String) { self.text = text }

  /// The path for these parameters.
  ///
  /// - Throws: ``Failure`` for a name that is not given, and for what Python's `str.format` refuses.
  package func path(for parameters: NotebookParameters, in run: Run) throws -> String {
    do throws(PythonFormatError) {
      return try PythonFormat.text(text) { name in
        parameters[name] ?? (name == "pm" ? run.value : nil)
      }
    } catch {
      guard error.kind == .key else {
        throw Failure(
          .invalid, "the path `\(text)` cannot be filled in: \(error.message)",
          hint: "write `{{` and `}}` for braces that stay")
      }
      let names = parameters.entries.map(\.name) + ["pm"]
      let nearest = nearestName(to: error.message, among: names)
      throw Failure(
        .invalid, "the path `\(text)` names the parameter `\(error.message)`, which is not given",
        hint: nearest.map { "did you mean `\($0)`?" } ?? "give it with `-p \(error.message) VALUE`")
    }
  }
}
