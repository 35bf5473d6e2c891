import Platform
import Records
import Runner
import SystemPackage

/// What a person types for a model: a file, a folder of MLflow's, or a run that trained one.
enum ModelReference {
  /// The file or the folder that a model is read from.
  static func path(of text: String, in place: Place) throws -> FilePath {
    let path = try FileSystem.absolute(FilePath(text), in: place.folder)
    if FileSystem.isFile(path) || FileSystem.isFile(path.appending("MLmodel")) { return path }
    if FileSystem.isDirectory(path), text.contains("/") || text == "." {
      throw Failure(
        .notFound, "there is no model in `\(text)`", hint: "a folder of MLflow's has a file MLmodel"
      )
    }
    if text.contains("/") || [".json", ".ubj", ".txt", ".onnx"].contains(where: text.hasSuffix) {
      throw Failure(.notFound, "there is no model file `\(text)`")
    }
    let records = RecordsFolder.nearest(to: place.folder, variables: place.variables)
    let store = try RecordReader.require(records)
    let run = try store.run(store.resolve(text))
    let folder = FilePath(run.artifactURI).appending("model")
    // Our own file says more than the folder's, where both are there.
    let files = ["model.json", "model.txt", "model.onnx"].map(folder.appending)
    if let file = files.first(where: FileSystem.isFile) { return file }
    if FileSystem.isFile(folder.appending("MLmodel")) { return folder }
    throw Failure(
      .notFound, "run `\(run.name)` has no model",
      hint: "`reprise runs` lists the runs; one of an entry point with `trainer:` has a model")
  }
}
