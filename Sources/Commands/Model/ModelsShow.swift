import ArgumentParser
import Formats
import Learning
import Platform
import SystemPackage

/// `reprise models show`: what a model consists of.
struct ModelsShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show what a model consists of: columns, trees, importances.",
    discussion: """
      Importances are mean gains of the splits by each column; where a file has none, how often it is \
      asked for. Those of forests are shares of the decrease of impurity.

        reprise models show latest
        reprise models show model.json --importance weight
        reprise models show latest --tree 0 --svg tree.svg
      """)

  @Argument(help: "The model: a file, a folder of MLflow's, or the run that trained it.")
  var model: String

  @Option(
    help: ArgumentHelp(
      "How columns are compared: gain, total_gain, weight, cover or total_cover.",
      valueName: "kind"))
  var importance: String?

  @Option(help: ArgumentHelp("Draw this tree, counted from 0.", valueName: "number"))
  var tree: Int?

  @Option(help: ArgumentHelp("The file for the picture of the tree.", valueName: "file"))
  var svg: String?

  @Option(help: ArgumentHelp("Levels of the tree to draw.", valueName: "number"))
  var depth: Int?

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard (tree == nil) == (svg == nil) else {
      throw ValidationError("--tree and --svg go together: `--tree 0 --svg tree.svg`")
    }
    guard depth == nil || tree != nil else { throw ValidationError("--depth is for --tree") }
    guard depth ?? 1 > 0 else { throw ValidationError("--depth is at least 1") }
  }

  func run() async throws {
    let place = try Place(global)
    let path = try ModelReference.path(of: model, in: place)
    let read = try ModelFile.read(path)
    if let tree, let svg { return try draw(read, tree, svg, place) }
    if importance != nil, !(read is BoostedTableModel) {
      throw Failure(
        .usage, "`--importance` is for boosted trees, and the model is of the kind `\(read.kind)`",
        hint: "leave it out")
    }
    let page = ModelPage(model: read, importance: try kind, console: global.console)
    global.console.show(page.json) { page.text }
  }

  private var kind: BoostedModel.Importance? {
    get throws {
      guard let importance else { return nil }
      guard let kind = BoostedModel.Importance(rawValue: importance) else {
        let known = BoostedModel.Importance.allCases.map(\.rawValue)
        throw Failure(
          .usage, "there is no importance `\(importance)`",
          hint: "there are: \(known.joined(separator: ", "))")
      }
      return kind
    }
  }

  private func draw(_ model: any Model, _ tree: Int, _ file: String, _ place: Place) throws {
    guard let boosted = model as? BoostedTableModel else {
      guard model is ForestModel else {
        throw Failure(.unsupported, "a model of the kind `\(model.kind)` has no trees")
      }
      throw Failure(
        .unsupported, "trees of a forest are drawn from its ONNX file, one for each class",
        hint: "`reprise models convert MODEL forest.onnx`, then show that file")
    }
    let picture = try TreePicture(boosted.model, tree: tree, depth: depth)
    try FileSystem.write(
      picture.svg, to: FileSystem.absolute(FilePath(file), in: place.folder))
    let hidden = picture.hiddenLeaves
    let note =
      hidden > 0 ? "; \(hidden) leaves are deeper than it shows, see `--depth`" : ""
    global.console.note("wrote tree \(tree) to \(file)\(note)")
  }
}
