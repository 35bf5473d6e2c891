import Formats
import Notebooks
import Support
import Testing

/// Notebooks stripped with every option of nbstripout, beside the real one.
@Suite("Notebooks stripped with options") struct NotebookOptionsInterop {
  /// Makes 900 notebooks with options each, and what nbstripout leaves of them.
  private static let making = #"""
    import io, json, logging, random, warnings
    from argparse import Namespace
    from pathlib import Path
    import nbformat
    from nbstripout._nbstripout import process_jupyter_notebook
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    rng = random.Random(20261122)
    words = ["plot", "데이터", 'a"b', "tab\t", "\\n", "é", "<div>", "", "😀", " ", "\x1f", "keep_output"]
    truth = [True, False, 1, 0, "", "yes", None, [], {"a": 1}, 0.0, 1.5]
    numbers = [1, 1.5, 1e20, 1e16, -0.0, True, None, 12345678901234567890123, [1, "x"]]
    def text():
        lines = [rng.choice(words) + "\n" for _ in range(rng.randrange(4))]
        return rng.choice([lines, "".join(lines), "", " \n\t"])
    def output():
        kind = rng.choice(["stream", "display_data", "execute_result", "error"])
        if kind == "stream":
            return {"output_type": kind, "name": rng.choice(["stdout", "stderr"]), "text": text()}
        if kind == "error":
            return {"output_type": kind, "ename": "E", "evalue": "1", "traceback": [rng.choice(words)]}
        made = {"output_type": kind, "metadata": {},
                "data": {"text/plain": text(), "image/png": "aGk=" * rng.randrange(30)}}
        if rng.random() < .3: made["data"]["application/json"] = {"a": rng.choice(numbers)}
        if rng.random() < .3: made["metadata"] = {"width": rng.choice([3, 1.25])}
        if kind == "execute_result": made["execution_count"] = rng.choice([None, 1, 17])
        return made
    noise = ["collapsed", "ExecuteTime", "execution", "heading_collapsed", "hidden", "scrolled"]
    values = [True, {"start": "t", "b": 2}, "x", 3, [1, {}], {"b": {"c": 1, "d.e": 2}}, {"b": 1}]
    def metadata():
        made = {}
        for key in rng.sample(noise + ["name", "a.b", "a", "jupyter", "trusted"], rng.randrange(5)):
            made[key] = rng.choice(values)
        if rng.random() < .3:
            made["tags"] = rng.choice([["keep_output"], ["parameters"], [], ["x", "keep_output"], ["x", "y"]])
        if rng.random() < .15 and "keep_output" not in made.get("tags", []):
            made["keep_output"] = rng.choice(truth)
        if rng.random() < .1: made["init_cell"] = rng.choice(truth)
        return made
    def cell(minor):
        kind = rng.choice(["code", "code", "code", "markdown", "raw"])
        made = {"cell_type": kind, "metadata": metadata(), "source": text()}
        if kind == "code":
            made["execution_count"] = rng.choice([None, 1, 2, 40])
            made["outputs"] = [output() for _ in range(rng.choice([0, 0, 1, 1, 2, 5]))]
        elif rng.random() < .2: made["attachments"] = {"a.png": {"image/png": "aGk="}}
        if minor >= 5: made["id"] = "%08x" % rng.getrandbits(32)
        return made
    def notebook():
        minor = rng.randrange(6)
        about = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
        if rng.random() < .3: about["widgets"] = {"state": {"a": [1, 2]}}
        if rng.random() < .2: about["signature"] = "sha256:00"
        if rng.random() < .15: about["keep_output"] = rng.choice(truth)
        if rng.random() < .2: about["a"] = rng.choice([{"b": 1}, {"b": {"c": 1}, "d": 2}])
        cells = [cell(minor) for _ in range(rng.randrange(7))]
        return {"cells": cells, "metadata": about, "nbformat": 4, "nbformat_minor": minor}
    def options():
        made = {}
        def may(part, key, *choices):
            if rng.random() < part: made[key] = rng.choice(choices)
        may(.2, "output", True); may(.3, "count", True); may(.5, "id", True)
        may(.25, "empty", True); may(.25, "init", True)
        may(.25, "tags", ["x"], ["parameters"], ["keep_output"])
        may(.25, "drop", ["stream"], ["stream:stderr", "error"], ["display_data"])
        may(.25, "keep", ["stream"], ["stream:stderr", "error"], ["execute_result"])
        may(.3, "size", 5, 10, 30, 50, 100, 1000)
        may(.3, "extra", ["metadata.kernelspec"], ["metadata.a.b", "cell.metadata.a.b"],
            ["cell.metadata.a.b.c", "cell.metadata.a.b.d.e"], ["cell.attachments"],
            ["metadata.kernelspec.name", "metadata.kernelspec.display_name", "cell.metadata.tags"])
        may(.2, "kept", ["cell.metadata.scrolled", "metadata.widgets"], ["cell.metadata.collapsed"])
        return made
    usual = ["metadata.signature", "metadata.widgets", "cell.metadata.collapsed",
             "cell.metadata.ExecuteTime", "cell.metadata.execution", "cell.metadata.heading_collapsed",
             "cell.metadata.hidden", "cell.metadata.scrolled"]
    result = []
    for _ in range(900):
        body = nbformat.writes(nbformat.from_dict(notebook())).rstrip("\n") + "\n"
        chosen = options()
        out = io.StringIO()
        given = Namespace(
            keep_output=chosen.get("output"), keep_count=chosen.get("count", False),
            keep_id=chosen.get("id", False), drop_empty_cells=chosen.get("empty", False),
            drop_tagged_cells=" ".join(chosen.get("tags", [])),
            strip_init_cells=chosen.get("init", False), drop_output_type=chosen.get("drop", []),
            keep_output_type=chosen.get("keep", []), max_size=str(chosen.get("size", 0)), dry_run=False)
        keys = [key for key in usual + chosen.get("extra", []) if key not in chosen.get("kept", [])]
        made = {"source": body, "options": chosen, "keys": keys}
        try:
            made["changed"] = process_jupyter_notebook(io.StringIO(body), out, given, keys)
            made["text"] = out.getvalue()
        except Exception as error:
            made["error"] = str(error)
        result.append(made)
    Path(folder, "result.json").write_text(json.dumps(result))
    """#

  @Test("900 notebooks become the same bytes") func strip() throws {
    let cases = try Peer.run(Self.making, in: TemporaryFolder()).array ?? []
    try #require(cases.count == 900)
    var wrong: [Int] = []
    for (number, made) in cases.enumerated() {
      let options = try options(made)
      let source = Array((made["source"]?.string ?? "").utf8)
      let ours = try? StrippedNotebook(source, options)
      let isSame =
        made["error"] == nil
        ? ours.map { Array((made["text"]?.string ?? "").utf8) == $0.bytes } == true
          && ours?.isChanged == made["changed"]?.bool
        : ours == nil
      if !isSame { wrong.append(number) }
    }
    #expect(wrong == [])
  }

  private func options(_ made: JSONValue) throws -> StripOptions {
    let chosen = made["options"]
    func words(_ key: String, _ value: JSONValue?) -> [String] {
      value?[key]?.array?.compactMap(\.string) ?? []
    }
    var options = StripOptions()
    options.keepsOutput = chosen?["output"]?.bool
    options.keepsCount = chosen?["count"]?.bool ?? false
    options.keepsIDs = chosen?["id"]?.bool ?? false
    options.dropsEmptyCells = chosen?["empty"]?.bool ?? false
    options.stripsInitialCells = chosen?["init"]?.bool ?? false
    options.droppedTags = words("tags", chosen)
    options.droppedOutputs = try words("drop", chosen).map(OutputKind.init)
    options.keptOutputs = try words("keep", chosen).map(OutputKind.init)
    options.largestKept = Int(chosen?["size"]?.int ?? 0)
    options.keys = words("keys", made).compactMap { MetadataKey($0) }
    return options
  }
}
