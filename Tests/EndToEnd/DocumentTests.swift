import Formats
import Platform
import Support
import SystemPackage
import Testing

@Suite("The document of a run") struct DocumentTests {
  private func run(_ folder: borrowing TemporaryFolder, _ words: String...) async throws -> (
    status: Int32, document: FilePath
  ) {
    let result = try await Program.run(["run", "."] + words, in: folder.path)
    let shown = try await Program.run(["runs", "show", "latest", "--json"], in: folder.path)
    let uri = try #require(try JSONValue(parsing: shown.output)["artifact_uri"]?.string)
    return (result.status, FilePath(uri).appending("document"))
  }

  /// What each code cell put out: `number: stream text|…`.
  private func story(_ document: FilePath) throws -> [String] {
    let notebook = try JSONValue(parsing: FileSystem.readText(document.appending("out.ipynb")))
    let text = { (value: JSONValue?) in
      value?.string ?? (value?.array ?? []).compactMap(\.string).joined()
    }
    return (notebook["cells"]?.array ?? []).filter { $0["cell_type"]?.string == "code" }.map {
      cell in
      let outputs = (cell["outputs"]?.array ?? []).map { output -> String in
        switch output["output_type"]?.string {
        case "stream": "\(output["name"]?.string ?? "") \(text(output["text"]))"
        case "error": "error \(output["evalue"]?.string ?? "")"
        default: "shown \(text(output["data"]?["text/plain"]))"
        }
      }
      let count = cell["execution_count"]?.int.map(String.init) ?? "-"
      return "\(count): " + outputs.joined(separator: "|")
    }
  }

