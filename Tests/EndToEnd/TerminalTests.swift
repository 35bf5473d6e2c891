import Formats
import Platform
import Support
import SystemPackage
import Testing

/// Questions at a real terminal: a pseudo-terminal whose keys a script presses.
@Suite("Questions at a terminal") struct TerminalTests {
  /// Waits for a text on the screen, then presses keys; again for every step. Prints what was shown and the exit status.
  private static let script = #"""
    import json, os, pty, select, sys, time
    steps = json.loads(sys.argv[1])
    child, screen = pty.fork()
    if child == 0:
        os.environ["TERM"] = "xterm"
        os.execv(sys.argv[2], sys.argv[2:])
    shown, mark, end = "", 0, time.time() + 60
    while time.time() < end:
        if select.select([screen], [], [], 0.1)[0]:
            try:
                data = os.read(screen, 65536)
            except OSError:
                break
            if not data:
                break
            shown += data.decode("utf-8", "replace")
        if steps and steps[0][0] in shown[mark:]:
            mark = len(shown)
            os.write(screen, steps.pop(0)[1].encode())
    else:
        os.kill(child, 9)
    print(json.dumps({"shown": shown, "left": steps, "status": os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}))
    """#

  private func type(
    _ steps: [(String, String)], at words: [String], in folder: TemporaryFolder
  ) async throws -> JSONValue {
    let keys = JSONValue.array(steps.map { .array([.string($0.0), .string($0.1)]) }).text()
    let result = try await Program.run(
      "/usr/bin/python3", ["-c", Self.script, keys, Program.path.string] + words, in: folder.path)
    try #require(result.status == 0, "\(result.error)")
    return try JSONValue(parsing: result.output)
  }

  private func template() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(
      #"""
      {"slug": "p", "cloud": ["none", "aws", "azure"], "parts": ["tests", "docs", "ci"], "key": "", "docs": true,
       "__types__": {"key": "secret", "parts": "multiselect"}, "__help__": {"cloud": "where it is served"},
       "__validators__": {"slug": {"regex": "[a-z가-힣]+", "message": "lower case"}}}
      """#, to: "t/cookiecutter.json")
    try folder.write(
      "{{ cookiecutter.cloud }} {{ cookiecutter.parts }} {{ cookiecutter.key }} {{ cookiecutter.docs }}",
      to: "t/{{cookiecutter.slug}}/a.txt")
    return folder
  }

  @Test("arrows, search, marks, corrections and secrets") func answers() async throws {
    let folder = try template()
    let up = "\u{1B}[A"
    let down = "\u{1B}[B"
    let left = "\u{1B}[D"
    let said = try await type(
      [
        // A bad answer is told while it is typed, and corrected.
        ("slug", "A"), ("lower case", "\u{7F}와인x"), ("와인x", left + "\u{1B}[3~\r"),
        ("where it is served", "az\r"),
        ("parts", " " + down + down + up + down + " \r"),
        ("key", "s3cret\r"), ("docs", "n\r"),
      ], at: ["new", "t"], in: folder)
    #expect(said["status"]?.int == 0, "\(said)")
    #expect(said["left"]?.array?.isEmpty == true, "\(said)")
    #expect(try folder.read("와인/a.txt") == "azure ['ci'] s3cret False")
    #expect(said["shown"]?.string?.contains("s3cret") == false)
    // Nor is it kept.
    let kept = try await Program.shell(
      "grep -rl s3cret . --exclude-dir=t || true; ls .cookiecutter_replay", in: folder.path)
    #expect(kept == "./와인/a.txt\nt.json\n")
    #expect(try folder.read("와인/.reprise/scaffold.json").contains("azure"))
  }

  @Test(
    "Ctrl-C and Ctrl-D at a question make nothing",
    arguments: [("\u{3}", Int64(130)), ("\u{4}", 1)])
  func ends(key: String, status: Int64) async throws {
    let folder = try template()
    let said = try await type([("slug", key)], at: ["new", "t"], in: folder)
    #expect(said["status"]?.int == status, "\(said)")
    #expect(try FileSystem.names(in: folder.path).filter { !$0.hasPrefix(".") } == ["t"])
  }
}
