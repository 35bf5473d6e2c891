import Formats
import Testing

@testable import Runner

@Suite("Comparing notebooks") struct NotebookComparisonTests {
  private func notebook(_ cells: String, metadata: String = "{}") -> String {
    #"{"nbformat":4,"nbformat_minor":5,"metadata":\#(metadata),"cells":[\#(cells)]}"#
  }

  private func code(_ source: String, _ outputs: String, count: Int = 1, id: String = "a") -> String
  {
    #"{"cell_type":"code","id":"\#(id)","metadata":{"t":\#(count)},"execution_count":\#(count),"source":\#(source),"outputs":[\#(outputs)]}"#
  }

  private func stream(_ text: String, _ name: String = "stdout") -> String {
    #"{"output_type":"stream","name":"\#(name)","text":\#(text)}"#
  }

  private func picture(_ value: UInt8, extra: [(String, [UInt8])] = []) -> String {
    let bytes = PictureWriter.png(width: 1, height: 1, rows: [[value, 0, 0]], chunks: extra)
    return
      #"{"output_type":"display_data","metadata":{},"data":{"image/png":"\#(Base64.encode(bytes))\n"}}"#
  }

  @Test("ids, numbers of executions, metadata, times and how outputs were cut are passed over")
  func equal() throws {
    let old = notebook(
      code(#""x = 1""#, stream(#""a 12:03:44\nb""#) + "," + picture(1), count: 1))
    let new = notebook(
      code(
        #"["x = ", "1"]"#,
        stream(#"["a 12:05:01\n"]"#) + "," + stream(#""b""#) + ","
          + picture(1, extra: [("tEXt", [65, 0, 66])]), count: 7, id: "b"),
      metadata: #"{"kernelspec":{}}"#)
    let verdict = try verdict(old, new, named: "n.ipynb")
    #expect(verdict.kind == .equal, "\(verdict)")
    #expect(verdict.reader == "notebook")
  }

  @Test("a difference is named with its cell and output")
  func different() throws {
    let base = code(#""x = 1""#, stream(#""a""#))
    let cases: [(old: String, new: String, detail: String)] = [
      (base, code(#""x = 2""#, stream(#""a""#)), "cell 1, source: line 1: `x = 1` became `x = 2`"),
      (base, code(#""x = 1""#, stream(#""b""#)), "cell 1, output 1: line 1: `a` became `b`"),
      (base, base + "," + base, "1 cells became 2"),
      (base, code(#""x = 1""#, ""), "cell 1: 1 outputs became 0"),
      (
        base, code(#""x = 1""#, stream(#""a""#, "stderr")), "cell 1, output 1: stdout became stderr"
      ),
      (base, code(#""x = 1""#, picture(1)), "cell 1, output 1: stdout became display_data"),
      (
        code("\"\"", picture(1)), code("\"\"", picture(2)),
        "cell 1, output 1, image/png: pixel 0,0: #010000 became #020000"
      ),
      (
        base, #"{"cell_type":"markdown","metadata":{},"source":"x = 1"}"#,
        "cell 1: a code cell became a markdown cell"
      ),
      (
        code("\"\"", #"{"output_type":"display_data","data":{"application/json":{"auc":0.5}}}"#),
        code("\"\"", #"{"output_type":"display_data","data":{"application/json":{"auc":0.6}}}"#),
        "cell 1, output 1, application/json: $.auc: 0.5 became 0.6"
      ),
      (
        code("\"\"", #"{"output_type":"error","ename":"E","evalue":"x","traceback":["a"]}"#),
        code("\"\"", #"{"output_type":"error","ename":"F","evalue":"x","traceback":["a"]}"#),
        "cell 1, output 1, ename: line 1: `E` became `F`"
      ),
    ]
    for (old, new, detail) in cases {
      let verdict = try verdict(notebook(old), notebook(new), named: "n.ipynb")
      #expect(verdict.kind == .different)
      #expect(verdict.detail == detail)
    }
  }

  @Test(
    "what is no notebook of nbformat 4 is compared as JSON",
    arguments: [
      #"{"cells":[]}"#, #"{"nbformat":3,"worksheets":[{"cells":[]}]}"#, "[]",
      #"{"nbformat":4,"cells":7}"#,
    ]) func others(text: String) throws
  {
    let verdict = try verdict(text, text + " ", named: "n.ipynb")
    #expect(verdict.kind == .equal)
    #expect(verdict.reader == "json")
  }

  @Test(
    "cells and outputs of unlikely shapes are no trap",
    arguments: [
      "1", "null", "[]", #""x""#, "{}", #"{"cell_type":7,"source":{},"outputs":3}"#,
      #"{"cell_type":"code","outputs":[1,null,{},{"output_type":"stream","text":[1]}]}"#,
      #"{"cell_type":"code","outputs":[{"output_type":"display_data","data":[]}]}"#,
      #"{"cell_type":"code","outputs":[{"output_type":"display_data","data":{"image/png":3,"x/json":[]}}]}"#,
    ]) func hostile(cell: String) throws
  {
    let verdict = try verdict(notebook(cell), notebook(code("\"\"", "")), named: "n.ipynb")
    #expect(verdict.reader == "notebook")
  }
}