  @Test("outputs stand below the cell that put them out, in their order, and the source as it was")
  func cells() async throws {
    let folder = try TemporaryFolder()
    let script = """
      import reprise, sys
      # %% [markdown]
      # # About
      # %% One
      for i in range(3):
          print("one", i)
          reprise.display({"text/plain": "picture %d" % i})
      # %% Two
      print("two", flush=True)
      print("oops", file=sys.stderr)
      # %% Never
      sys.exit(3)
      # %%
      print("not reached")

      """
    try folder.write(script, to: "train.py")
    try folder.write("entry_points: {main: {command: \"python3 train.py\"}}\n", to: "MLproject")
    for _ in 0..<3 {
      let (status, document) = try await run(folder)
      #expect(status == 3)
      var told = try story(document)
      // Which of two pipes was written first is not to be told when both are read at once.
      let both = told.remove(at: 2)
      #expect(["3: stdout two\n|stderr oops\n", "3: stderr oops\n|stdout two\n"].contains(both))
      #expect(
        told == [
          "1: ",
          "2: stdout one 0\n|shown picture 0|stdout one 1\n|shown picture 1|stdout one 2\n|shown picture 2",
          "4: error exit status 3", "-: ",
        ])
      #expect(try FileSystem.readText(document.appending("source/train.py")) == script)
      let page = try FileSystem.readText(document.appending("report.html"))
      #expect(page.contains("picture 2") && page.contains("not reached"))
      let record = try JSONValue(parsing: FileSystem.readText(document.appending("run.json")))
      #expect(record["status"]?.string == "FAILED")
    }
  }

  @Test("commands, and runs that are killed, have one too; what was there before the kill is in it")
  func others() async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      entry_points:
        say: {command: "echo hello; echo no >&2"}
        hang: {command: "echo begun; for i in $(seq 600); do cat .reprise/artifacts/0/*/artifacts/logs/*.txt | grep -q begun$ && break; sleep 0.1; done; kill -9 $PPID; sleep 60"}
      """, to: "MLproject")
    let (status, document) = try await run(folder, "-e", "say")
    #expect(status == 0)
    #expect(Set(try story(document)[0].split(separator: "|").map(String.init)).count == 2)
    let killed = try await Program.run(["run", ".", "-e", "hang"], in: folder.path)
    #expect(killed.status == 137)
    // Whoever looks at the record next finishes the document.
    let shown = try await Program.run(["runs", "show", "latest", "--json"], in: folder.path)
    let uri = try #require(try JSONValue(parsing: shown.output)["artifact_uri"]?.string)
    let left = FilePath(uri).appending("document")
    #expect(try story(left) == ["1: stdout begun\n|error KILLED"])
    #expect(try FileSystem.readText(left.appending("report.html")).contains("begun"))
    let events = try FileSystem.readText(left.appending("events.jsonl"))
    #expect(events.hasSuffix("\"status\":\"KILLED\"}\n"))
    let report = try await Program.run(["runs", "report", "-o", "r.ipynb"], in: folder.path)
    #expect(report.status == 0, "\(report.error)")
    #expect(try folder.read("r.ipynb").contains("begun"))
    #expect(try folder.read("r.ipynb").contains("KILLED"))
  }

  /// Python's own behaviour is the oracle: a script with marks must not see that somebody watches its cells.
  @Test(
    "a script with cells runs as without",
    arguments: [
      "print(__name__, __file__, __spec__, __package__, __cached__, type(__loader__).__name__, __doc__, __builtins__)",
      "import sys\n# %%\nprint(sys.argv, sys.path[0], sys.modules['__main__'].__file__)",
      "\"\"\"Words.\"\"\"\nfrom __future__ import annotations\n# %%\ndef f(a: X): pass\nprint(__doc__, f.__annotations__)",
      "# %%\ndef f():\n    raise ValueError('x')\n# %%\nf()",
      "# %%\nimport sys\n# %%\nsys.exit(7)", "# %%\nraise SystemExit('words')",
      "# %%\nx = (1 +\n# %%\n2)\nprint(x)", "print(1\n# %%\n",
      "# %%\n@staticmethod\ndef f(): pass\nprint(type(f))",
      "# %%\nimport inspect\ndef f():\n    return 1\n# %%\nprint(inspect.getsource(f), inspect.getsourcelines(f)[1])",
      "# %%\nimport pickle\nclass A: pass\n# %%\nprint(type(pickle.loads(pickle.dumps(A()))).__module__)",
      "import multiprocessing as m\n# %%\ndef f(x):\n    return x * x\n# %%\nif __name__ == '__main__':\n    m.set_start_method('spawn')\n    with m.Pool(2) as p:\n        print(p.map(f, [1, 2, 3]))",
      "import os, sys\n# %%\nprint('before', flush=True)\nif os.fork() == 0:\n    print('child', flush=True)\n    os._exit(0)\nos.wait()\n# %%\nprint('after')",
      "import subprocess, sys\n# %%\nif len(sys.argv) == 1:\n    print(subprocess.run([sys.executable, __file__, 'again'], capture_output=True, text=True).stdout)\nelse:\n    print('inner', __name__)",
      "import atexit, threading\n# %%\natexit.register(print, 'end')\nt = threading.Thread(target=print, args=('thread',))\nt.start(); t.join()\n# %%\nprint('last')",
      "import helper\n# %%\nprint(helper.value, helper.__file__)",
      "# -*- coding: latin-1 -*-\n# %%\nprint('caf\\u00e9', ascii('\u{E9}'))",
      "# %%\nimport warnings\nwarnings.warn('careful')\n# %%\nassert False, 'no'",
      "import runpy\n# %%\nprint(sorted(k for k in globals() if not k.startswith('__')))",
      "# %%\nimport sys\nsys.excepthook = lambda *a: print('mine', a[0].__name__)\n# %%\n1/0",
    ])
  func asWithout(script: String) async throws {
    let folder = try TemporaryFolder()
    try folder.write("value = 5\n", to: "helper.py")
    var bytes = Array((script + "\n# %%\n").utf8)
    if script.contains("latin-1") {
      bytes = bytes.filter { $0 != 0xC3 }.map { $0 == 0xA9 ? 0xE9 : $0 }
    }
    try FileSystem.write(bytes, to: folder.path.appending("s.py"), durable: false)
    try folder.write("entry_points: {main: {command: \"python3 s.py\"}}\n", to: "MLproject")
    let plain = try await Program.run(
      "/bin/bash", ["-c", "python3 s.py"], in: folder.path,
      environment: ["PYTHONHASHSEED": "0", "PYTHONUNBUFFERED": "1"])
    let ours = try await Program.run(
      ["run", "."], in: folder.path, environment: ["PYTHONHASHSEED": "0"])
    #expect(ours.output == plain.output)
    #expect(ours.status == plain.status)
    // Below what the program wrote stands a line of ours.
    #expect(ours.error.hasPrefix(plain.error))
  }
}
