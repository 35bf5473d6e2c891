import Support
import SystemPackage
import Testing

@testable import Runner

@Suite("Leaving out of texts what changes with every run") struct TextNormaliserTests {
  private let normaliser = TextNormaliser(folders: [
    ("/home/me/project", "<project>"), ("/home/me/project/data", "<data>"),
    ("/srv/replay-1/", "<project>"),
  ])

  @Test(
    "times, ids and places are left out",
    arguments: [
      ("done 2026-11-22T19:04:16Z", "done <time>"), ("2026-11-22 19:04:16,123 INFO", "<time> INFO"),
      ("2026/11/22 19:04:16 INFO mlflow", "<time> INFO mlflow"),
      ("at 2026-11-22T19:04:16.123456+01:00.", "at <time>."), ("2026-11-22 19:04", "<time>"),
      ("run_2026-11-22_19-04-16.log", "run_<time>.log"), ("model-20261122_190416", "model-<time>"),
      ("20261122T190416Z", "<time>"), ("[12:03:44]", "[<time>]"),
      ("12:03:44.5 start", "<time> start"),
      ("7:04:16 PM", "<time>"), ("0:00:12", "<time>"), ("Sun Nov 22 19:04:16 2026", "<time>"),
      ("Sun Nov 22 19:04:16 UTC 2026", "<time>"), ("Nov  2 19:04:16 host", "<time> host"),
      ("Sun, 22 Nov 2026 19:04:16 GMT", "<time>"), ("took 1.23s", "took <duration>"),
      ("took 4.5 ms", "took <duration>"), ("5 s", "<duration>"), ("12.5 seconds", "<duration>"),
      ("3 µs", "<duration>"), ("1min 3s", "<duration>"), ("1h 2min 3.5s", "<duration>"),
      ("2m3.1s", "<duration>"), ("1e-05s", "<duration>"), ("12ms/step", "<duration>"),
      ("CPU times: user 3.2 ms, sys: 0 ns", "CPU times: user <duration>, sys: <duration>"),
      ("100%|##| 10/10 [00:12<00:03,  8.2it/s]", "100%|##| 10/10 [<time>, <duration>]"),
      ("[00:00<?, ?it/s]", "[<time>, ?it/s]"), ("1.5 MB/s", "<duration>"),
      ("<A object at 0x7f3c2c1d5e80>", "<A object at <address>>"),
      ("at 0x1a2b3c", "at <address>"), ("0x00007f3c2c1d5e80", "<address>"),
      ("550e8400-e29b-41d4-a716-446655440000", "<id>"),
      ("run d41d8cd98f00b204e9800998ecf8427e.", "run <id>."),
      ("/home/me/project/a.txt", "<project>/a.txt"), ("file:///srv/replay-1", "file://<project>"),
      ("in /home/me/project.", "in <project>."), ("'/home/me/project/data/x'", "'<data>/x'"),
      ("/tmp/tmpab12/model.bin", "<tmp>/model.bin"), ("/var/folders/a1/xyz/T/tmp9 x", "<tmp> x"),
      ("/tmp/ipykernel_77/1234.py:3", "<tmp>/1234.py:3"), ("pid 4711", "pid <pid>"),
      ("PID=12, x", "PID=<pid>, x"), ("[pid: 12]", "[pid: <pid>]"),
      ("a     3s   b", "a <duration> b"),
    ]) func leftOut(text: String, expected: String)
  {
    #expect(normaliser.normalised(text) == expected)
    #expect(normaliser.normalised(expected) == expected, "twice")
  }

  @Test(
    "what may be a result stays",
    arguments: [
      "loss: 0.5", "loss=0.5123 acc=0.91", "accuracy 97.3 %", "epoch 12/100", "1,234,567 rows",
      "v1.2.3", "python 3.12.4", "2026-11-22", "2026", "the 1990s", "5 min", "0.5 min 0.2 max",
      "300m", "12h", "size 10 MB", "5 samples", "3 steps", "1s2", "x1.23s", "#ff8000", "0xff0000",
      "0xdeadbeef", "0xdeadbeefdeadbeef",
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      "da39a3ee5e6b4b0d3255bfef95601890afd80709", "12345678901234567890123456789012",
      "3:02", "ratio 1:10:200", "00:1b:44:11:3a:b7", "12:34:56:78:90:11", "29:99:99", "rapid 12",
      "stupid=3", "pid", "pid 1.5", "/home/me/projects", "/home/me/project2/a", "x/home/me/project",
      "/home/me/project.bak", "/usr/lib/x", "tmp/x", "/tmpfile", "-1.5e-3", "nan inf", "1e5",
      "20261322_190416", "2026-13-22 19:04:16x", "Sunday", "Mar 5", "May 12 people", "10 s/m",
      "한국어 0.5", "", " ", "0", "1:2", "f1 0.93 s1",
    ]) func stays(text: String)
  {
    #expect(normaliser.normalised(text) == text)
  }

  @Test("any bytes give some bytes, and the same ones again", arguments: 0..<40)
  func random(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let words = [
      "2026", "-", "11", ":", "0x", "7f", "/tmp/", "/var/folders/", "pid", "Sun", " ", "Nov", "s",
      "ms",
      "1.5", "e-", "<", "\u{FFFD}", "min", "4711", "T", ",", "é", "abcdef0123456789",
      "/srv/replay-1",
    ]
    let text = (0..<60).compactMap { _ in words.randomElement(using: &random) }.joined()
    let once = normaliser.normalised(text)
    #expect(normaliser.normalised(text) == once)
    let bytes = (0..<200).map { _ in UInt8.random(in: 0...255, using: &random) }
    #expect(normaliser.normalised(bytes).count <= 20 * 200)
  }
}
