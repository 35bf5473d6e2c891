import Checks
import Formats
import Platform
import Support
import SystemPackage
import Testing

/// Random configurations of pre-commit over random repositories: the real pre-commit and `reprise hooks run` side by side.
///
/// Hooks write down what they are given, what the files hold, and what git tells them. Trees have names of all kinds, links,
/// programs, staged and unstaged changes, and sometimes a merge.
@Suite("Hooks of .pre-commit-config.yaml beside pre-commit") struct PreCommitInterop {
  private static let cases = 200

  /// What one of them did in a case.
  private struct Outcome: Equatable {
    var status: Int
    var said: String
    /// How often each hook was called, and with what; how the files are shared out among the calls may differ.
    var calls: [String]

    /// - Parameter sorts: whether the real one tells names in an order of chance, as in a merge.
    init(status: Int, said: String, log: FilePath, place: String, sorts: Bool) throws {
      self.status = status
      // Without what only pre-commit tells, and how long it took.
      let lines = said.split(separator: "\n", omittingEmptySubsequences: false).filter {
        !$0.hasPrefix("[WARNING]") && !$0.hasPrefix("[INFO]") && !$0.hasPrefix("- duration:")
      }
      self.said = (sorts ? lines.sorted() : lines).joined(separator: "\n")
        .split(separator: place + "/", omittingEmptySubsequences: false).joined()
      calls = []
      guard FileSystem.isDirectory(log) else { return }
      for hook in try FileSystem.names(in: log).sorted() {
        let text = String(decoding: try FileSystem.read(log.appending(hook)), as: UTF8.self)
        let found = text.split(separator: "\u{1}")
        calls.append("\(hook): \(found.count) calls")
        calls += found.flatMap { $0.split(separator: "|") }.map { "\(hook): \($0)" }.sorted()
      }
    }
  }

  /// Runs ours in a case, and says what changed meanwhile.
  private static func ours(
    _ theirs: JSONValue, in place: FilePath
  ) async throws -> (outcome: Outcome, changes: String, error: String) {
    let words = (theirs["words"]?.array ?? []).compactMap(\.string)
    let variables = [
      "HOOK_LOG": place.appending("ours-log").string, "TMPDIR": place.string,
      "SKIP": theirs["skip"]?.string ?? "",
    ]
    let text = """
      state() {
        git rev-parse HEAD; (cat .git/index; find . -path ./.git -prune -o -print | sort) | cksum
        find . -path ./.git -prune -o -type f -print0 | sort -z | xargs -0 cksum
      }
      state > ../before; "$@" < ../input > ../ours-said 2> ../ours-error; code=$?
      state | diff ../before - > ../changes; ls .. | grep reprise- >> ../changes; exit $code
      """
    let run = try await Program.run(
      "/bin/bash", ["-c", text, "sh", Program.path.string, "hooks", "run"] + words,
      in: place.appending("ours"), environment: variables)
    func read(_ name: String) throws -> String {
      String(decoding: try FileSystem.read(place.appending(name)), as: UTF8.self)
    }
    let outcome = try Outcome(
      status: Int(run.status), said: read("ours-said"), log: place.appending("ours-log"),
      place: place.appending("ours").string, sorts: theirs["merged"]?.bool ?? false)
    return (outcome, try read("changes"), try read("ours-error"))
  }

