import Platform
import Testing

@Suite("Nearest name") struct NearestNameTests {
  @Test(
    "a misspelling finds its name",
    arguments: [
      ("trian", "train"), ("Train", "train"), ("evaluat", "evaluate"), ("alpah", "alpha"),
    ])
  func finds(name: String, expected: String) {
    #expect(nearestName(to: name, among: ["alpha", "evaluate", "train"]) == expected)
  }

  @Test("something else finds nothing", arguments: ["xyz", "deploy", ""])
  func findsNothing(name: String) {
    #expect(nearestName(to: name, among: ["alpha", "evaluate", "train"]) == nil)
  }
}
