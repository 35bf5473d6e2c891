import Platform
import Support
import SystemPackage
import Testing

/// `reprise new` beside the real cookiecutter, over templates made at random.
@Suite("cookiecutter") struct CookiecutterInterop {
  private static let perBatch = 50

  @Test("makes the same trees, exit codes, words and replay files", arguments: 0..<12)
  func same(batch: Int) async throws {
    let folder = try TemporaryFolder()
    var cases: [(CookiecutterCase, FilePath, UInt64)] = []
    for index in 0..<Self.perBatch {
      let seed = UInt64(batch * Self.perBatch + index)
      let made = CookiecutterGenerator.make(seed: seed)
      let place = folder.path.appending("\(seed)")
      try made.write(to: place)
      cases.append((made, place, seed))
    }
    try CookiecutterPeer.runPeer(cases.map(\.1))
    for (made, place, seed) in cases { try await compare(made, place, seed) }
  }

  private func compare(_ made: CookiecutterCase, _ place: FilePath, _ seed: UInt64) async throws {
    let peer = try CookiecutterPeer.peerSeen(place)
    let ours = try await CookiecutterPeer.runOurs(place)
    let label = "case \(seed): \(made.features.joined(separator: ", "))"
    try #require(peer.count == ours.count)
    var allDone = true
    for (call, (theirs, own)) in zip(made.calls, zip(peer, ours)) {
      let said =
        "\(label)\n\(call.arguments)\npeer: \(theirs.error.suffix(400))\nours: \(own.error)"
      if theirs.status != 0 { allDone = false }
      // Ours, on purpose: a folder without a name is left out.
      if own.status == 0, theirs.output.contains("directory already exists") { return }
      #expect(own.status == theirs.status, "\(said)")
      // A trace is no message.
      guard !theirs.error.contains("Traceback") || theirs.status == 0 else { continue }
      #expect(
        CookiecutterPeer.words(own.output, withoutContext: made.features.contains("shared"))
          == CookiecutterPeer.words(
            theirs.output, withoutContext: made.features.contains("shared")), "\(said)")
    }
    let replays = "home"
    #expect(
      try CookiecutterPeer.tree(place.appending(replays))
        == CookiecutterPeer.tree(place.appending("peer-" + replays)), "\(label)")
    guard allDone else { return }
    let own = try CookiecutterPeer.tree(place.appending("work"))
    let theirs = try CookiecutterPeer.tree(place.appending("peer-work"))
    for path in Set(own.keys).union(theirs.keys).sorted() {
      #expect(own[path] == theirs[path], "\(label)\n\(path)")
    }
  }
}
