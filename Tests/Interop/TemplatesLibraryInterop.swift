import Formats
import Support
import Templates
import Testing

@Suite("The template library, against Jinja2 and CPython") struct TemplatesLibraryInterop {
  /// Compares answers and lists the first that differ.
  static func compare(
    _ cases: [JSONValue], library: TemplateLibrary = .standard, script: String = LibraryPeer.script
  ) throws {
    let theirs = try Peer.ask(script, about: cases)
    var differences: [String] = []
    for (test, wanted) in zip(cases, theirs) {
      let ours = LibraryPeer.answer(test, library: library)
      if ours.text(sortingKeys: true) != wanted.text(sortingKeys: true) {
        differences.append(
          "\(test.text())\n    theirs: \(wanted.text())\n    ours:   \(ours.text())")
      }
    }
    #expect(
      differences.isEmpty,
      "\(differences.count) of \(cases.count) differ:\n\(differences.prefix(12).joined(separator: "\n"))"
    )
  }

  @Test("filters", arguments: LibraryArguments.filters)
  func filters(name: String) throws {
    var generator = LibraryCases(seed: name.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
    try Self.compare((0..<400).map { _ in generator.call("filter", name) })
  }

  @Test("tests", arguments: LibraryArguments.tests)
  func tests(name: String) throws {
    var generator = LibraryCases(seed: name.utf8.reduce(9) { $0 &* 31 &+ UInt64($1) })
    try Self.compare((0..<200).map { _ in generator.call("test", name) })
  }

  @Test("methods", arguments: LibraryArguments.methods)
  func methods(name: String) throws {
    var generator = LibraryCases(seed: name.utf8.reduce(11) { $0 &* 31 &+ UInt64($1) })
    try Self.compare((0..<300).map { _ in generator.call("method", name) })
  }
}
