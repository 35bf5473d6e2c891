import Formats
import Platform
import Records
import Support
import SystemPackage
import Testing

@testable import Runner

/// A disk that fills up: a small one of memory where it can be mounted, else a limit on the size of files.
@Suite("A full disk") struct DiskFullTests {
  private static let manifest = #"""
    entry_points:
      quiet: {command: "echo hello"}
      loud: {command: "head -c 20000000 /dev/zero | tr '\\0' x; exit 3"}
      metrics:
        command: |
          seq 90000 | sed 's/.*/{{"key":"m","value":1,"step":&}}/' >> "$REPRISE_METRICS" 2>/dev/null
          exit 4
      fill: {command: "cat /dev/zero > filler 2>/dev/null; exit 5"}
    """#

  /// Words: the program, the entry point, the size of the disk in kilobytes.
  private static let script = #"""
    program=$1 entry=$2 size=$3 limit=unlimited
    mkdir disk
    mount -t tmpfs -o size=${size}k tmpfs disk 2>/dev/null || limit=$((size / 2))
    cp MLproject disk && cd disk
    trap '' XFSZ
    if [ "$entry" = before ]; then
      entry=quiet
      if [ $limit = unlimited ]; then cat /dev/zero > filler 2>/dev/null; else limit=0; fi
    fi
    (ulimit -f $limit; exec "$program" run -e "$entry" > /dev/null 2> ../err)
    echo $?
    rm -f filler
    ls -A | grep -v -x MLproject | tr '\n' ' '; find .reprise/live -type f 2>/dev/null | wc -l
    "$program" runs --json | tr '\n' ' '; echo
    cat ../err
    """#

  private func run(_ entry: String, size: Int) async throws -> (
    status: Int?, left: Substring, runs: [JSONValue], messages: [Substring]
  ) {
    let folder = try TemporaryFolder()
    try folder.write(Self.manifest, to: "MLproject")
    try folder.write(Self.script, to: "script")
    let unshare = try await Program.run(
      "/bin/sh", ["-c", "for o in -rm -m; do unshare $o true && printf %s $o && break; done"],
      in: folder.path)
    let prefix = unshare.output.isEmpty ? "" : "unshare \(unshare.output) "
    let result = try await Program.run(
      "/bin/bash", ["-c", "\(prefix)bash script '\(Program.path)' \(entry) \(size)"],
      in: folder.path)
    let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false)
    try #require(lines.count > 3, "\(result)")
    return (
      Int(lines[0]), lines[1], try JSONValue(parsing: String(lines[2])).array ?? [],
      lines[3...].filter { $0.hasPrefix("error:") || $0.hasPrefix("warning:") }
    )
  }

  @Test("before a run is one message, and nothing is left")
  func before() async throws {
    let result = try await run("before", size: 1000)
    #expect(result.status == 2)
    #expect(result.messages.count == 1)
    #expect(result.messages.first?.hasPrefix("error: cannot ") == true)
    #expect(result.left == "0")
  }

  @Test(
    "during a run loses what found no room, says so, and the run has its end",
    arguments: [("loud", 3), ("fill", 5), ("metrics", 4)])
  func during(entry: String, code: Int) async throws {
    let result = try await run(entry, size: 3000)
    #expect(result.status == code, "\(result)")
    let run = try #require(result.runs.first)
    #expect(run["status"]?.string == "FAILED")
    #expect(run["exit_code"]?.int == Int64(code))
    #expect(result.left.hasSuffix(" 0"))
    #expect(result.messages.allSatisfy { $0.hasPrefix("warning: ") })
    if entry == "loud" { #expect(result.messages.count == 1) }
    if entry == "metrics" {
      #expect(result.messages.contains { $0.contains("some metrics could not be recorded") })
    }
  }
}
