import Formats
import Testing

@Suite("YAML nodes") struct YAMLNodeTests {
  private func parse(_ text: String) throws -> YAMLNode {
    try #require(try YAMLNode(parsing: Array(text.utf8)))
  }

  @Test("marks say where a node begins and ends, in characters") func marks() throws {
    let root = try parse("é: [a, 'b c']\nkey: &x text\n")
    let pairs = try #require(root.pairs)
    #expect(pairs[0].key.start == YAMLMark(line: 1, column: 1, offset: 0))
    #expect(pairs[0].value.start == YAMLMark(line: 1, column: 4, offset: 3))
    #expect(pairs[0].value.end == YAMLMark(line: 1, column: 14, offset: 13))
    #expect(pairs[0].value.items?[1].start.column == 8)
    #expect(pairs[0].value.items?[1].end.column == 13)
    #expect(pairs[1].key.start == YAMLMark(line: 2, column: 1, offset: 14))
    // The mark of an anchored node is that of its anchor.
    #expect(pairs[1].value.start.column == 6)
    #expect(pairs[1].value.end.column == 13)
  }

  @Test("styles, tags and anchors are kept") func styles() throws {
    let items = try #require(
      try parse("- a\n- 'b'\n- \"c\"\n- |\n  d\n- >\n  e\n- &x !!str f\n- {}\n").items)
    #expect(items[0].content == .scalar("a", .plain))
    #expect(items[1].content == .scalar("b", .singleQuoted))
    #expect(items[2].content == .scalar("c", .doubleQuoted))
    #expect(items[3].content == .scalar("d\n", .literal))
    #expect(items[4].content == .scalar("e\n", .folded))
    #expect(items[5].tag == "tag:yaml.org,2002:str")
    #expect(items[5].anchor == "x")
    #expect(items[6].content == .mapping([], .flow))
  }

  @Test("an alias is a copy that knows where it stands") func aliases() throws {
    let items = try #require(try parse("- &x [1]\n- *x\n").items)
    #expect(items[1].items == items[0].items)
    #expect(items[1].alias?.name == "x")
    #expect(items[1].mark == YAMLMark(line: 2, column: 3, offset: 11))
    #expect(items[1].start == items[0].start)
  }

  @Test("fields merge and keep the nodes") func fields() throws {
    let root = try parse("base: &b {x: 1}\nown:\n  <<: *b\n  y: 2\n")
    let own = try #require(try root.fields().last?.valueNode.fields())
    #expect(own.map(\.key) == [.string("x"), .string("y")])
    #expect(own.map(\.keyNode.start.line) == [1, 4])
  }
}
