import Formats
import Platform
import Testing

@testable import Learning

@Suite("Pictures of models") struct PictureTests {
  @Test("a tree is drawn with every leaf, the same every time") func tree() throws {
    let model = try ModelFileSamples.trained(.xgboost)
    let picture = try TreePicture(model, tree: 0)
    #expect(picture.svg == (try TreePicture(model, tree: 0)).svg)
    #expect(picture.hiddenLeaves == 0)
    #expect(picture.svg.split(separator: "<title>leaf ").count - 1 == model.trees[0].leafCount)
  }

  @Test("a picture of one level hides the leaves below") func depth() throws {
    let model = try ModelFileSamples.trained(.lightgbm)
    let picture = try TreePicture(model, tree: 0, depth: 1)
    let shown = picture.svg.split(separator: "<title>leaf ").count - 1
    #expect(picture.hiddenLeaves == model.trees[0].leafCount - shown)
    #expect(picture.hiddenLeaves > 0)
  }

  @Test("a tree that is not there is refused") func missing() throws {
    let model = try ModelFileSamples.parse(ModelFileSamples.oldXGBoost)
    #expect(throws: Failure.self) { try TreePicture(model, tree: 1) }
    #expect(throws: Failure.self) { try TreePicture(model, tree: -1) }
  }

  @Test("yes stands above no, whichever child it is") func layout() throws {
    let model = try ModelFileSamples.parse(ModelFileSamples.oldXGBoost)
    let tree = model.trees[0]
    for leftIsUp in [true, false] {
      let layout = TreeLayout(tree, depth: 9) { _ in leftIsUp }
      for place in layout.places {
        guard let parent = place.parent else { continue }
        #expect((place.row < layout.places[parent].row) == (place.isLeft == leftIsUp))
      }
      #expect(layout.rows == tree.leafCount)
    }
  }

  @Test("the axis has round numbers")
  func ticks() {
    #expect(AxisTicks.places(from: 0, to: 1, about: 5) == [0, 0.2, 0.4, 0.6, 0.8, 1])
    #expect(AxisTicks.places(from: -30, to: 70, about: 5) == [-20, 0, 20, 40, 60])
    #expect(AxisTicks.places(from: 1, to: 1, about: 5) == [])
    #expect(AxisTicks.places(from: 1e300, to: 1.0000000001e300, about: 5).count < 100)
  }

  @Test("numbers have four digits that count")
  func numbers() {
    let cases: [(Double, String)] = [
      (0, "0"), (12345.678, "12346"), (1.23456, "1.235"), (-0.012345, "-0.0123"),
      (1234567, "1.235e6"), (0.00001234, "1.234e-5"), (999.96, "1000"),
    ]
    for (number, text) in cases { #expect(PictureStyle.short(number) == text) }
  }

  @Test("many shares become one, and the bars end where the margin is") func waterfall() {
    let shares = (0..<30).map {
      WaterfallPicture.Share(name: "f\($0)", cell: "1", value: Double($0) - 10)
    }
    let svg = WaterfallPicture(title: "Row 1", bias: 2, shares: shares).svg
    #expect(svg.contains("17 other features"))
    #expect(svg.contains("mean margin 2, this row 137"))
  }
}
