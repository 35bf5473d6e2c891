import Platform
import Records
import Runner
import SystemPackage

/// What a person types for a model: a file, a folder of MLflow's, a registered version, or a run that trained one.
enum ModelReference {
  /// The file or the folder that a model is read from.
  static func path(of text: String, in place: Place) throws -> FilePath {
    if text.hasPrefix("models:/") { return try registered(text, in: place) }
    let path = try FileSystem.absolute(FilePath(text), in: place.folder)
    if FileSystem.isFile(path) || FileSystem.isFile(path.appending("MLmodel")) { return path }
    if FileSystem.isDirectory(path), text.contains("/") || text == "." {
      throw Failure(
        .notFound, "there is no model in `\(text)`", hint: "a folder of MLflow's has a file MLmodel"
      )
    }
    if text.contains("/")
      || [".json", ".ubj", ".txt", ".onnx", ".safetensors"].contains(where: text.hasSuffix)
    {
      throw Failure(.notFound, "there is no model file `\(text)`")
    }
    let records = RecordsFolder.nearest(to: place.folder, variables: place.variables)
    let store = try RecordReader.require(records)
    let run = try store.run(store.resolve(text))
    if let found = model(in: FilePath(run.artifactURI).appending("model")) { return found }
    throw Failure(
      .notFound, "run `\(run.name)` has no model",
      hint: "`reprise runs` lists the runs; one of an entry point with `trainer:` has a model")
  }

  /// `models:/NAME/VERSION`, `models:/NAME@ALIAS`, `models:/m-ID`.
  private static func registered(_ text: String, in place: Place) throws -> FilePath {
    let records = RecordsFolder.nearest(to: place.folder, variables: place.variables)
    let folder = try RegisteredModelPath.folder(of: text, in: RecordReader.require(records))
    if let found = FileSystem.isFile(folder) ? folder : model(in: folder) { return found }
    throw Failure(.notFound, "there is no model of a known kind in `\(folder)`, where `\(text)` is")
  }

  /// The model of a folder. Our own file says more than MLflow's, where both are there.
  private static func model(in folder: FilePath) -> FilePath? {
    let files = ["model.json", "model.txt", "model.onnx"].map(folder.appending)
    return files.first(where: FileSystem.isFile)
      ?? (FileSystem.isFile(folder.appending("MLmodel")) ? folder : nil)
  }
}
