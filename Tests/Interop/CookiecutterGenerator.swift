import Support

/// Makes templates, and calls on them, at random and the same in every run.
struct CookiecutterGenerator {
  private var random: SeededRandom
  private var made = CookiecutterCase()
  private var variables: [(key: String, json: String)] = []
  private var isAsked = false
  private var choices: [String: [String]] = [:]

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  static func make(seed: UInt64) -> CookiecutterCase {
    var generator = CookiecutterGenerator(seed: seed)
    return generator.make()
  }

  private mutating func make() -> CookiecutterCase {
    isAsked = random.chance(1, of: 3)
    makeVariables()
    makeFiles()
    makeSettings()
    makeHooks()
    makeFaults()
    writeVariables()
    makeCalls()
    return made
  }

  private mutating func note(_ feature: String) { made.features.append(feature) }

  // MARK: Variables

  private mutating func makeVariables() {
    let name = random.pick(["My Project", "데이터 분석", "a-b_c", "Ünïcödé ß", "x"])
    variables = [
      ("project_name", quoted(name)),
      ("project_slug", quoted("{{ cookiecutter.project_name|lower|replace(' ', '_') }}")),
    ]
    let count = Int(random.next() % 7)
    for index in 0..<count { makeVariable("v\(index)") }
    if random.chance(1, of: 3) { variables.append(("_private", quoted("{{ not rendered }}"))) }
    if random.chance(1, of: 3) {
      variables.append(("__derived", quoted("{{ cookiecutter.project_slug }}-derived")))
    }
    if random.chance(1, of: 8) {
      variables.append(("__list", "[\"{{ cookiecutter.project_slug }}\", 2, true, null]"))
    }
  }

  private mutating func makeVariable(_ key: String) {
    switch random.next() % 9 {
    case 0:
      variables.append((key, quoted(random.pick(["", "plain", "with \"quotes\"", "tab\there"]))))
    case 1: variables.append((key, quoted("{{ cookiecutter.project_slug[:3] }}{{ 1 + 2 }}")))
    case 2:
      variables.append(
        (key, random.pick(["5", "1.50", "1e20", "-0.0", "123456789012345678901234567890"])))
    case 3: variables.append((key, random.pick(["true", "false"])))
    case 4, 5:
      let list = random.pick([
        ["MIT", "BSD", "none"], ["a", "b {{ cookiecutter.project_slug }}"], ["예", "아니오"],
      ])
      choices[key] = list
      variables.append((key, "[" + list.map(quoted).joined(separator: ", ") + "]"))
    case 6:
      variables.append(
        (
          key,
          #"{"k {{ cookiecutter.project_slug }}": "{{ cookiecutter.project_name }}", "n": {"m": [1, 2.0, null]}}"#
        ))
    case 7 where !isAsked: variables.append((key, "null"))
    default: variables.append((key, quoted("{{ cookiecutter.project_name|title }}")))
    }
  }

  private func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  // MARK: Files

  private static let contents = [
    "plain text\n", "", "no end of line", "{{ cookiecutter.project_name }}\n",
    "{% if cookiecutter.project_slug == 'x' %}yes{% else %}no{% endif %}\n",
    "{% for k, v in cookiecutter.items() %}{% if k[0] != '_' %}{{ k }}={{ v }}\n{% endif %}{% endfor %}",
    "{{ cookiecutter|jsonify }}\n", "{{ _cookiecutter }}\n",
    "{% raw %}{{ not this }}{% endraw %} {# comment #}\nend\n",
    "a\r\nb {{ cookiecutter.project_slug }}\r\n", "a\rb\r{{ cookiecutter.project_slug }}",
    "mixed\n{{ cookiecutter.project_slug }}\r\nends\r\n",
    "  {%- set x = cookiecutter.project_slug.upper() -%}  {{ x }}\n\n",
    "\u{FEFF}with a mark {{ cookiecutter.project_slug }}\n",
    "{{ cookiecutter.project_name|slugify }} {{ cookiecutter.project_name | slugify(separator='_') }}\n",
    "{% include 'inc.txt' ignore missing %}|\n",
    "#!/bin/sh\necho {{ cookiecutter.project_slug }}\n",
    "{% macro m(a, b=2) %}{{ a }}-{{ b }}{% endmacro %}{{ m(1) }} {{ m(1, b=cookiecutter.project_slug) }}\n",
  ]

