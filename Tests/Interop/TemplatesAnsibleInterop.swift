import Formats
import Support
import Templates
import Testing

@Suite("Ansible's filters, against jinja2-ansible-filters") struct TemplatesAnsibleInterop {
  /// The peer's script with copier's filters.
  private static let script =
    LibraryPeer.script + #"""

      from jinja2_ansible_filters.core_filters import FilterModule
      for environment in ENVIRONMENTS.values():
          environment.filters.update(FilterModule().filters())
      """#

  private static let choices: [String: [LibraryArguments.Choice]] = [
    "b64decode": [.init()], "subelements": [.init(.one(["city", "name", "x"]))],

    "to_json": [.init(), .init(named: [("indent", .one([2, .null]))])],
    "to_nice_json": [.init(), .init(.one([2])), .init(.one([2]), .bool)],
    "from_json": [.init()],
    "regex_search": [
      .init(.one(["[a-z]+", "(\\w)(\\w)", "^b", "(?P<n>\\d+)", "("])),
      .init(.one(["(\\w)(\\w)"]), .one(["\\1", "\\2"])),
      .init(.one(["(?P<n>\\w)"]), .one(["\\g<n>"])),
      .init(.one(["HELLO"]), named: [("ignorecase", .bool)]),
      .init(.one(["(\\w)"]), .one(["x"])), .init(.one(["^b"]), named: [("multiline", .bool)]),
    ],
    "regex_replace": [
      .init(.one(["[a-z]+", "(\\w)", "", "o"]), .one(["-", "\\1\\1", "<\\g<0>>", ""])),
      .init(.one(["H"]), .one(["x"]), .bool), .init(),
    ],
    "regex_findall": [
      .init(.one(["[a-z]+", "(\\w)(\\w)", "(\\w)", "", "^."])), .init(.one(["^."]), .bool),
      .init(.one(["H"]), .bool, .bool),
    ],
    "regex_escape": [.init()],
    "bool": [.init()], "b64encode": [.init()],
    "hash": [.init(), .init(.one(["md5", "sha256", "sha1", "nope"]))],
    "md5": [.init()], "sha1": [.init()], "checksum": [.init()],
    "ternary": [.init(.value, .value), .init(.value, .value, .value)], "quote": [.init()],
    "basename": [.init()], "dirname": [.init()], "splitext": [.init()],
    "flatten": [.init(), .init(.one([0, 1, 2]))],
    "mandatory": [.init(), .init(.one(["message"]))], "type_debug": [.init()],
    "combine": [.init(.mapping), .init(.mapping, named: [("recursive", .bool)])],
    "to_uuid": [.init()],
    "comment": [.init(), .init(.one(["plain", "c", "xml", "cblock", "erlang"]))],
    "extract": [.init(.mapping), .init(.items)], "win_basename": [.init()],
    "win_dirname": [.init()],
  ]

  @Test("filters of copier's environment", arguments: choices.keys.sorted())
  func filters(name: String) throws {
    var generator = LibraryCases(seed: name.utf8.reduce(5) { $0 &* 31 &+ UInt64($1) })
    let most = Self.choices[name]?.map(\.positional.count).max() ?? 0
    let cases = (0..<300).map { _ in
      generator.call("filter", name, choices: Self.choices[name] ?? [])
    }.filter { Self.canStand($0, most: most) }
    let theirs = try Peer.ask(Self.script, about: cases)
    var compared = 0
    for (test, wanted) in zip(cases, theirs) where Self.isComparable(wanted) {
      compared += 1
      let ours = LibraryPeer.answer(test, library: .copier)
      #expect(ours.text(sortingKeys: true) == wanted.text(sortingKeys: true), "\(test.text())")
    }
    #expect(compared >= 50)
  }

  /// Copier's templates have no safe texts and no ordered dicts, and the filters are Python's own functions there, which
  /// tell arguments that they do not have in many ways.
  private static func canStand(_ test: JSONValue, most: Int) -> Bool {
    let text = test.text()
    var absurd = ["\"markup\"", "\"odict\"", "bogus"]
    if test["name"]?.string?.hasPrefix("regex") == true {
      absurd += ["\"args\":[{", "\"args\":[["]
    }
    return !absurd.contains { text.contains($0) } && (test["args"]?.array?.count ?? 0) <= most
  }

  /// Bytes that are no text stay so in theirs, and ansible dumps what it cannot combine in YAML.
  private static func isComparable(_ answer: JSONValue) -> Bool {
    let text = answer.text()
    return !text.contains("udc") && !text.contains("failed to combine")
      && !text.contains("unhashable")
  }
}
