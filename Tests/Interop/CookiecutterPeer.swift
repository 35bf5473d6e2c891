import Formats
import Glibc
import Platform
import Support
import SystemPackage
import Testing

/// Runs cases with the real cookiecutter and with ours, in the same folders one after the other, and says what differs.
struct CookiecutterPeer {
  struct Seen {
    var status: Int64
    var output: String
    var error: String
  }

  /// Runs all calls of all cases with cookiecutter; what the cases hold afterwards lies in `peer`.
  static func runPeer(_ folders: [FilePath]) throws {
    let folder = try TemporaryFolder()
    try folder.write(folders.map { $0.string + "\n" }.joined(), to: "folders")
    _ = try Peer.run(script, in: folder)
  }

  /// Runs the calls of a case with ours.
  static func runOurs(_ folder: FilePath) async throws -> [Seen] {
    let plan = try JSONValue(parsing: FileSystem.read(folder.appending("case.json")))
    var seen: [Seen] = []
    for (index, call) in (plan["calls"]?.array ?? []).enumerated() {
      let words = (call["arguments"]?.array ?? []).compactMap(\.string)
      let input = folder.appending("input\(index)")
      try FileSystem.write(call["input"]?.string ?? "", to: input, durable: false)
      var environment = ["HOME": folder.appending("home").string, "COLUMNS": "80"]
      for member in plan["environment"]?.members ?? [] {
        environment[member.key] = member.value.string
      }
      // The hooks' Python is the peer's.
      environment["PATH"] =
        (try Peer.python.removingLastComponent().string) + ":/usr/local/bin:/usr/bin:/bin"
      let line = "exec \"$0\" new \"$@\" < '\(input)'"
      let result = try await Program.run(
        "/bin/sh", ["-c", line, Program.path.string] + words, in: folder.appending("work"),
        environment: environment)
      seen.append(Seen(status: Int64(result.status), output: result.output, error: result.error))
    }
    return seen
  }

  /// What the peer did in a case.
  static func peerSeen(_ folder: FilePath) throws -> [Seen] {
    let json = try JSONValue(parsing: FileSystem.read(folder.appending("peer.json")))
    return (json.array ?? []).map {
      Seen(
        status: $0["status"]?.int ?? -1, output: $0["output"]?.string ?? "",
        error: $0["error"]?.string ?? "")
    }
  }

  /// The files below a folder: kind, mode and digest by path. What is ours alone is left out.
  static func tree(_ folder: FilePath) throws -> [String: String] {
    var tree: [String: String] = [:]
    func visit(_ path: FilePath, _ name: String) throws {
      guard let status = try FileSystem.linkStatus(path) else { return }
      switch status.kind {
      case .directory:
        if !name.isEmpty { tree[name] = "folder" }
        for below in try FileSystem.names(in: path) where below != ".reprise" && below != ".cache" {
          try visit(path.appending(below), name.isEmpty ? below : name + "/" + below)
        }
      case .link: tree[name] = "link \(try FileSystem.linkTarget(path))"
      case .file:
        let bytes = try FileSystem.read(path)
        tree[name] =
          "file \(String(status.mode, radix: 8)) "
          + withoutRandomNames(String(decoding: bytes, as: UTF8.self)).debugDescription
      case .other: tree[name] = "other"
      }
    }
    try visit(folder, "")
    return tree
  }

  /// Temporary folders and scripts have names of their own in every run.
  static func withoutRandomNames(_ text: String) -> String {
    text.replacing(#/\/tmp\/cookiecutter\w+/#, with: "/tmp/copy")
      .replacing(#/\/tmp\/(tmp\w+|reprise-hook-\w+\/hook)/#, with: "/tmp/hook")
  }

  /// The lines of a message without what the peer's log and traces say beside it.
  ///
  /// - Parameter withoutContext: whether the context is left out, which templates change in the peer's memory.
  static func words(_ text: String, withoutContext: Bool = false) -> [String] {
    var text = withoutRandomNames(text)
    if withoutContext, let start = text.firstRange(of: "\nContext: ") {
      text = String(text[..<start.lowerBound])
    }
    var result: [String] = []
    var isTrace = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("Traceback ") {
        isTrace = true
      } else if isTrace,
        line.hasPrefix(" ") || line.isEmpty || line.contains("Error: ")
          || line.hasPrefix("During handling") || line.hasPrefix("The above")
          || line.hasPrefix("cookiecutter.exceptions.") || line.hasPrefix("jinja2.exceptions.")
      {
        continue
      } else {
        isTrace = false
        result.append(String(line))
      }
    }
    while result.last == "" { result.removeLast() }
    return result
  }

  private static let script = #"""
    import json, os, shutil, sys
    import cookiecutter.cli, cookiecutter.main, jinja2.ext, yaml

    def run(case, call, environment, index):
        out = open(os.path.join(case, "out"), "wb+")
        err = open(os.path.join(case, "err"), "wb+")
        with open(os.path.join(case, "in"), "w", encoding="utf-8", newline="") as f:
            f.write(call["input"])
        pid = os.fork()
        if pid == 0:
            os.chdir(os.path.join(case, "work"))
            home = os.path.join(case, "home")
            os.environ.update({"HOME": home, "COLUMNS": "80", **environment})
            import cookiecutter.config as config
            config.USER_CONFIG_PATH = os.path.expanduser("~/.cookiecutterrc")
            config.DEFAULT_CONFIG["cookiecutters_dir"] = os.path.expanduser("~/.cookiecutters/")
            config.DEFAULT_CONFIG["replay_dir"] = os.path.expanduser("~/.cookiecutter_replay/")
            os.dup2(os.open(os.path.join(case, "in"), os.O_RDONLY), 0)
            os.dup2(out.fileno(), 1)
            os.dup2(err.fileno(), 2)
            sys.stdin = open(0, encoding="utf-8")
            sys.stdout = open(1, "w", encoding="utf-8")
            sys.stderr = open(2, "w", encoding="utf-8")
            sys.argv = ["cookiecutter"] + call["arguments"]
            status = 1
            try:
                cookiecutter.cli.main(prog_name="cookiecutter")
                status = 0
            except SystemExit as end:
                status = end.code if isinstance(end.code, int) else 0
            except BaseException:
                import traceback
                traceback.print_exc()
            try:
                sys.stdout.flush()
                sys.stderr.flush()
            finally:
                os._exit(status & 255)
        _, status = os.waitpid(pid, 0)
        out.seek(0)
        err.seek(0)
        return {"status": os.waitstatus_to_exitcode(status),
                "output": out.read().decode("utf-8", "replace"),
                "error": err.read().decode("utf-8", "replace")}

    for line in open(os.path.join(folder, "folders"), encoding="utf-8"):
        case = line.rstrip("\n")
        plan = json.load(open(os.path.join(case, "case.json"), encoding="utf-8"))
        for name in ("work", "home"):
            shutil.copytree(os.path.join(case, name), os.path.join(case, name + "-before"))
        seen = [run(case, call, plan["environment"], i) for i, call in enumerate(plan["calls"])]
        json.dump(seen, open(os.path.join(case, "peer.json"), "w"))
        for name in ("work", "home"):
            os.rename(os.path.join(case, name), os.path.join(case, "peer-" + name))
            os.rename(os.path.join(case, name + "-before"), os.path.join(case, name))
    json.dump(True, open(os.path.join(folder, "result.json"), "w"))
    """#
}
