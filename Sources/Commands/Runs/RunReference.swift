import Formats
import Platform
import Records
import Runner

/// Runs by what a person calls them: ids, prefixes, names, `latest` or `latest~N`.
enum RunReference {
  /// Opens the records for writing and finds every run, or fails.
  static func open(_ texts: [String], in records: RecordsFolder) throws -> (RecordStore, [Run]) {
    _ = try RecordReader.require(records)
    let store = try RecordStore(in: records.path)
    return (store, try texts.map { try store.run(store.resolve($0)) })
  }
}

extension Console {
  /// Says what was done to some runs: their ids as JSON, else a line for each.
  func show(_ runs: [Run], verb: String, orElse nothing: String = "") {
    show(.array(runs.map { .string($0.id.hex) })) {
      if runs.isEmpty { return nothing }
      return runs.map { "\(verb) \($0.id.hex.prefix(8)) \(singleLine($0.name))" }
        .joined(separator: "\n")
    }
  }
}
