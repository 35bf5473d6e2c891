import Platform

extension SuiteReader {
  /// The test of a place with the most words that come next; takes these.
  func longestForm(_ cursor: inout SuiteCursor, of place: TestForm.Place) -> TestForm? {
    var best: (form: TestForm, cursor: SuiteCursor)?
    let first = cursor.next == "~" ? "~" : cursor.word ?? ""
    for form in TestForm.all
    where form.place == place && !first.isEmpty && form.words.hasPrefix(first) {
      var copy = cursor
      let isSign = form.words == "~"
      guard isSign ? copy.take(form.words) : copy.takeWords(form.words) else { continue }
      if copy.position > best?.cursor.position ?? -1 { best = (form, copy) }
    }
    guard let best else { return nil }
    cursor = best.cursor
    return best.form
  }

  /// The test of a column that comes next; takes its words.
  ///
  /// - Parameter takesType: whether its type could have stood here.
  func columnForm(
    _ cursor: inout SuiteCursor, takesType: Bool = false
  ) throws(SuiteProblem) -> TestForm {
    guard !cursor.isAtEnd, cursor.next != "," else {
      throw cursor.problem("a comma without a test before it")
    }
    let range = TestForm.named("range")
    if let range, cursor.isAtBounds { return range }
    // `in 18..90` is a range too; `in ../codes.txt` is a file.
    if let range, cursor.word == "in" {
      var copy = cursor
      _ = copy.takeWord()
      if copy.isAtBounds, !copy.follows("../") {
        cursor = copy
        return range
      }
    }
    if let form = longestForm(&cursor, of: .column) { return form }
    if let word = cursor.word, ColumnType.words.contains(word) {
      throw cursor.problem(
        "the type `\(word)` behind a test", hint: "the type stands first: `\(word), …`")
    }
    throw unknownTest(cursor, .column, takesType: takesType)
  }

  /// The test of the table that comes next, and the column of a test of one: `class balance label >= 0.1`. Nil for an
  /// expression.
  func tableForm(
    _ cursor: inout SuiteCursor
  ) throws(SuiteProblem) -> (form: TestForm, column: SuiteName?)? {
    var table = cursor
    if let form = longestForm(&table, of: .table) {
      cursor = table
      return (form, nil)
    }
    var own = cursor
    guard let form = longestForm(&own, of: .column), form.words != "~", form.words != "in",
      form.words != "not in"
    else { return nil }
    if let column = try own.takeColumn() {
      cursor = own
      return (form, column)
    }
    // `min <= max` is an expression, and `not constant` one of a column of this name.
    let isOther = own.isAtEnd || own.isAtNumber || own.next == ":"
    let isSure = form.words.contains(" ") && !form.words.hasPrefix("not ")
    guard isOther && !form.words.hasPrefix("not ") || isSure else { return nil }
    throw cursor.problem(
      "`\(form.words)` of which column?",
      hint: "write its name behind: `\(form.words) NAME`, or put the test under `columns`")
  }

  // MARK: What is none

  /// Why no test begins here.
  ///
  /// - Parameter takesType: whether a type may stand here too.
  func unknownTest(
    _ cursor: SuiteCursor, _ place: TestForm.Place, takesType: Bool = false
  ) -> SuiteProblem {
    guard let word = cursor.hyphenatedWord else {
      if place == .column, cursor.isAtQuote {
        return cursor.problem(
          "a text alone is no test", hint: "write `~ \"…\"` for a regular expression")
      }
      return cursor.problem("expected \(place.noun), found \(cursor.found)")
    }
    let same = TestForm.all.filter { $0.name == word.text || $0.words == word.text }
    if let known = same.first(where: { $0.place == place }) ?? same.first {
      if known.place == place {
        return cursor.problem(
          "`\(word.text)` is the name of a long form", hint: "write `\(known.example)`")
      }
      return cursor.problem(
        "`\(word.text)` is \(known.place.noun)",
        hint: "put it under \(known.place.section): `\(known.example)`")
    }
    var copy = cursor
    if let other = [TestForm.Place.table, .split, .column].lazy.compactMap({ place in
      longestForm(&copy, of: place)
    }).first(where: { $0.place != place }) {
      return cursor.problem(
        "`\(other.words)` is \(other.place.noun)", hint: "put it under \(other.place.section)")
    }
    return noTest(cursor, place, word.text, takesType: takesType)
  }