  private mutating func makeFiles() {
    let root = random.pick([
      "{{cookiecutter.project_slug}}", "{{ cookiecutter.project_slug }}",
      "pre-{{cookiecutter.project_slug}}.d",
    ])
    made.files = []
    let folders = [
      "", "src/", "{{cookiecutter.project_slug}}/", "src/deep/er/", "docs/", "z empty/",
    ]
    let count = 1 + Int(random.next() % 8)
    for index in 0..<count {
      let folder = random.pick(folders)
      let name = random.pick([
        "f\(index).txt", "{{ cookiecutter.project_slug }}_\(index).py", "F\(index)",
        ".hidden\(index)",
        "{% if cookiecutter.project_slug != 'x' %}cond\(index).txt{% endif %}", "파일\(index).md",
        "run\(index).sh",
      ])
      let mode: UInt32 = random.pick([0o644, 0o644, 0o755, 0o600, 0o640])
      add("\(root)/\(folder)\(name)", random.pick(Self.contents), mode: mode)
    }
    if random.chance(1, of: 4) {
      note("binary")
      made.files.append(
        .init(
          "template/\(root)/image.png",
          bytes: [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0, 1, 2, 255]))
      made.files.append(.init("template/\(root)/data.bin", bytes: Array(repeating: 0, count: 64)))
      add("\(root)/zip.jpg", "{{ cookiecutter.project_slug }}")
    }
    if random.chance(1, of: 5) {
      note("included")
      add("templates/inc.txt", "included {{ cookiecutter.project_slug }}\n")
    }
    if random.chance(1, of: 6) {
      note("links")
      add("\(root)/target.txt", "{{ cookiecutter.project_slug }}\n")
      made.files.append(.init("template/\(root)/link.txt", link: "target.txt"))
    }
    if random.chance(1, of: 4) {
      note("copied")
      let patterns = random.pick([
        "[\"*.html\", \"raw\"]", "[\"src/*\"]", "[\"raw/*\", \"*.txt\"]", "[\"raw\", \"[fz]*\"]",
      ])
      variables.append(("_copy_without_render", patterns))
      add("\(root)/raw/{{ x }}.html", "{{ untouched }}\n", mode: 0o755)
      add("\(root)/page.html", "{{ cookiecutter.project_slug }}\n")
    }
    if random.chance(1, of: 7) {
      note("shared")
      variables.append(("_state", "{\"seen\": []}"))
      add(
        "\(root)/a_state.txt",
        "{% set _ = cookiecutter._state.seen.append('a') %}{{ cookiecutter._state }}\n")
      add("\(root)/b/state.txt", "{{ cookiecutter._state.seen }}\n")
      add(
        "\(root)/z_state.txt",
        "{{ cookiecutter.update({'late': 1}) }}{{ cookiecutter._state.seen }}\n")
      add("\(root)/b/late.txt", "{{ cookiecutter.late }}\n")
    }
    self.root = root
  }

  private var root = ""

  private mutating func add(_ path: String, _ text: String, mode: UInt32 = 0o644) {
    made.files.append(.init("template/" + path, text, mode: mode))
  }

  // MARK: Settings

