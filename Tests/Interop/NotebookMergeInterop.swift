import Formats
import Notebooks
import Support
import Testing

/// Three-way merges, beside the real nbdime.
@Suite("Notebooks merged as nbmerge does") struct NotebookMergeInterop {
  /// Makes 500 notebooks, two changed ones of each, and what nbmerge makes of them.
  private static let making = #"""
    import copy, json, logging, random, warnings
    from pathlib import Path
    import nbformat
    from nbdime.merging.notebooks import merge_notebooks
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    rng = random.Random(20261122)
    W=["alpha","beta","gamma","delta","x = 1","import os","print(df.head())","plt.plot(x, y)","한국어","model.fit(X, y)","for i in range(10):","    total += i","return value","# comment line","score = evaluate(model)"]
    def line(): return rng.choice(W)+" "+str(rng.randrange(1000))
    def out():
        k=rng.random()
        if k<.5: return {"output_type":"stream","name":"stdout","text":line()+"\n"}
        return {"output_type":"execute_result","data":{"text/plain":line()},"metadata":{},"execution_count":rng.randrange(1,9)}
    def cell():
        n=rng.randrange(1,6); src="\n".join(line() for _ in range(n))
        if rng.random()<.7: return {"cell_type":"code","id":"c%07x"%rng.getrandbits(28),"metadata":{"tags":["t"]} if rng.random()<.2 else {},"source":src,"outputs":[out() for _ in range(rng.choice([0,0,1,2]))],"execution_count":rng.choice([None,1,2])}
        return {"cell_type":"markdown","id":"m%07x"%rng.getrandbits(28),"metadata":{},"source":src}
    def nb(): return {"cells":[cell() for _ in range(rng.randrange(1,8))],"metadata":{"kernelspec":{"name":"python3","display_name":"Python 3"},"language_info":{"name":"python","version":"3.11"}},"nbformat":4,"nbformat_minor":5}
    def edit(b):
        n=copy.deepcopy(b)
        for _ in range(rng.choice([0,1,1,2,3])):
            k=rng.random(); c=n["cells"]
            if k<.45 and c:
                x=rng.choice(c); ls=x["source"].split("\n"); i=rng.randrange(len(ls))
                r=rng.random()
                if r<.4: ls[i]=line()
                elif r<.7: ls.insert(rng.randrange(len(ls)+1),line())
                elif len(ls)>1: ls.pop(i)
                x["source"]="\n".join(ls)
            elif k<.6: c.insert(rng.randrange(len(c)+1),cell())
            elif k<.7 and len(c)>1: c.pop(rng.randrange(len(c)))
            elif k<.8 and c:
                x=rng.choice(c); x["metadata"][rng.choice(["a","b","tags"])]=rng.choice([1,2,"x",["p"]]) 
                if not isinstance(x["metadata"].get("tags",[]),list): x["metadata"]["tags"]=["q"]
            elif k<.95 and c:
                x=rng.choice(c)
                if x["cell_type"]=="code": x["outputs"]=[out() for _ in range(rng.choice([0,1,2]))]; x["execution_count"]=rng.randrange(1,20)
            else: n["metadata"][rng.choice(["k","l"])]=rng.choice(["x",1])
        return n
    def write(made): return json.dumps(made, indent=1, sort_keys=True) + "\n"
    result = []
    for number in range(500):
        base = nb()
        sides = [base, edit(base), edit(base)]
        merged, decisions = merge_notebooks(*[nbformat.from_dict(copy.deepcopy(side)) for side in sides])
        result.append({
            "sides": [write(side) for side in sides], "merged": nbformat.writes(merged),
            "conflict": any(decision.conflict for decision in decisions)})
    Path(folder, "result.json").write_text(json.dumps(result))
    """#

  @Test("500 merges: the same where nbmerge has no conflict, and a notebook in any case")
  func merge() throws {
    let cases = try Peer.run(Self.making, in: TemporaryFolder()).array ?? []
    try #require(cases.count == 500)
    var different: [Int] = []
    var conflicts: [Int] = []
    var agreed = 0
    for (number, made) in cases.enumerated() {
      let sides = try (made["sides"]?.array ?? []).map {
        try NotebookSide(parsing: Array(($0.string ?? "").utf8))
      }
      try #require(sides.count == 3)
      let merge = NotebookMerge(base: sides[0], ours: sides[1], theirs: sides[2])
      #expect(throws: Never.self) { try NotebookDocument(parsing: merge.utf8()) }
      guard made["conflict"]?.bool == false else { continue }
      if !merge.conflicts.isEmpty { conflicts.append(number) }
      let theirs = try NotebookDocument(parsing: Array((made["merged"]?.string ?? "").utf8))
      // nbmerge puts outputs together line by line that no run has shown; ours are taken away then.
      let isTaken = zip(merge.document.cells, theirs.cells).contains {
        $0.outputs.isEmpty && !$1.outputs.isEmpty
      }
      if comparable(merge.document, isTaken) == comparable(theirs, isTaken) {
        agreed += 1
      } else {
        different.append(number)
      }
    }
    #expect(different == [])
    #expect(conflicts == [])
    #expect(agreed > 350)
  }

  /// Without ids, counts, and outputs where they are not to be compared.
  private func comparable(_ notebook: NotebookDocument, _ leavesOutputs: Bool) -> NotebookDocument {
    var notebook = notebook
    for index in notebook.cells.indices {
      notebook.cells[index].id = "x"
      notebook.cells[index].executionCountValue = nil
      notebook.cells[index].outputs =
        leavesOutputs
        ? []
        : notebook.cells[index].outputs.map { output in
          var output = output
          output["execution_count"] = nil
          return output
        }
    }
    return notebook
  }
}
