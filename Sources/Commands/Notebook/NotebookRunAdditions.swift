import ArgumentParser

/// What `reprise notebook run` takes beyond papermill.
struct NotebookRunAdditions: ParsableArguments {
  @Flag(help: "Fail for parameters that the notebook does not declare, or of another type.")
  var strictParameters = false

  @Flag(
    help: "Leave out notebooks whose output is there, complete, and of the same cells and values.")
  var resume = false

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Run only the cells with this tag.", valueName: "tag"))
  var only: [String] = []

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Leave out the cells with this tag.", valueName: "tag"))
  var skip: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Stop behind the cell with this tag or id.", valueName: "cell"))
  var until: String?

  @Option(
    name: [.customShort("j", allowingJoined: true), .long], parsing: .unconditional,
    help: ArgumentHelp("Run so many notebooks at a time.", valueName: "count"))
  var jobs = 1

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Run once for each value.", valueName: "name=a,b"))
  var sweep: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Run every notebook that is named, and write them into this folder.", valueName: "folder"))
  var into: String?

  @Flag(help: "Start the kernel from nothing, not from one that is warm.")
  var cold = false

  @Flag(
    name: .customLong("fold-cr"), help: "Keep of lines that are written over what is seen last.")
  var foldsLines = false

  func validate() throws {
    guard jobs > 0 else { throw ValidationError("`-j` takes a number from 1") }
    var swept: [Substring] = []
    for text in sweep {
      guard let sign = text.firstIndex(of: "="), sign != text.startIndex else {
        throw ValidationError("`--sweep` takes name=a,b, and not `\(text)`")
      }
      let name = text[..<sign]
      guard text.index(after: sign) != text.endIndex else {
        throw ValidationError("`--sweep \(text)` has no values")
      }
      guard !swept.contains(name) else {
        throw ValidationError("`\(name)` is swept twice; all its values stand in one `--sweep`")
      }
      swept.append(name)
    }
  }
}
