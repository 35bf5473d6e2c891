/// The Python that prepares notebooks with papermill, and lists their parameters.
enum NotebookPapermillPeer {
  /// Writes `N.ipynb` and `N.want`; the result is a list of `{"yaml", "kernel", "language", "report", "want", "help"}`:
  /// whether papermill wrote something, and what `--help-notebook` prints behind the usage, or null.
  static let script = #"""
    import io, json, logging, random, re, sys, types
    import nbformat, yaml
    from contextlib import redirect_stdout
    import papermill.inspection as inspection
    from papermill.execute import execute_notebook
    from papermill.iorw import NoDatesSafeLoader
    logging.disable(logging.CRITICAL)
    r = random.Random(20261122)
    # black writes Python anew where somebody has it; it is no part of what papermill does.
    sys.modules["black"] = None
    words = ["x = 1", "é", "데이터", "print('a')", "\u2028", "", "# c", "<b>"]
    def text(): return "".join(r.choice(words) + r.choice(["\n", "\n", "\r\n", ""]) for _ in range(r.randint(0, 4)))
    definitions = ["alpha = 0.1", "n: int = 3  # how many", "name = 'x'  # type: str the name", "flag=True", "", "# c",
                   "layers = [1,", "  2]", "a = b = 1", "long_name_of_it: List[int] = [1, 2, 3]  # help for it", "d = {'a': 1}"]
    kernels = [{}, {"name": "python3", "display_name": "P"}, {"name": "python3", "display_name": "P", "language": "python"},
               {"name": "ir", "display_name": "R", "language": "R"}, {"name": "sparkkernel", "display_name": "S", "language": "x"}]
    def cell(number):
        kind = r.choice(["code", "code", "code", "markdown", "raw"])
        made = {"cell_type": kind, "id": f"c{number}", "metadata": {}, "source": text()}
        if r.random() < .5: made["metadata"]["tags"] = [r.choice(["x", "y", "skip-execution"])]
        # Where a cell has `jupyter`, papermill's report mode throws away what else is in it; we do not.
        if r.random() < .2: made["metadata"]["collapsed"] = True
        if r.random() < .2: made["metadata"]["papermill"] = {"status": "completed", "duration": 1.5}
        if kind == "code":
            made.update(execution_count=r.choice([None, 3]), outputs=[])
            if r.random() < .4: made["outputs"] = [{"output_type": "stream", "name": "stdout", "text": text()}]
        return made
    def notebook():
        cells = [cell(number) for number in range(r.randint(0, 5))]
        for tag, chance in [("parameters", .6), ("injected-parameters", .3), ("papermill-error-cell-tag", .3), ("parameters", .1)]:
            if r.random() < chance:
                made = {"cell_type": "code" if "papermill" not in tag else "markdown", "id": f"t{len(cells)}-{tag}",
                        "metadata": {"tags": ["x", tag]}, "source": "\n".join(r.choice(definitions) for _ in range(r.randint(0, 6)))}
                if made["cell_type"] == "code": made.update(execution_count=None, outputs=[])
                cells.insert(r.randint(0, len(cells)), made)
        metadata = {}
        if r.random() < .8: metadata["kernelspec"] = r.choice(kernels)
        if r.random() < .6: metadata["language_info"] = {"name": r.choice(["python", "python", "R", "julia", "klingon"])}
        if r.random() < .3: metadata["papermill"] = {"parameters": {"old": 1}, "version": "1.0", "duration": 3}
        return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    values = [1, 0.5, True, None, "text", "é\n\"", [1, "a", None], {"k": [1.5], "é": None}, 2**70, float("inf"), -3]
    cases = []
    for number in range(400):
        path = f"{folder}/{number}.ipynb"
        made = notebook()
        with open(path, "w") as file: json.dump(made, file)
        given = {r.choice(["alpha", "n", "name", "extra", "_x"]): r.choice(values) for _ in range(r.choice([0, 1, 1, 2, 3]))}
        case = {"yaml": yaml.safe_dump(given, sort_keys=False), "report": r.random() < .3,
                "kernel": r.choice([None, None, None, "python3", "julia"]), "language": r.choice([None, None, None, "python", "bash"])}
        parameters = yaml.load(case["yaml"], Loader=NoDatesSafeLoader)
        try:
            before = {c["id"] for c in made["cells"]}
            read = execute_notebook(path, f"{folder}/{number}.out", parameters=parameters, prepare_only=True, report_mode=case["report"],
                                    kernel_name=case["kernel"], language=case["language"], progress_bar=False)
            wanted = open(f"{folder}/{number}.out").read() + "\n"
            case["want"] = True
            for c in read.cells:
                if c.id not in before: wanted = wanted.replace(f'"id": "{c.id}"', '"id": "MADE"')
            with open(f"{folder}/{number}.want", "w", newline="") as file: file.write(wanted)
        except Exception as error:
            case["want"] = False
            case["error"] = repr(error)
        said = io.StringIO()
        context = types.SimpleNamespace(command=types.SimpleNamespace(get_usage=lambda ctx: "usage"))
        try:
            with redirect_stdout(said): status = inspection.display_notebook_help(context, path, {})
            case["help"] = [status, said.getvalue()]
        except Exception:
            case["help"] = None
        cases.append(case)
    json.dump(cases, open(folder + "/result.json", "w"))
    """#
}
