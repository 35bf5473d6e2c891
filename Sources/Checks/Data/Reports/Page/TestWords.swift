/// What the page of tests says, in a person's language.
struct TestWords {
  let language: String
  private let isKorean: Bool

  init(_ language: MessageLanguage) {
    self.language = language.rawValue
    isKorean = language == .korean
  }

  var title: String { isKorean ? "데이터와 모델 테스트" : "Data and model tests" }
  var confidence: String { isKorean ? "확신" : "confidence" }
  var accuracy: String { isKorean ? "맞은 비율" : "came true" }
  var all: String { isKorean ? "전체" : "all rows" }
  var nearest: String { isKorean ? "이렇게 쓰면 통과합니다:" : "would pass:" }
  var reference: String { isKorean ? "기준" : "reference" }
  var current: String { isKorean ? "현재" : "now" }

  var at: String { isKorean ? "위치" : "at" }
  var contents: String { isKorean ? "목차" : "Contents" }

  /// How many values a picture leaves out.
  func others(_ count: Int) -> String {
    isKorean ? "외 \(count)개" : count == 1 ? "1 other value" : "\(count) other values"
  }

  /// A rate of a group by its English name.
  func rate(_ name: String) -> String {
    guard isKorean else { return name }
    return [
      "selected": "선택률", "true positive rate": "참 양성률", "false positive rate": "거짓 양성률",
      "precision": "정밀도", "accuracy": "정확도", "calibration error": "보정 오차(ECE)",
    ][name] ?? name
  }

  var verdicts: [(TestOutcome.Verdict, String)] {
    let all: [TestOutcome.Verdict] = [.passed, .failed, .warned, .untested]
    return all.map { ($0, word($0)) }
  }

  func word(_ verdict: TestOutcome.Verdict) -> String {
    switch verdict {
    case .passed: isKorean ? "통과" : "passed"
    case .failed: isKorean ? "실패" : "failed"
    case .warned: isKorean ? "경고" : "warned"
    case .untested: isKorean ? "테스트 불가" : "could not be tested"
    }
  }

  func size(_ rows: Int, _ columns: Int) -> String {
    let (rows, columns) = (DigitGroups.text(rows), DigitGroups.text(columns))
    return isKorean ? "\(rows)행 \(columns)열" : "\(rows) rows, \(columns) columns"
  }

  func rows(_ count: Int) -> String {
    let count = DigitGroups.text(count)
    return isKorean ? "\(count)행" : count == "1" ? "1 row" : "\(count) rows"
  }

  func tooFew(_ count: Int) -> String {
    isKorean ? "너무 적음 (\(rows(count)))" : "too few (\(rows(count)))"
  }

  func passing(_ count: Int) -> String {
    if isKorean { return "테스트 \(count)개 통과" }
    return count == 1 ? "1 test passes" : "\(count) tests pass"
  }

  func line(_ number: Int) -> String { isKorean ? "\(number)줄" : "line \(number)" }

  func row(_ number: Int) -> String { isKorean ? "\(number)행" : "row \(number)" }
}
