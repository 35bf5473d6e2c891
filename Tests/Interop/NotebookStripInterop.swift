import Formats
import Platform
import Support
import SystemPackage
import Testing

/// What `check --fix` takes out of notebooks, beside the real nbstripout.
@Suite("Notebooks as nbstripout leaves them") struct NotebookStripInterop {
  /// Writes 400 notebooks twice, strips one of each, and keeps what came of it.
  private static let writing = #"""
    import json, random, shutil, subprocess, sys
    from pathlib import Path
    rng = random.Random(20261121)
    words = ["plot", "데이터", "a\"b", "tab\t", "\\n", "é", "<div>", "1e5", "", "\u2028"]
    truth = [True, False, 1, 0, "", "yes", None, [], {"a": 1}]
    def text():
        lines = [rng.choice(words) + "\n" for _ in range(rng.randrange(4))]
        return rng.choice([lines, "".join(lines)])
    def output():
        kind = rng.choice(["stream", "display_data", "execute_result", "error"])
        if kind == "stream": return {"output_type": kind, "name": "stdout", "text": text()}
        if kind == "error": return {"output_type": kind, "ename": "E", "evalue": "1", "traceback": [rng.choice(words)]}
        made = {"output_type": kind, "data": {"text/plain": text(), "image/png": "aGk=" * rng.randrange(30)}, "metadata": {}}
        if kind == "execute_result": made["execution_count"] = rng.choice([None, 1, 17])
        return made
    noise = ["collapsed", "ExecuteTime", "execution", "heading_collapsed", "hidden", "scrolled"]
    def metadata():
        made = {}
        for key in rng.sample(noise + ["name", "a.b", "jupyter", "slideshow"], rng.randrange(4)):
            made[key] = rng.choice([True, {"start": "t", "execution": 1}, "x", 3, [1, {}]])
        if rng.random() < .2: made["tags"] = rng.choice([["keep_output"], ["parameters"], [], ["x", "keep_output"]])
        if rng.random() < .15 and "keep_output" not in made.get("tags", []): made["keep_output"] = rng.choice(truth)
        if rng.random() < .1: made["init_cell"] = rng.choice(truth)
        keys = list(made); rng.shuffle(keys)
        return {k: made[k] for k in keys}
    def cell(minor, old):
        kind = rng.choice(["code", "code", "code", "markdown", "raw"])
        made = {"cell_type": kind, "metadata": metadata()}
        made["input" if old and kind == "code" else "source"] = text()
        if kind == "code":
            made["prompt_number" if old else "execution_count"] = rng.choice([None, 1, 2, 40])
            made["outputs"] = [output() for _ in range(rng.choice([0, 0, 1, 1, 2, 5]))]
            if old: made.update(language="python", collapsed=False)
        if minor >= 5: made["id"] = "%08x" % rng.getrandbits(32)
        keys = list(made); rng.shuffle(keys)
        return {k: made[k] for k in keys}
    def notebook():
        old = rng.random() < .1
        minor = 0 if old else rng.randrange(6)
        about = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
        if rng.random() < .3: about["widgets"] = {"state": {"a": [1, 2]}}
        if rng.random() < .2: about["signature"] = "sha256:00"
        if rng.random() < .15: about["keep_output"] = rng.choice(truth)
        cells = [cell(minor, old) for _ in range(rng.randrange(7))]
        made = {"cells": cells, "metadata": about, "nbformat": 3 if old else 4, "nbformat_minor": minor}
        if old: made = {"worksheets": [{"cells": cells, "metadata": {}}], "metadata": about, "nbformat": 3, "nbformat_minor": 0}
        return made
    ours, theirs = Path(folder, "ours"), Path(folder, "theirs")
    ours.mkdir(); theirs.mkdir()
    for number in range(400):
        body = json.dumps(notebook(), indent=rng.choice([None, 1, 1, 1, 2, "\t"]), ensure_ascii=rng.random() < .5,
                          separators=rng.choice([None, (",", ":")]))
        name = f"{number:03}-ab-note.ipynb"
        (ours / name).write_text(body + rng.choice(["", "\n"]), newline="")
    shutil.copytree(ours, theirs, dirs_exist_ok=True)
    shutil.copytree(ours, Path(folder, "before"))
    names = sorted(str(path) for path in theirs.iterdir())
    subprocess.run([Path(sys.executable).with_name("nbstripout"), "--keep-id", *names], check=True, capture_output=True)
    Path(folder, "result.json").write_text("true")
    """#

  /// Tells the names where what they mean differs, and where ours is not the text before with pieces taken out.
  private static let comparing = #"""
    import json, re
    from pathlib import Path
    wrong = []
    token = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s"\[\]{},:]+|\s+|.', re.S)
    def joined(value):
        # nbformat writes texts anew, as lists of lines.
        if isinstance(value, dict): return {key: joined(inner) for key, inner in value.items()}
        if isinstance(value, list):
            if all(isinstance(inner, str) for inner in value): return "".join(value)
            return [joined(inner) for inner in value]
        return value
    for path in sorted(Path(folder, "ours").iterdir()):
        old, new = Path(folder, "before", path.name).read_text(), path.read_text()
        theirs = json.loads(Path(folder, "theirs", path.name).read_text())
        # nbformat forgets it while it reads, and a notebook that is fine otherwise is not written.
        theirs["metadata"].pop("signature", None)
        if joined(json.loads(new)) != joined(theirs):
            wrong.append(path.name + " differs")
        rest = iter(token.findall(old))
        for word in token.findall(new):
            # These stand in the place of what went away.
            if word not in ["null", "[", "]", "{", "}"] and word not in rest:
                wrong.append(path.name + " is written anew at " + word)
                break
    Path(folder, "result.json").write_text(json.dumps(wrong))
    """#

  @Test("the same is left of 400 notebooks, and nothing else is touched") func strip() async throws
  {
    let folder = try TemporaryFolder()
    _ = try Peer.run(Self.writing, in: folder)
    try folder.write("conventions: {select: [nb.outputs, nb.hygiene]}\n", to: "ours/reprise.yml")
    let result = try await Program.run(
      ["check", "--fix", "--no-cache", "--format", "jsonl"],
      in: folder.path.appending("ours"))
    #expect(result.status == 0, "\(result.error)")
    try FileSystem.remove(folder.path.appending("ours/reprise.yml"))
    #expect(try Peer.run(Self.comparing, in: folder) == .array([]))
    // What is clean stays as it is.
    #expect(!result.output.contains("nb.outputs"))
  }
}
