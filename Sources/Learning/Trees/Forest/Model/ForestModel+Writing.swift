import Formats
import Platform
import SystemPackage

extension ForestModel {
  /// Writes the model as JSON, whole or not at all.
  package func write(to path: FilePath) throws {
    try FileSystem.write(json.text(.indented) + "\n", to: path)
  }

  /// The model as JSON: `format`, `kind`, `target`, `classes` (empty for numbers); `features`, each with
  /// `name`, `kind` as XGBoost calls it, `categories` and `importance`; `trees`, each as text;
  /// `training`, facts that no reader needs.
  ///
  /// A tree is Base64 (RFC 4648) of the bytes that ``ForestTree/packed(classes:)`` describes. A hundred
  /// trees of a hundred thousand rows have three million nodes: as JSON's own numbers they would take
  /// some 150 MB and as long to read as to learn, packed they take a sixth, and what is around them
  /// stays readable.
  package var json: JSONValue {
    .object([
      .init("format", .string(LogisticModel.format)),
      .init("kind", .string(kind)),
      .init("target", .string(target)),
      .init("classes", .array(classes.map { .string($0) })),
      .init("features", .array(zip(forest.features, forest.importances).map(Self.json))),
      .init(
        "trees",
        .array(
          forest.trees.map {
            .string(Base64.encode($0.packed(classes: forest.classCount > 0)))
          })),
      .init("training", training),
    ])
  }

  private static func json(_ feature: ModelFeature, importance: Double) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("name", .string(feature.name)), .init("kind", .string(feature.kind.rawValue)),
    ]
    if feature.kind == .categorical {
      members.append(.init("categories", .array(feature.categories.map { .string($0) })))
    }
    members.append(.init("importance", .double(importance)))
    return .object(members)
  }
}
