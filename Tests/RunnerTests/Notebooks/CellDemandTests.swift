import Notebooks
import Testing

@testable import Runner

@Suite("What a cell asks of a test") struct CellDemandTests {
  private func demand(_ tags: [String], _ source: String, isLax: Bool = false) -> CellDemand {
    var cell = NotebookDocument.Cell(.code, id: "a", source: source)
    cell.tags = tags
    return CellDemand(of: cell, comparesOutputs: !isLax)
  }

  @Test(
    "is said by tags, and by comments before these; the last counts",
    arguments: [
      ([], "x = 1", true), (["nbval-ignore-output"], "x", false),
      (["pytest-validate-ignore-output"], "", false),
      (["nbval-ignore-output", "nbval-check-output"], "", true),
      (["nbval-check-output", "nbval-ignore-output"], "", false),
      (["nbval-check-output"], "# NBVAL_IGNORE_OUTPUT", false),
      (["nbval-ignore-output"], "#NBVAL_CHECK_OUTPUT", true),
      ([], "x\n\t ##  NBVAL_IGNORE_OUTPUT \u{A0}\r\ny", false),
      ([], "# NBVAL_IGNORE_OUTPUT\n# NBVAL_CHECK_OUTPUT", true),
      ([], "# PYTEST_VALIDATE_IGNORE_OUTPUT", false),
      // None of these is the word.
      (["NBVAL-IGNORE-OUTPUT", "nbval_ignore_output", "other"], "", true),
      ([], "# nbval_ignore_output", true), ([], "# NBVAL-IGNORE-OUTPUT", true),
      ([], "x = 1  # NBVAL_IGNORE_OUTPUT", true), ([], "# NBVAL_IGNORE_OUTPUT, as ever", true),
      ([], "# RAISES_EXCEPTION", true), ([], "#", true),
    ]) func outputs(tags: [String], source: String, compares: Bool)
  {
    let demand = demand(tags, source)
    #expect(demand.comparesOutputs == compares)
    #expect(!demand.isSkipped && !demand.mayRaise)
  }

  @Test("outputs that nobody asks for are not compared when that is wanted")
  func lax() {
    #expect(!demand([], "x", isLax: true).comparesOutputs)
    #expect(demand(["nbval-check-output"], "x", isLax: true).comparesOutputs)
    #expect(!demand([], "# NBVAL_IGNORE_OUTPUT", isLax: true).comparesOutputs)
  }

  @Test("cells are left out, and may raise")
  func others() {
    for (tags, source) in [
      (["nbval-skip"], ""), (["skip-execution"], ""), ([], "# NBVAL_SKIP"),
    ] { #expect(demand(tags, source).isSkipped && !demand(tags, source).mayRaise) }
    for (tags, source) in [
      (["nbval-raises-exception"], ""), (["raises-exception"], ""),
      ([], "# NBVAL_RAISES_EXCEPTION"),
    ] { #expect(demand(tags, source).mayRaise && !demand(tags, source).isSkipped) }
  }
}