  private mutating func makeSettings() {
    if random.chance(1, of: 8) {
      note("new lines")
      variables.append(("_new_lines", quoted(random.pick(["\n", "\r\n", "\r"]))))
    }
    if random.chance(1, of: 8) {
      note("options")
      variables.append(
        (
          "_jinja2_env_vars",
          random.pick([
            #"{"trim_blocks": true}"#, #"{"lstrip_blocks": true, "trim_blocks": true}"#,
            #"{"newline_sequence": "\r\n"}"#, #"{"line_statement_prefix": "%%"}"#,
          ])
        ))
    }
    if random.chance(1, of: 8) {
      variables.append(("_extensions", #"["jinja2.ext.do", "jinja2.ext.loopcontrols"]"#))
      add(
        "\(root)/ext.txt",
        "{% set l = [] %}{% do l.append(1) %}{% for i in l %}{% break %}{% endfor %}{{ l }}\n")
    }
    if random.chance(1, of: 4) {
      note("prompts")
      let key = random.pick(variables.map(\.key))
      let labels = choices[key].map { list in
        ", \(quoted(list[0])): \"[bold]The first[/] one\""
      }
      let text = random.pick([
        "What is it?",
        "A very long question that goes on and on until the line is over, and then still goes on and on",
        "With [bold]marks[/bold] and [y/n]",
      ])
      let value = labels.map { "{\"__prompt__\": \(quoted(text))\($0)}" } ?? quoted(text)
      variables.append(("__prompts__", "{\(quoted(key)): \(value)}"))
    }
    if random.chance(1, of: 4) {
      note("configuration")
      let text = random.pick([
        "default_context:\n  project_name: From Config\n  unknown: 1\n",
        "default_context:\n  v0: 2020\n  v1: yes\n  v2: [MIT]\n",
        "default_context:\n  v3: MIT\n  v1: BSD\n  project_name: After\n", "",
        "replay_dir: $HOME/replays\ncookiecutters_dir: ~/cc\n",
      ])
      switch random.next() % 3 {
      case 0: made.files.append(.init("home/.cookiecutterrc", text))
      case 1:
        made.files.append(.init("home/rc.yaml", text))
        made.environment["COOKIECUTTER_CONFIG"] = "../home/rc.yaml"
      default:
        made.files.append(.init("home/rc.yaml", text))
        options += ["--config-file", "../home/rc.yaml"]
      }
    }
  }

  private var options: [String] = []

  private mutating func makeHooks() {
    guard random.chance(1, of: 4) else { return }
    note("hooks")
    let shell =
      "#!/bin/sh\npwd | sed 's,.*/,,' > hook-{{ cookiecutter.project_slug }}.txt\nls -a >> hook-{{ cookiecutter.project_slug }}.txt\necho said\n"
    let python =
      "import os\nopen('py.txt', 'w').write('{{ cookiecutter.project_name }}' + str(sorted(os.listdir('.'))))\nprint('python said')\n"
    if random.chance(1, of: 2) { add("hooks/pre_gen_project.sh", shell) }
    // The order of several scripts of one moment is that of the folder, so there is one.
    if random.chance(1, of: 2) {
      add("hooks/post_gen_project.py", python)
    } else if random.chance(1, of: 2) {
      add("hooks/post_gen_project.sh", shell, mode: 0o755)
    }
    if random.chance(1, of: 4) {
      add(
        "hooks/pre_prompt.py",
        "import json\nc = json.load(open('cookiecutter.json'))\nc['project_name'] = 'From Hook'\njson.dump(c, open('cookiecutter.json', 'w'))\n"
      )
    }
    add("hooks/post_gen_project.sh~", "not run\n")
    if random.chance(1, of: 5) {
      note("failing hook")
      let name = random.pick(["pre_gen_project", "post_gen_project"])
      made.files.removeAll { $0.path.hasPrefix("template/hooks/\(name)") }
      add(
        "hooks/\(name)",
        random.pick([
          "#!/bin/sh\nexit 3\n", "", "no shebang\n", "#!/bin/sh\n{{ cookiecutter.nope }}\n",
        ]))
    }
    if random.chance(1, of: 5) { options += ["--accept-hooks", "no"] }
  }

  // MARK: Faults

  private mutating func makeFaults() {
    guard random.chance(1, of: 4) else { return }
    note("fault")
    switch random.next() % 8 {
    case 0: add("\(root)/bad.txt", "line\n{{ cookiecutter.missing }}\n")
    case 1: add("\(root)/bad.txt", "{% if %}\n")
    case 2: add("\(root)/{{ cookiecutter.nope }}.txt", "x")
    case 3: add("\(root)/{{ cookiecutter.nope }}/x.txt", "x")
    case 4: variables.append(("broken", quoted("{{ cookiecutter.later }}")))
    case 5: variables.append(("empty", "[]"))
    case 6: variables.append(("_extensions", "[\"no_such.Extension\"]"))
    default: add("\(root)/bad.txt", "{{ cookiecutter.project_slug|nofilter }}")
    }
  }

  private mutating func writeVariables() {
    var text =
      "{\n" + variables.map { "  \(quoted($0.key)): \($0.json)" }.joined(separator: ",\n") + "\n}\n"
    if random.chance(1, of: 25) {
      note("bad JSON")
      text = random.pick([
        text + "x", String(text.dropLast(3)), "{,}", "[1,]", "{\"a\": 01}", "{\"a\" 1}",
        "\u{FEFF}{}", "{\"a\": \"\\q\"}",
        "",
      ])
    }
    made.files.append(.init("template/cookiecutter.json", text))
  }

  // MARK: Calls

  private mutating func makeCalls() {
    var arguments = ["../template"] + options
    if random.chance(1, of: 3) {
      note("overrides")
      let count = 1 + Int(random.next() % 3)
      for _ in 0..<count {
        let key = random.pick(variables.map(\.key) + ["unknown"])
        let value =
          choices[key].map { random.pick($0 + ["bad"]) }
          ?? random.pick(["given", "yes", "", "a=b", "{{ cookiecutter.project_name }}", "0"])
        if key.hasPrefix("_") { continue }
        // A folder without a name is left out here and an error there.
        if key.hasPrefix("project_"), value.isEmpty { continue }
        arguments.append("\(key)=\(value)")
      }
    }
    if random.chance(1, of: 6) { arguments += ["-o", random.pick(["out", "./out/deep", "."])] }
    if random.chance(1, of: 12) { arguments.append("bad-word") }
    if random.chance(1, of: 10) { arguments.append("--keep-project-on-failure") }
    var first = CookiecutterCase.Call(arguments: arguments)
    if isAsked { first.input = answers() } else { first.arguments.append("--no-input") }
    made.calls = [first]
    let options = arguments.dropFirst().filter { !$0.contains("=") && $0 != "bad-word" }
    switch random.next() % 6 {
    case 0:
      note("again")
      made.calls.append(first)
    case 1:
      note("over")
      first.arguments.append(random.pick(["-f", "-fs"]))
      made.files.append(.init("template/\(root)/F0", "new {{ cookiecutter.project_slug }}\n"))
      made.calls.append(first)
    case 2:
      note("replay")
      made.calls.append(.init(arguments: ["../template", "--replay", "-f"] + options))
    default: break
    }
  }

  private mutating func answers() -> String {
    note("asked")
    var text = ""
    for _ in 0..<(2 + random.next() % 14) {
      text +=
        random.pick([
          "", "", "", "1", "2", "y", "n", "maybe", "text", " ", "{\"a\": [1]}", "{", "9",
        ]) + "\n"
    }
    return text
  }
}
