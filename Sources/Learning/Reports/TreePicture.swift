import Formats
import Platform

/// A tree of a boosted model as an SVG picture.
///
/// Boxes with a question have two lines, what is asked and how much it gained of how many rows; the
/// answer that sends a row up is yes, and the one that missing values follow has a `?`. Leaves are
/// coloured by what they add: blue lowers the margin, red raises it, the stronger the more. Lines are
/// as thick as many rows pass them.
package struct TreePicture {
  private let tree: DecisionTree
  private let model: BoostedModel
  private let index: Int
  private let layout: TreeLayout
  private let largest: Double

  private static let box = (width: 190.0, height: 40.0)
  private static let leaf = (width: 118.0, height: 30.0)
  private static let step = (column: 250.0, row: 48.0)
  private static let margin = (side: 20.0, top: 64.0, bottom: 20.0)

  /// - Parameters:
  ///   - index: the tree's place among the model's, from 0.
  ///   - depth: levels to show; nil takes as many as end in 40 branches.
  /// - Throws: ``Failure`` with code `.notFound` when there is no such tree.
  package init(_ model: BoostedModel, tree index: Int, depth: Int? = nil) throws {
    guard model.trees.indices.contains(index) else {
      throw Failure(
        .notFound, "the model has no tree \(index)",
        hint: model.trees.isEmpty
          ? "it has no trees" : "its \(counted(model.trees.count, "tree")) are counted from 0")
    }
    tree = model.trees[index]
    self.model = model
    self.index = index
    let tree = tree
    layout = TreeLayout(tree, depth: depth ?? TreeLayout.depth(of: tree, branches: 40)) {
      SplitText(tree, $0, model).yesIsLeft
    }
    largest =
      (0..<tree.nodeCount).lazy.filter { [tree] in tree.isLeaf($0) }
      .map { [tree] in tree.value[$0].magnitude }.max() ?? 0
  }

  /// Leaves that are not shown.
  package var hiddenLeaves: Int {
    tree.leafCount - layout.places.count { tree.isLeaf($0.node) }
  }

  package var svg: String {
    let width = 2 * Self.margin.side + Double(layout.levels - 1) * Self.step.column + Self.box.width
    let height =
      Self.margin.top + Double(max(1, layout.rows) - 1) * Self.step.row + Self.box.height
      + Self.margin.bottom
    let edges = layout.places.compactMap(edge)
    let boxes = layout.places.map(box)
    return SVGElement.picture(
      width: max(width, 420), height: height, title: title, style: PictureStyle.rules,
      [PictureStyle.paper(max(width, 420), height)] + heading + [
        SVGElement("g", [:], edges), SVGElement("g", [:], boxes),
      ]
    ).document
  }

  private var title: String {
    let output = model.treeOutput[index]
    let isNamed = model.outputs > 1 && model.classes.indices.contains(output)
    let name =
      isNamed ? " for \(model.classes[output])" : model.outputs > 1 ? " for output \(output)" : ""
    return "Tree \(index)" + name
  }

  private var heading: [SVGElement] {
    let hidden = hiddenLeaves > 0 ? ", \(hiddenLeaves) of them not shown" : ""
    let facts =
      "\(Self.leaves(tree.leafCount))\(hidden); yes goes up, ? is where missing values go"
    return [
      PictureStyle.text(title, Self.margin.side, 26, "name"),
      PictureStyle.text(facts, Self.margin.side, 44, "quiet"),
    ]
  }

  private func position(_ place: TreeLayout.Place) -> (x: Double, y: Double) {
    (
      Self.margin.side + Double(place.level) * Self.step.column,
      Self.margin.top + place.row * Self.step.row + Self.box.height / 2
    )
  }

  private func cover(_ node: Int) -> Double {
    TreeExplanation.cover(tree, node, model.flavour)
  }

  // MARK: Parts

  private func edge(_ place: TreeLayout.Place) -> SVGElement? {
    guard let parent = place.parent else { return nil }
    let start = position(layout.places[parent])
    let end = position(place)
    let from = start.x + Self.box.width
    let middle = from + (end.x - from) * 0.55
    let points = [from, start.y, middle, start.y, middle, end.y, end.x, end.y]
      .map { SVGValue($0).text }
    let path =
      "M\(points[0]) \(points[1])C\(points[2]) \(points[3]) \(points[4]) \(points[5]) \(points[6]) \(points[7])"
    let whole = cover(0)
    let share = whole > 0 ? cover(place.node) / whole : 0
    let line = SVGElement(
      "path",
      [
        "class": "edge", "d": SVGValue(path),
        "stroke-width": SVGValue(1 + 6 * max(0, min(1, share))),
      ])
    let question = layout.places[parent].node
    let rule = SplitText(tree, question, model)
    let answer =
      (place.isLeft == rule.yesIsLeft ? "yes" : "no")
      + (place.isLeft == rule.missingIsLeft ? " ?" : "")
    let label = PictureStyle.text(
      answer, end.x - 5, end.y + (place.isLeft == rule.yesIsLeft ? -5 : 14), "quiet", anchor: "end")
    return SVGElement("g", [:], [line, label])
  }

  private func box(_ place: TreeLayout.Place) -> SVGElement {
    let (x, y) = position(place)
    if tree.isLeaf(place.node) { return leaf(place.node, x, y) }
    let rule = SplitText(tree, place.node, model)
    let rows = rows(place.node)
    let facts = "gain \(PictureStyle.short(tree.gain[place.node])) · \(rows)"
    let rect = SVGElement(
      "rect",
      [
        "class": place.isCut ? "stub" : "box", "x": SVGValue(x),
        "y": SVGValue(y - Self.box.height / 2), "width": SVGValue(Self.box.width),
        "height": SVGValue(Self.box.height), "rx": 6,
      ])
    let second =
      place.isCut ? "\(Self.leaves(leaves(below: place.node))) below" : facts
    return SVGElement(
      "g", [:],
      [
        rect,
        PictureStyle.text(
          rule.fitted(to: Self.box.width - 20), x + 10, y - 3, "name"),
        PictureStyle.text(second, x + 10, y + 13, "quiet"),
      ]
    ).titled("node \(place.node): \(rule.text); \(facts)")
  }

  private func leaf(_ node: Int, _ x: Double, _ y: Double) -> SVGElement {
    let value = tree.value[node]
    let strength = largest > 0 ? 0.12 + 0.5 * value.magnitude / largest : 0.12
    let style = value > 0 ? "up" : value < 0 ? "down" : "even"
    let rect = SVGElement(
      "rect",
      [
        "class": SVGValue(style), "fill-opacity": SVGValue(strength), "x": SVGValue(x),
        "y": SVGValue(y - Self.leaf.height / 2), "width": SVGValue(Self.leaf.width),
        "height": SVGValue(Self.leaf.height), "rx": 15,
      ])
    let sign = value > 0 ? "+" : ""
    return SVGElement(
      "g", [:],
      [
        rect,
        PictureStyle.text(
          sign + PictureStyle.short(value), x + Self.leaf.width / 2, y + 4, "name",
          anchor: "middle"),
        PictureStyle.text(rows(node), x + Self.leaf.width + 8, y + 4, "quiet"),
      ]
    ).titled("leaf \(node): \(sign)\(value); \(rows(node))")
  }

  /// How many rows of the training data came by; XGBoost's files know a weight of them only.
  private func rows(_ node: Int) -> String {
    let count = tree.count[node]
    return count > 0 ? counted(count, "row") : "cover \(PictureStyle.short(tree.cover[node]))"
  }

  private static func leaves(_ count: Int) -> String { count == 1 ? "1 leaf" : "\(count) leaves" }

  private func leaves(below node: Int) -> Int {
    var open = [node]
    var count = 0
    while let node = open.popLast() {
      if tree.isLeaf(node) {
        count += 1
      } else {
        open += [Int(tree.left[node]), Int(tree.right[node])]
      }
    }
    return count
  }
}