  /// For a word that means nothing anywhere.
  private func noTest(
    _ cursor: SuiteCursor, _ place: TestForm.Place, _ word: String, takesType: Bool
  ) -> SuiteProblem {
    let type = takesType ? nearestKey(word, ColumnType.words) : nil
    let near = nearestForm(cursor, place)
    let shown = SuiteCursor.shortened(type == nil ? near?.written ?? word : word)
    let meant = type ?? near?.meant
    let hint = meant.map { "did you mean `\($0)`?" } ?? ForeignTestNames.meant[word.lowercased()]
    let known = TestForm.all.filter { $0.place == place && !$0.words.isEmpty }.map(\.words)
    let what = takesType ? "no type and no test `\(shown)`" : "no test `\(shown)`"
    return cursor.problem(
      "there is \(what)" + (place == .column ? " of a column" : ""),
      hint: hint
        ?? (takesType
          ? "types are \(ColumnType.words.joined(separator: ", ")); tests are "
          : "there are: ") + known.joined(separator: ", "))
  }

  /// A key of `table:` that begins no test.
  func unknownKey(_ cursor: SuiteCursor, _ key: String) -> SuiteProblem {
    let shown = SuiteCursor.shortened(key)
    let near = nearestForm(cursor, .table).flatMap { $0.written == $0.meant ? nil : $0 }
    return cursor.problem(
      "there is no test `\(near?.written ?? shown)` of the table",
      hint: near.map { "did you mean `\($0.meant)`?" }
        ?? "tests of a column stand under `columns`: `\(shown): …`")
  }

  /// The test whose words are nearest to the next ones.
  private func nearestForm(
    _ cursor: SuiteCursor, _ place: TestForm.Place
  ) -> (written: String, meant: String)? {
    var copy = cursor
    var words: [String] = []
    while words.count < 3, let word = copy.takeWord() { words.append(word) }
    for count in stride(from: words.count, through: 1, by: -1) {
      let written = words.prefix(count).joined(separator: " ")
      let known = TestForm.all.filter {
        $0.place == place || place == .table && $0.place == .column
      }
      .map(\.words).filter { $0 != "~" && $0.split(separator: " ").count == count }
      if let meant = nearestKey(written, known) { return (written, meant) }
    }
    // `not_null`.
    guard let first = words.first else { return nil }
    let spaced = first.replacing("_", with: " ")
    let known = TestForm.all.filter { $0.place == place && $0.words != "~" }.map(\.words)
    return nearestKey(spaced, known).map { (first, $0) }
  }

  /// An item of `table` that is one word: a column is no test by itself.
  func loneWord(_ cursor: SuiteCursor) -> SuiteProblem? {
    var copy = cursor
    return copy.takeWord() != nil && copy.isAtEnd ? unknownTest(cursor, .table) : nil
  }

  /// An item of `table` that is no expression: two words follow each other, and they are near to those of a test.
  func misspelledTest(_ cursor: SuiteCursor) -> SuiteProblem? {
    var copy = cursor
    guard let word = copy.takeWord(), !SuiteWords.reserved.contains(word) || word == "not" else {
      return nil
    }
    guard let second = copy.word, !SuiteWords.reserved.contains(second.lowercased()),
      nearestForm(cursor, .table) != nil
    else { return nil }
    return unknownTest(cursor, .table)
  }

  /// A word behind a test that does not belong there.
  func strayWord(_ cursor: SuiteCursor, _ form: TestForm) -> SuiteProblem {
    if cursor.next == "," {
      return cursor.problem(
        "a comma behind a test", hint: "tests stand in a list here, one an item")
    }
    let known = form.shortWords + ["mostly", "where", "by"]
    var copy = cursor
    let near = cursor.hyphenatedWord.flatMap { nearestKey($0.text, known) }
    let other = form.place == .column ? longestForm(&copy, of: .column) : nil
    return cursor.problem(
      "unexpected \(cursor.found) behind \(form.noun)",
      hint: near.map { "did you mean `\($0)`?" }
        ?? other.map { "a comma stands before the next test: `, \($0.words)`" }
        ?? "there may stand " + SuiteCursor.choices(known.map { "`\($0)`" } + ["`(warn)`"]))
  }
}
