import Platform
import Support
import SystemPackage
import Testing

@testable import Templates

@Suite("Linting and trying a template") struct LintTests {
  private func findings(_ folder: TemporaryFolder) throws -> [String] {
    try TemplateLinter.findings(folder.path, variables: [:]).map {
      "\($0.location): \($0.rule.rawValue)"
    }
  }

  @Test("every problem of a cookiecutter template comes with its place")
  func cookiecutter() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      {
        "slug": "p",
        "license": ["MIT", "BSD"],
        "unused": "x",
        "other": "{{ cookiecutter.slugg }}"
      }
      """, to: "cookiecutter.json")
    try folder.write(
      """
      {% if cookiecutter.license == "GPL" %}x{% endif %}
      {% set local = 1 %}{{ local }} {% for x in range(2) %}{{ x }}{{ loop.index }}{% endfor %}
        {{ cookiecutter.missing }} {{ cookiecutter.perhaps | default('') }} {{ elsewhere }}
      {{ cookiecutter.other }}{{ cookiecutter._template }}
      """, to: "{{cookiecutter.slug}}/a.txt")
    try folder.write("{% if %}\n{{ cookiecutter.gone }}", to: "{{cookiecutter.slug}}/b.txt")
    #expect(
      try findings(folder) == [
        "cookiecutter.json:4: unused", "cookiecutter.json:5: undefined",
        "{{cookiecutter.slug}}/a.txt:1:7: unreachable",
        "{{cookiecutter.slug}}/a.txt:3:6: undefined", "{{cookiecutter.slug}}/a.txt:3:74: undefined",
        "{{cookiecutter.slug}}/b.txt:1:7: syntax",
      ])
  }

  @Test("and of a copier template")
  func copier() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      name: x
      kind:
        choices: [a, b]
        default: "{{ nmae }}"
      never: 1
      """, to: "copier.yml")
    try folder.write(
      "{{ name }}{% if kind == 'c' %}{% endif %}{{ _copier_answers }}", to: "f.jinja")
    try folder.write("{{ not a template", to: "plain.txt")
    #expect(
      try findings(folder) == [
        "copier.yml:2: undefined", "copier.yml:5: unused", "f.jinja:1:17: unreachable",
      ])
  }

  @Test("few combinations are tried in full", arguments: [(4, 4), (64, 12)])
  func full(limit: Int, count: Int) {
    let factors = [
      AnswerCombinations.Factor("a", ["1", "2", "3"]), .init("b", ["x", "y"]),
      .init("c", ["p", "q"]),
    ]
    let rows = AnswerCombinations.rows(of: factors, limit: limit)
    if limit == 64 { #expect(rows.count == count) }
    #expect(rows.first == [0, 0, 0])
    #expect(Set(rows).count == rows.count)
  }

  @Test("of many, every two values meet", arguments: 2..<12)
  func pairs(count: Int) {
    var random = SeededRandom(seed: UInt64(count))
    let factors = (0..<count).map { place in
      AnswerCombinations.Factor(
        "\(place)", (0..<(2 + Int(random.next() % 3))).map { "\($0)" })
    }
    let rows = AnswerCombinations.rows(of: factors, limit: 1)
    for a in factors.indices {
      for b in factors.indices where b > a {
        let met = Set(rows.map { [$0[a], $0[b]] })
        #expect(met.count == factors[a].values.count * factors[b].values.count)
      }
    }
    #expect(rows.count <= 16 + 4 * count)
  }
}

@Suite("Versions of releases") struct ReleaseVersionTests {
  @Test("they are ordered as PEP 440 has it")
  func order() throws {
    let ordered = [
      "1.dev0", "1.0.dev456", "1.0a1", "1.0a2.dev456", "1.0a12.dev456", "1.0a12", "1.0b1.dev456",
      "1.0b2",
      "1.0b2.post345.dev456", "1.0b2.post345", "1.0rc1.dev456", "1.0rc1", "1.0", "1.0+abc.5",
      "1.0+abc.7", "1.0+5", "1.0.post456.dev34", "1.0.post456", "1.0.15", "1.1.dev1", "v2.0",
      "1!0.1",
    ]
    let versions = try ordered.map { try #require(ReleaseVersion($0), "\($0)") }
    for (a, b) in zip(versions, versions.dropFirst()) { #expect(a < b) }
    #expect(ReleaseVersion("1.0.0") == ReleaseVersion("v1"))
    #expect(ReleaseVersion("1.0-1") == ReleaseVersion("1.0.post1"))
    for text in ["", "main", "1.0x", "v", "1..2", "latest-1"] {
      #expect(ReleaseVersion(text) == nil)
    }
    #expect(try #require(ReleaseVersion("2.0.0rc1")).isPrerelease)
  }
}
