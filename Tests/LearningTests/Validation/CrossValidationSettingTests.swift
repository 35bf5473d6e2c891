import Formats
import Learning
import Platform
import Projects
import Testing

@Suite("The setting `cv`") struct CrossValidationSettingTests {
  @Test("is a number of folds, a mapping, or off") func reads() throws {
    #expect(try CrossValidation(Setting("cv", 5)) == CrossValidation(folds: 5))
    #expect(try CrossValidation(Setting("cv", false)) == nil)
    #expect(try CrossValidation(Setting("cv", nil)) == nil)
    let json = try JSONValue(
      parsing:
        #"{"kind": "stratified_group", "folds": 3, "shuffle": true, "seed": -1, "repeats": 2, "group": "who"}"#
    )
    let validation = try #require(try CrossValidation(Setting("cv", json)))
    #expect(validation.kind == .stratifiedGroup)
    #expect(validation.folds == 3 && validation.repeats == 2 && validation.group == "who")
    #expect(validation.seed == .max)
  }

  @Test(
    "says what is wrong, and where",
    arguments: [
      (#"{"flods": 3}"#, "`cv` has no key `flods`", "flods"),
      (
        #"{"folds": 1}"#, "`folds` of `cv` must be a whole number from 2 to 10000, not `1`", "folds"
      ),
      (
        #"{"folds": "many"}"#, "`folds` of `cv` must be a whole number from 2 to 10000, not `many`",
        "folds"
      ),
      (
        #"{"kind": "startified"}"#,
        "`kind` of `cv` must be one of: kfold, stratified, group, stratified_group, time_series, not `startified`",
        "kind"
      ),
      (#"{"kind": "group"}"#, "`cv` asks for folds of groups, and names no column of them", "kind"),
      (#"{"kind": "kfold", "group": "g"}"#, "`group` of `cv` is for folds of groups", "group"),
      (#"{"gap": 2}"#, "`gap` of `cv` is for folds in time", "gap"),
      (
        #"{"time": "t", "repeats": 2}"#, "`repeats` of `cv` has no meaning for folds in time",
        "repeats"
      ),
      (
        #"{"time": "t", "shuffle": true}"#, "`shuffle` of `cv` would mix past and future", "shuffle"
      ),
      (
        #"{"shuffle": false, "repeats": 2}"#,
        "`repeats` of `cv` does the same again without `shuffle`", "repeats"
      ),
      (#"{"shuffle": "x"}"#, "`shuffle` of `cv` must be true or false, not `x`", "shuffle"),
      (#"{"group": []}"#, "`group` of `cv` must be the name of a column, not `[]`", "group"),
      (
        #"{"time": "t", "max_train_size": 0}"#,
        "`max_train_size` of `cv` must be a whole number of at least 1, not `0`", "max_train_size"
      ),
      ("1", "`cv` must be a whole number from 2 to 10000, not `1`", nil),
      (#""five""#, "`cv` is neither a number of folds nor a mapping", nil),
    ] as [(String, String, String?)])
  func refuses(text: String, message: String, key: String?) throws {
    let value = try JSONValue(parsing: text)
    var places = ["cv": SourceLocation(file: "MLproject", line: 5)]
    for member in value.members ?? [] {
      places["cv.\(member.key)"] = SourceLocation(file: "MLproject", line: 5 + member.key.count)
    }
    let failure = #expect(throws: Failure.self) {
      _ = try CrossValidation(Setting("cv", value, places: places))
    }
    #expect(failure?.message == message)
    #expect(failure?.location?.line == 5 + (key?.count ?? 0))
  }
}