  @Test("the same hooks, files, contents, words and exit statuses; not a byte changed")
  func differential() async throws {
    let folder = try TemporaryFolder()
    try folder.write(PreCommitPeer.logger, to: "log-call", mode: 0o755)
    let answer = try Peer.run("cases = \(Self.cases)\n" + PreCommitPeer.script, in: folder)
    let cases = try #require(answer.array)
    #expect(cases.count == Self.cases)
    var seen: [String: Int] = [:]
    @Sendable func compare(_ number: Int) async throws -> Outcome {
      let place = folder.path.appending("case-\(number)")
      let theirs = cases[number]
      let expected = try Outcome(
        status: Int(theirs["status"]?.int ?? -1), said: theirs["said"]?.string ?? "",
        log: place.appending("theirs-log"), place: place.appending("theirs").string,
        sorts: theirs["merged"]?.bool ?? false)
      let ours = try await Self.ours(theirs, in: place)
      #expect(ours.changes == "", "case \(number) changed or left something")
      let config = try folder.read("case-\(number)/ours/.pre-commit-config.yaml")
      #expect(ours.outcome == expected, "case \(number): \(ours.error)\n\(config)")
      return expected
    }
    let outcomes = try await withThrowingTaskGroup(of: [Outcome].self) { group in
      for worker in 0..<2 {
        group.addTask {
          var outcomes: [Outcome] = []
          for number in stride(from: worker, to: cases.count, by: 2) {
            outcomes.append(try await compare(number))
          }
          return outcomes
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    // Quicker than file by file.
    try await Program.shell("rm -rf case-* home", in: folder.path)
    for expected in outcomes {
      for word in ["Passed", "Failed", "Skipped", "files were modified", "(no files"] {
        seen[word, default: 0] += expected.said.split(separator: word).count - 1
      }
      seen["calls", default: 0] += expected.calls.count { $0.hasSuffix("calls") }
    }
    for (word, least) in [
      "Passed": 100, "Failed": 100, "Skipped": 100, "files were modified": 12, "(no files": 60,
      "calls": 120,
    ] { #expect(seen[word, default: 0] >= least, "the cases say `\(word)` too seldom") }
  }

  @Test("commands are taken apart as Python's shlex does") func words() throws {
    var random = SeededRandom(seed: 7)
    let parts = [
      "a", "b c", " ", "'", "\"", "\\", "\t", "\n", "\r", "$x", "#", "한글", "''", "\u{A0}", "*",
      "\u{B}",
    ]
    let texts = (0..<4000).map { _ in
      (0..<Int(random.next() % 9)).map { _ in random.pick(parts) }.joined()
    }
    let answers = try Peer.ask(
      "import shlex\ndef answer(case):\n    return shlex.split(case)\n",
      about: texts.map { .string($0) })
    for (text, answer) in zip(texts, answers) {
      let expected = answer.array?.compactMap(\.string)
      #expect((try? ShellSplitting.words(text)) == expected, "\(text.debugDescription)")
    }
  }

  @Test("files have the tags that identify gives them") func tags() throws {
    let folder = try TemporaryFolder()
    let result = try Peer.run(Self.tagScript, in: folder)
    let cases = try #require(result.array)
    #expect(cases.count > 1500)
    for answer in cases {
      let name = try #require(answer["name"]?.string)
      let path = folder.path.appending("files").pushing(FilePath(name))
      let isProgram = try FileSystem.status(path)?.isExecutable ?? false
      let tags = try FileTags.tags(name, isProgram ? .program : .file) {
        try FileSystem.read(path)
      }
      #expect(tags.sorted() == answer["tags"]?.array?.compactMap(\.string), "\(name)")
    }
  }

  private static let tagScript = #"""
    import json, os, random
    from identify import extensions, identify, interpreters
    r = random.Random(5)
    top = folder + "/files"
    os.makedirs(top)
    names = []
    for ending in [*extensions.EXTENSIONS, *extensions.EXTENSIONS_NEED_BINARY_CHECK]:
        names += [f"x.{ending}", f"x.{ending.upper()}", f".{ending}", f"a.b.{ending}"]
    for name in extensions.NAMES:
        names += [name, f"{name}.x", f"x.{name}", f".{name}", name.lower()]
    heads = [b"", b"#!/bin/sh\n", b"#!/usr/bin/env nix-shell\n#! nix-shell -i python3 -p x\n", b"#!\n", b"#!/usr/bin/env\n", b"#! 'a b\n",
             b"#!/usr/bin/env -S python3 -u\n", b"#!/opt/x y/python\n", b"#!/usr/bin/env nix-shell -i bash\n", "#!/bin/한글\n".encode()]
    heads += [f"#!/usr/bin/env {p}\n".encode() for p in interpreters.INTERPRETERS]
    heads += [f"#!/usr/bin/{p}.4.2\n".encode() for p in interpreters.INTERPRETERS]
    bodies = [b"", b"text\n", b"\0", b"\x7f", b"\x1b[0m", b"\xff\xfe", b"a" * 1023 + b"\0", b"a" * 1024 + b"\0", b"\x01", "한".encode()]
    names += [f"plain{n}" for n in range(len(heads) * 6)]
    result, known = [], set()
    for n, name in enumerate(names):
        if name in known or name in (".", ".."):
            continue
        known.add(name)
        with open(f"{top}/{name}", "wb") as f:
            f.write(heads[n % len(heads)] + r.choice(bodies))
        if r.random() < .6:
            os.chmod(f"{top}/{name}", 0o755)
        result.append(dict(name=name, tags=sorted(identify.tags_from_path(f"{top}/{name}"))))
    with open(folder + "/result.json", "w") as f:
        json.dump(result, f)
    """#
}
