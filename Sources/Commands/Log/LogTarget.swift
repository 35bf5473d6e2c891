import ArgumentParser
import Platform
import Records
import Runner
import SystemPackage

/// The run that `reprise log` writes into.
struct LogTarget: ParsableArguments {
  @Option(help: ArgumentHelp("The run; inside a run, that one by default.", valueName: "run"))
  var run: String?

  @OptionGroup var global: GlobalOptions

  func open() throws -> (store: RecordStore, run: RunID, records: RecordsFolder, place: Place) {
    let place = try Place(global)
    let records = RecordsFolder.nearest(to: place.folder, variables: place.variables)
    guard let name = run ?? place.variables["REPRISE_RUN_ID"] ?? place.variables["MLFLOW_RUN_ID"]
    else {
      throw Failure(
        .usage, "this is not inside a run", hint: "name the run: `--run latest`")
    }
    guard FileSystem.exists(records.path.appending("records.db")) else {
      throw Failure(.notFound, "no runs are recorded in `\(records.path)`")
    }
    let store = try RecordStore(in: records.path)
    return (store, try store.resolve(name), records, place)
  }

  /// `KEY=VALUE` words, or one `KEY VALUE` pair.
  static func pairs(_ words: [String]) throws -> [(key: String, value: String)] {
    if words.count == 2, !words[0].contains("=") { return [(words[0], words[1])] }
    return try words.map { word in
      guard let equals = word.firstIndex(of: "="), equals != word.startIndex else {
        throw Failure(.usage, "`\(word)` is not `KEY=VALUE`", hint: "write `\(word)=VALUE`")
      }
      return (String(word[..<equals]), String(word[word.index(after: equals)...]))
    }
  }
}
