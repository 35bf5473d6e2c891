import Platform
import Records
import Runner

/// An experiment by its name, or else by its id.
enum ExperimentReference {
  /// Opens the records for writing, changes an experiment, and says what was done.
  ///
  /// - Parameter change: gives the words for a person.
  static func change(
    _ text: String, in records: RecordsFolder, console: Console,
    _ change: (RecordStore, Experiment) throws -> String
  ) throws {
    let (store, found) = try open(text, in: records)
    let words = try change(store, found)
    let json = try store.experiment(id: found.id).json
    console.show(json) { words }
  }

  private static func open(_ text: String, in records: RecordsFolder) throws -> (
    RecordStore, Experiment
  ) {
    _ = try RecordReader.require(records)
    let store = try RecordStore(in: records.path)
    let all = try store.experiments(view: .all)
    if let found = all.first(where: { $0.name == text }) ?? all.first(where: { "\($0.id)" == text })
    {
      return (store, found)
    }
    throw Failure(
      .notFound, "there is no experiment `\(text)`",
      hint: nearestName(to: text, among: all.map(\.name)).map { "did you mean `\($0)`?" }
        ?? "there are: \(all.map(\.name).joined(separator: ", "))")
  }
}
