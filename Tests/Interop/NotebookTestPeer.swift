/// Notebooks with all sorts of outputs, stored ones changed in all sorts of ways, and what nbval says of every cell.
enum NotebookTestPeer {
  /// Python source; `COUNT` and `SEED` are defined before it. It writes the notebooks, and gives what was done to their cells
  /// and nbval's verdicts in three modes.
  static let script = #"""
    import base64, copy, json, os, random, re, struct, subprocess, sys, zlib
    import nbformat
    from nbformat.v4 import new_notebook, new_code_cell, new_markdown_cell
    from nbclient import NotebookClient

    PATTERNS = r"""
    [numbers]
    regex: \d+\.\d+
    replace: FLOAT

    [ids]
    regex: ([0-9a-f]{8})-[0-9a-f-]{27}
    replace: UUID

    [addresses]
    regex: 0x[0-9a-f]+
    replace: ADDRESS

    [letters]
    regex: (?i)(al)(pha)
    replace: \2\1

    regex: ^'
    replace: "
    """

    def png(value):
        def chunk(kind, data):
            return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0))
                + chunk(b"IDAT", zlib.compress((b"\0" + bytes([value, 2, 3]) * 2) * 2)) + chunk(b"IEND", b""))

    # A name, which says what a difference of verdicts may come from, and the code.
    TEMPLATES = [
        ("text", "print('alpha beta')"),
        ("text", "for i in range(5): print('line', i)"),
        ("text", "print('no end', end='')"),
        ("text", "print('한국어 é ☃')"),
        ("text", "import sys\nprint('to errors', file=sys.stderr)"),
        ("text", "import sys\nprint('out')\nprint('err', file=sys.stderr)\nprint('out again')"),
        ("text", "import sys\nfor i in range(4):\n    print(f'\\r{i} of 4', end='')\nprint()"),
        ("text", "'a value'"), ("text", "[1, 2, {'a': (3, 4)}]"), ("text", "'tail\\n  of text'"),
        ("nothing", "x = 1"), ("nothing", ""), ("nothing", "# only a comment"), ("nothing", "None"),
        ("number", "0.1 + 0.7"), ("number", "print('loss', 1 / 3)"), ("number", "{'auc': 2 / 3, 'n': 10}"),
        ("number", "12345"),
        ("forms", "class H:\n    def _repr_html_(self): return '<b>bold</b>'\n    def __repr__(self): return 'plain'\nH()"),
        ("forms", "from IPython.display import Latex, display\ndisplay(Latex('$x^2$'))"),
        ("forms", "from IPython.display import Markdown\nMarkdown('*hi*')"),
        ("forms", "from IPython.display import JSON\nJSON({'a': [1, 2.5, 'b']})"),
        ("forms", "from IPython.display import SVG\nSVG('<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"4\"/>')"),
        ("displays", "display('shown')\nprint('behind')"),
        ("displays", "display('one')\ndisplay('two')\n'three'"),
        ("displays", "print('before')\ndisplay('shown')\nprint('behind')"),
        ("unlike", "display({'text/html': '<i>a</i>'}, raw=True)\ndisplay({'text/markdown': '*a*'}, raw=True)"),
        ("picture", "import base64\nfrom IPython.display import Image\n"
            "Image(data=base64.b64decode('%s'))" % base64.b64encode(png(9)).decode()),
        ("updated", "h = display('first', display_id='d')\nh.update('second')"),
        ("cleared", "from IPython.display import clear_output\nprint('gone')\nclear_output()\nprint('stays')"),
        ("time", "import datetime\nprint('at', datetime.datetime.now().isoformat())"),
        ("address", "object()"), ("address", "print(lambda: 0)"),
        ("id", "import uuid\nprint(uuid.uuid4())"),
        ("random", "import random\nprint('draw', random.SystemRandom().random())"),
        ("error", "raise ValueError('wrong')"), ("error", "undefined_name"), ("error", "print('first')\n1 / 0"),
        ("error", "def ("), ("error", "assert False, 'never'"), ("error", "import sys\nsys.exit(0)"),
        ("error", "class Own(Exception): pass\nraise Own('own', 3)"), ("error", "raise KeyboardInterrupt"),
    ]
    MARKERS = [
        ("", [], ""), ("ignore", ["nbval-ignore-output"], ""), ("ignore", [], "# NBVAL_IGNORE_OUTPUT\n"),
        ("ignore", ["pytest-validate-ignore-output"], ""), ("ignore", [], "  ## PYTEST_VALIDATE_IGNORE_OUTPUT\n"),
        ("check", ["nbval-check-output"], ""), ("check", [], "#NBVAL_CHECK_OUTPUT\n"),
        ("raises", ["raises-exception"], ""), ("raises", ["nbval-raises-exception"], ""),
        ("raises", [], "# NBVAL_RAISES_EXCEPTION\n"),
        ("skip", ["nbval-skip"], ""), ("skip", [], "# NBVAL_SKIP\n"),
        ("skip-execution", ["skip-execution"], ""), ("ignore", ["nbval-check-output", "nbval-ignore-output"], ""),
        ("check", ["nbval-ignore-output"], "# NBVAL_CHECK_OUTPUT\n"),
        ("ignore", ["nbval-check-output"], "# NBVAL_IGNORE_OUTPUT\n"),
        ("", ["other"], "# nbval_ignore_output\n"), ("", [], "x = 3  # NBVAL_SKIP\n"),
        ("raises ignore", ["raises-exception", "nbval-ignore-output"], ""), ("", ["NBVAL-SKIP", "parameters"], ""),
    ]

    def text_of(output):
        """Where a text of an output stands: its holder and key."""
        if output.output_type == "stream": return output, "text"
        if output.output_type == "error": return output, "evalue"
        for key in ("text/plain", "text/html", "text/markdown"):
            if key in output.data: return output.data, key

    def tiny(text):
        """The first number with a point, changed in its last places."""
        match = re.search(r"\d\.\d{10,}", text)
        if not match: return None
        value = float(match.group())
        return text[:match.start()] + repr(value * (1 + 1e-12)) + text[match.end():]

    def mutate(name, cell, rng):
        """Changes what is stored; says whether it could."""
        outputs = cell.outputs
        if name == "none": return True
        if name == "clean": cell.execution_count = None; cell.outputs = []; return True
        if name == "clear": cell.outputs = []; return bool(outputs)
        if name == "extra":
            outputs.append(nbformat.v4.new_output("stream", name="stdout", text="more\n")); return True
        if name == "extra-display":
            outputs.append(nbformat.v4.new_output("display_data", data={"text/plain": "'more'"})); return True
        if not outputs: return False
        if name == "uncounted": cell.execution_count = None; return True
        if name == "drop": outputs.pop(rng.randrange(len(outputs))); return True
        if name == "count":
            cell.execution_count += 40
            for output in outputs:
                if output.output_type == "execute_result": output.execution_count = 99
            return True
        if name == "rename":
            streams = [o for o in outputs if o.output_type == "stream"]
            if not streams: return False
            streams[0].name = "stderr" if streams[0].name == "stdout" else "stdout"
            return len(streams) == 1
        if name == "split":
            streams = [o for o in outputs if o.output_type == "stream" and len(o.text) > 1]
            if not streams or len(outputs) > 1: return False
            half = copy.deepcopy(streams[0]); middle = len(half.text) // 2
            half.text, streams[0].text = half.text[middle:], half.text[:middle]
            outputs.insert(outputs.index(streams[0]) + 1, half); return True
        if name == "reorder":
            # One that changes no text when it is put together.
            names = [output.get("name") or str(output.get("data", {}).keys()) for output in outputs]
            outputs.reverse()
            return len(set(names)) == len(names) > 1
        output = rng.choice(outputs)
        if name == "retype":
            if output.output_type == "execute_result":
                output.output_type = "display_data"
                output.pop("execution_count")
            elif output.output_type == "display_data":
                output.output_type = "execute_result"
                output["execution_count"] = cell.execution_count
            else: return False
            return True
        if name == "metadata":
            if "metadata" not in output: return False
            output.metadata["isolated"] = True; return True
        if name == "traceback":
            if output.output_type != "error": return False
            output.traceback = ["another"]; return True
        if name == "ename":
            if output.output_type != "error": return False
            output.ename = "OtherError"; return True
        if name == "form-less":
            if len(output.get("data", {})) < 2: return False
            output.data.pop(sorted(output.data)[0]); return True
        if name == "form-more":
            if "data" not in output: return False
            output.data["text/csv"] = "a,b"; return True
        if name == "picture":
            if "image/png" not in output.get("data", {}): return False
            output.data["image/png"] = base64.b64encode(png(200)).decode(); return True
        place = text_of(output)
        if place is None: return False
        holder, key = place
        text = holder[key]
        if name == "letter":
            letters = [i for i, c in enumerate(text) if c.isalpha()]
            if not letters: return False
            at = rng.choice(letters)
            holder[key] = text[:at] + ("q" if text[at] != "q" else "w") + text[at + 1:]
            return True
        if name == "tiny":
            changed = tiny(text)
            if changed is None or changed == text: return False
            holder[key] = changed; return True
        if name == "end":
            if output.output_type != "stream": return False
            holder[key] = text[:-1] if text.endswith("\n") else text + "\n"; return True
        if name == "space":
            holder[key] = text + " "; return not text.endswith("\n")
        if name == "line":
            holder[key] = "a line before\n" + text; return True
        raise ValueError(name)

    MUTATIONS = ["none"] * 8 + (
        "clean clear extra extra-display uncounted drop count rename split reorder retype metadata traceback ename "
        "form-less form-more picture picture letter letter tiny tiny end space line").split()

    # Of every reason for another verdict one cell at least: kind, marker, mutation.
    MUST = [
        ("picture", "", "picture"), ("unlike", "", "reorder"), ("number", "", "tiny"), ("text", "", "end"),
        ("time", "", "none"), ("address", "", "none"), ("id", "", "none"), ("error", "", "none"),
        ("error", "raises", "none"), ("error", "", "ename"),
        ("cleared", "", "none"), ("updated", "", "none"), ("text", "", "uncounted"), ("text", "skip-execution", "none"),
        ("text", "", "clean"), ("displays", "", "retype"), ("displays", "", "reorder"), ("text", "check", "letter"),
        ("picture", "check", "none"), ("error", "raises", "letter"), ("text", "ignore", "letter"), ("random", "", "none"),
    ]

    facts = {}
    for seed in range(COUNT):
        rng = random.Random(SEED * 10007 + seed)
        book = new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})
        plans = []
        must = MUST[seed * 6:seed * 6 + 6]
        for number in range(len(must) or rng.randint(3, 8)):
            if rng.random() < 0.2: book.cells.append(new_markdown_cell("text"))
            kind, source = rng.choice(TEMPLATES)
            marker, tags, comment = MARKERS[0] if rng.random() < 0.6 else rng.choice(MARKERS)
            if must:
                kind, source = next(t for t in TEMPLATES if t[0] == must[number][0])
                marker, tags, comment = next(m for m in MARKERS if m[0] == must[number][1])
            if source == "def (": comment = ""
            cell = new_code_cell(comment + source)
            if tags: cell.metadata["tags"] = tags
            book.cells.append(cell)
            plans.append([kind, marker, cell, must[number][2] if must else None])
        path = f"{folder}/{seed}.ipynb"
        bare = copy.deepcopy(book)
        for cell in bare.cells: cell.metadata.pop("tags", None)
        NotebookClient(bare, timeout=60, allow_errors=True, resources={"metadata": {"path": folder}}).execute()
        by_id = {cell.id: cell for cell in bare.cells}
        known = []
        for kind, marker, cell, wanted in plans:
            done = by_id[cell.id]
            cell.outputs, cell.execution_count = done.outputs, done.execution_count
            saved = copy.deepcopy(cell)
            for _ in range(20):
                name = wanted or rng.choice(MUTATIONS)
                if mutate(name, cell, rng): break
                cell.outputs, cell.execution_count = copy.deepcopy(saved.outputs), saved.execution_count
                if wanted: raise ValueError(f"{kind} cannot be changed by {name}")
                name = "none"
            known.append({"kind": kind, "marker": marker, "mutation": name, "source": cell.source})
        nbformat.write(book, path)
        facts[str(seed)] = known
    open(f"{folder}/conftest.py", "w").write('''
    import json, os
    results = {}
    def pytest_runtest_logreport(report):
        # Of a cell that is skipped there is only the word of its set-up.
        if report.when == "call" or report.outcome != "passed":
            skipped = report.outcome == "skipped" or hasattr(report, "wasxfail")
            results[report.nodeid] = "skipped" if skipped else report.outcome
    def pytest_sessionfinish(session): json.dump(results, open(os.environ["VERDICTS"], "w"))
    ''')
    open(f"{folder}/patterns.cfg", "w").write(PATTERNS)
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir=.", "."]
    modes = {"strict": ["--nbval"], "lax": ["--nbval-lax"], "clean": ["--nbval", "--nbval-sanitize-with", "patterns.cfg"]}
    answer = {"facts": facts}
    for mode, options in modes.items():
        target = f"{folder}/{mode}.verdicts"
        said = subprocess.run(
            words + options, cwd=folder, env={**os.environ, "VERDICTS": target}, capture_output=True, text=True)
        if not os.path.exists(target): sys.exit(said.stdout + said.stderr)
        answer[mode] = json.load(open(target))
    json.dump(answer, open(f"{folder}/result.json", "w"))
    """#
}
