import Formats
import Platform
import Support
import SystemPackage
import Testing

/// Real Python: files of pandas, scikit-learn and CPython's own library, as the peers' Python has them.
enum PythonCorpus {
  /// One file of so many, the same each time, of those that the peers' Python takes.
  static func sample(_ every: Int, in folder: TemporaryFolder) throws -> [FilePath] {
    let script = """
      import ast, io, json, os, sysconfig, tokenize

      every = \(every)
      files = []
      for root in sysconfig.get_path("stdlib"), sysconfig.get_path("purelib"):
          names = [""] if root == sysconfig.get_path("stdlib") else ["pandas", "sklearn"]
          for name in names:
              for folder, folders, found in os.walk(os.path.join(root, name)):
                  folders[:] = [f for f in folders if f != "site-packages"]
                  files += [os.path.join(folder, f) for f in found if f.endswith(".py")]
      files.sort(key=lambda path: path.split("/python3", 1)[-1])
      chosen = []
      for path in files[::every]:
          with open(path, "rb") as file:
              source = file.read()
          try:
              encoding, _ = tokenize.detect_encoding(io.BytesIO(source).readline)
              ast.parse(source)
          except (SyntaxError, ValueError):
              continue
          if encoding in ("utf-8", "utf-8-sig"):
              chosen.append(path)
      json.dump(chosen, open("result.json", "w"))
      """
    let paths = try #require(Peer.run(script, in: folder).array)
    return paths.compactMap { $0.string.map { FilePath($0) } }
  }

  /// Gives our answer about every file to a script, and that script's list of differences back.
  ///
  /// - Parameter script: Python source of a function `differ(path, ours)` that returns None when they agree.
  static func differences(
    on files: [FilePath], in folder: TemporaryFolder, script: String,
    ours: (FilePath) throws -> [UInt8]
  ) throws -> [String] {
    for (index, file) in files.enumerated() {
      try FileSystem.write(
        ours(file), to: folder.path.appending("\(index).ours"), durable: false)
    }
    try folder.write(files.map { $0.string + "\n" }.joined(), to: "files")
    let epilogue = """

      import json
      differences = []
      for index, path in enumerate(open("files", encoding="utf-8").read().splitlines()):
          with open(f"{index}.ours", encoding="utf-8") as ours:
              difference = differ(path, ours.read())
          if difference is not None:
              differences.append(f"{path}: {difference}")
      json.dump(differences, open("result.json", "w"))
      """
    return try #require(Peer.run(script + epilogue, in: folder).array).compactMap(\.string)
  }
}
