import Formats
import Platform
import Support
import SystemPackage
import Testing

@testable import Templates

@Suite("Rendering copier templates as copier does") struct CopierInterop {
  private static let script = #"""
    import json, os, random, sys
    from pathlib import Path
    import copier
    os.environ["HOME"] = folder
    rng = random.Random(f"copier{SEED}")
    cases = []
    texts = ["plain\n", "no end", "{{ name }}\n", "{% if flag %}yes{% else %}no{% endif %}\n", "a\r\nb {{ name }}\r\n",
             "{{ items_ | join(',') }}\n", "{{ number + 1 }}", "{{ missing }}|\n", "{{ name | upper | quote }}\n",
             "{{ {'a': [1, name], 'z': none} | to_nice_yaml }}", "{{ [1, {'k': name}] | to_json }}\n",
             "{{ name | regex_replace('[aeiou]', '_') }}\n", "{{ name | hash('sha256') }} {{ name | b64encode }}\n",
             "{{ flag | ternary('on', 'off') }} {{ 'yes' | bool }}\n", "{{ _copier_conf.answers_file }} {{ _folder_name }}\n",
             "{%- raw %}{{ raw }}{% endraw -%}\n", "{{ {'b': 1, 'a': [name, true]} | to_nice_json }}\n",
             "{{ name | regex_search('[a-z]+') }} {{ pathjoin('a', name, 'b') }}\n", "데이터 {{ name }}\n",
             "{% for k, v in _copier_answers|dictsort %}{{ k }}={{ v }};{% endfor %}\n", "{{ choice }} {{ several }}\n",
             "{{ text_number | int + 2 }} {{ ratio * 2 }}\n", "{% include 'part.txt' ignore missing %}!\n"]
    for number in range(COUNT):
        t = Path(folder, str(number), "template"); t.mkdir(parents=True)
        suffix = rng.choice([".jinja", ".jinja", ".tmpl", ""])
        sub = rng.choice(["", "", "template", "{{ 'template' }}"])
        top = t / "template" if sub else t
        top.mkdir(exist_ok=True)
        conf = {"name": rng.choice(["Case", "My Project", "it's", "yes", "데이터", "a: b", "12"]),
                "flag": rng.choice([True, False, "{{ name == 'Case' }}"]),
                "number": {"type": "int", "default": rng.choice([3, "7", "{{ 2 * 4 }}"])},
                "ratio": {"type": "float", "default": rng.choice([1.5, 2, "0.25", 1e20])},
                "text_number": {"type": "str", "default": rng.choice(["5", 5, "007"])},
                "items_": {"type": "yaml", "default": rng.choice(["[a, b]", ["x", "y"], "[1, '{{ name }}']"])},
                "data": {"type": "json", "default": rng.choice(['{"a": [1, 2.5, null]}', "[true]"])},
                "choice": {"type": "str", "default": "two", "choices": rng.choice(
                    [["one", "two"], {"First": "one", "Second": "two"}, [["First", "one"], ["Second", "two"]],
                     "{% if flag %}[one, two]{% else %}[two, three]{% endif %}"])},
                "several": {"type": "str", "multiselect": True, "default": rng.choice([["b", "a"], "[a, c]", []]),
                            "choices": ["a", "b", "c"]},
                "only": {"type": "str", "default": "d {{ name }}", "when": rng.choice([True, False, "{{ flag }}"])},
                "token": {"type": "str", "default": "s3cret", "secret": True},
                "checked": {"type": "str", "default": "ok", "validator": "{% if checked != 'ok' %}bad{% endif %}"}}
        if sub: conf["_subdirectory"] = sub
        if suffix != ".jinja": conf["_templates_suffix"] = suffix
        if rng.random() < .3: conf["_exclude"] = rng.sample(
            ["*.bak", "copier.yml", "skip", "skip/", "/top.txt", "**/deep", "!keep.bak", "{% if not flag %}f0.txt{% endif %}"], 4)
        if rng.random() < .3: conf["_envops"] = rng.choice(
            [{"trim_blocks": True}, {"lstrip_blocks": True, "keep_trailing_newline": False},
             {"block_start_string": "[%", "block_end_string": "%]", "variable_start_string": "[[",
              "variable_end_string": "]]"}])
        square = "[[" in json.dumps(conf.get("_envops", {}))
        if square:
            def turned(v):
                if isinstance(v, dict): return {turned(k): turned(w) for k, w in v.items()}
                if isinstance(v, list): return [turned(w) for w in v]
                if not isinstance(v, str) or v.startswith('{"'): return v
                return v.replace("{{", "[[").replace("}}", "]]").replace("{%", "[%").replace("%}", "%]")
            conf = turned(conf)
            conf["_envops"] = {"block_start_string": "[%", "block_end_string": "%]", "variable_start_string": "[[",
                               "variable_end_string": "]]"}
        (t / "copier.yml").write_text(json.dumps(conf, ensure_ascii=False, indent=1))
        def put(name, text, x=False):
            if square:
                for a, b in (("{{", "[["), ("}}", "]]"), ("{%", "[%"), ("%}", "%]")):
                    name, text = name.replace(a, b), text.replace(a, b)
            p = top / name; p.parent.mkdir(parents=True, exist_ok=True)
            p.write_bytes(text.encode()); os.chmod(p, 0o755 if x else 0o644)
        put("{{ _copier_conf.answers_file }}" + suffix, "{{ _copier_answers|to_nice_yaml }}")
        for f in range(rng.randrange(3, 9)):
            folder_ = rng.choice(["", "src/", "{{ name }}/", "{% if flag %}cond{% endif %}/", "skip/", "a/deep/"])
            ext = rng.choice([".txt", ".bak", ".py"])
            put(f"{folder_}f{f}{ext}{rng.choice([suffix, suffix, ''])}", rng.choice(texts), rng.random() < .2)
        if rng.random() < .4: put("{% yield x from items_ %}{{ x }}{% endyield %}/y.txt" + suffix, "{{ x }} {{ name }}\n")
        if rng.random() < .3: put("both.txt", "plain"); put("both.txt" + (suffix or ".x"), "{{ name }}")
        put("top.txt", "{{ not rendered }}" if suffix else "top")
        if rng.random() < .3: (top / "bin.dat").write_bytes(bytes(range(256)))
        (t / "part.txt").write_text("part")
        given = {}
        if rng.random() < .4: given["name"] = rng.choice(["Given", "x y"])
        if rng.random() < .2: given["number"] = rng.choice(["9", "4"])
        error = None
        out = Path(folder, str(number), "project")
        try: copier.run_copy(str(t), str(out), data=given, defaults=True, quiet=True)
        except Exception as e: error = f"{type(e).__name__}: {e}"
        cases.append({"given": given, "error": error})
    Path(folder, "result.json").write_text(json.dumps(cases))
    """#

  @Test("generated templates, byte for byte", arguments: 0..<4)
  func render(seed: Int) throws {
    let folder = try TemporaryFolder()
    let count = 60
    let script = Self.script.replacing("SEED", with: "\(seed)").replacing("COUNT", with: "\(count)")
    let answers = try #require(try Peer.run(script, in: folder).array)
    var same = 0
    for (number, answer) in answers.enumerated() {
      let place = folder.path.appending("\(number)")
      let template = place.appending("template")
      let error = answer["error"]?.string
      do {
        var given = AnswerList()
        for member in answer["given"]?.members ?? [] {
          given[member.key] = ContextValue(member.value)
        }
        var generation = try CopierGeneration(
          template: TemplateCheckout(
            top: template, folder: template, version: .init(commit: nil, name: nil), removed: nil),
          address: template.string, folderName: "project", destination: place.string)
        try generation.ask(last: AnswerList(), given: given, project: nil)
        let result = try CopierTreeRenderer.project(generation).tree
        guard error == nil else {
          Issue.record("\(seed)/\(number): copier fails with \(error ?? "")")
          continue
        }
        let theirs = try RenderedTree(reading: place.appending("project"))
        for path in Set(theirs.paths).union(result.paths).sorted()
        where theirs[path] != result[path] {
          let show = { (file: RenderedFile?) in
            file.map { String(decoding: $0.content.prefix(300), as: UTF8.self) + " \($0.kind)" }
              ?? "nothing"
          }
          Issue.record(
            "\(seed)/\(number) \(path): \(show(result[path])) but copier \(show(theirs[path]))")
        }
        same += 1
      } catch let failure as Failure {
        if error == nil { Issue.record("\(seed)/\(number): \(failure)") }
      }
    }
    #expect(same > count / 2, "\(same) of \(count) render")
  }
}
