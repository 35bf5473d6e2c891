/// One page that needs nothing else: findings by file, with their lines, and a table of the rules.
package enum HTMLReport {
  package static func text(
    _ findings: [Finding], rules: [Rule], files: Int, language: MessageLanguage
  ) -> String {
    let words = Words(language)
    let errors = findings.count { $0.severity == .error }
    let warnings = findings.count { $0.severity == .warning }
    var text = """
      <!doctype html>
      <html lang="\(language.rawValue)"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>reprise check</title><style>\(style)</style></head><body>
      <header><h1>reprise check</h1>
      <p class="sum"><span><b>\(files)</b> \(files == 1 ? words.file : words.files)</span><span class="error"><b>\(errors)</b> \(words.errors)</span>\
      <span class="warning"><b>\(warnings)</b> \(words.warnings)</span></p></header><main>

      """
    if findings.isEmpty { text += "<p class=\"none\">\(words.nothing)</p>\n" }
    text += summary(findings, rules, words)
    var index = 0
    while index < findings.count {
      let path = findings[index].path
      let end = findings[index...].firstIndex { $0.path != path } ?? findings.count
      text += "<section><h2>\(escaped(path)) <small>\(end - index)</small></h2>\n"
      for finding in findings[index..<end] { text += block(finding, words) }
      text += "</section>\n"
      index = end
    }
    return text + "</main></body></html>\n"
  }

  private static func summary(_ findings: [Finding], _ rules: [Rule], _ words: Words) -> String {
    guard !findings.isEmpty else { return "" }
    var counts: [String: Int] = [:]
    for finding in findings { counts[finding.rule, default: 0] += 1 }
    let most = counts.values.max() ?? 1
    var text = "<table><thead><tr><th>\(words.rule)</th><th class=\"number\">\(words.count)</th>"
    text += "<th></th><th>\(words.what)</th></tr></thead><tbody>\n"
    for (id, count) in counts.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
      let rule = rules.first { $0.id == id }
      let docs = rule?.docs.split(separator: "\n").first.map(String.init) ?? ""
      let width = max(2, count * 100 / most)
      text += "<tr><td><code>\(escaped(id))</code></td><td class=\"number\">\(count)</td>"
      text +=
        "<td class=\"bar\"><i style=\"width:\(width)%\"></i></td><td>\(escaped(docs))</td></tr>\n"
    }
    return text + "</tbody></table>\n"
  }

  private static func block(_ finding: Finding, _ words: Words) -> String {
    var place = finding.cell.map { "\(words.cell) \($0):" } ?? ""
    if let line = finding.line { place += "\(line):\(finding.column ?? 1)" }
    var text =
      "<article class=\"\(finding.severity.rawValue)\"><p><span class=\"place\">\(place)</span> "
    text += "<span class=\"message\">\(coded(finding.message))</span> "
    text += "<code>\(escaped(finding.rule))\(finding.code.map { " " + escaped($0) } ?? "")</code>"
    if finding.fix != nil { text += " <em>\(words.fixable)</em>" }
    text += "</p>"
    if let source = finding.source, !source.isEmpty {
      text += "<pre>\(marked(source, finding))</pre>"
    }
    return text + "</article>\n"
  }

  /// The line, with the place marked; only what is near it of a very long one.
  private static func marked(_ source: String, _ finding: Finding) -> String {
    let scalars = Array(source.unicodeScalars)
    let start = min(max(0, (finding.column ?? 1) - 1), scalars.count)
    let last = finding.endLine == finding.line ? finding.endColumn ?? start + 2 : scalars.count + 1
    let end = min(max(start, last - 1), scalars.count)
    let from = max(0, start - 100)
    let to = min(scalars.count, end + 100)
    func text(_ range: Range<Int>) -> String {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars[range])
      return escaped(String(view))
    }
    return (from > 0 ? "…" : "") + text(from..<start) + "<mark>" + text(start..<end) + "</mark>"
      + text(end..<to) + (to < scalars.count ? "…" : "")
  }

  /// What stands between back quotes is code.
  private static func coded(_ text: String) -> String {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false).map {
      escaped(String($0))
    }
    guard parts.count % 2 == 1 else { return escaped(text) }
    return parts.enumerated().map { $0 % 2 == 1 ? "<kbd>\($1)</kbd>" : $1 }.joined()
  }

  private static func escaped(_ text: String) -> String { JUnitReport.escaped(text) }

  private struct Words {
    var file = "file"
    var files = "files"
    var errors = "errors"
    var warnings = "warnings"
    var nothing = "Nothing found."
    var rule = "rule"
    var count = "count"
    var what = "what it asks for"
    var cell = "cell"
    var fixable = "can be mended with --fix"

    init(_ language: MessageLanguage) {
      guard language == .korean else { return }
      file = "개 파일"
      files = "개 파일"
      errors = "개 오류"
      warnings = "개 경고"
      nothing = "지적 사항이 없습니다."
      rule = "규칙"
      count = "횟수"
      what = "내용"
      cell = "셀"
      fixable = "--fix로 고칠 수 있음"
    }
  }

  private static let style = """
    :root{--text:#1c2733;--soft:#66717d;--line:#e2e6ea;--back:#fff;--pane:#f6f8fa;--error:#c62f3b;--warning:#a66a00;\
    --info:#2468b2;--mark:#ffe9b0}\
    @media(prefers-color-scheme:dark){:root{--text:#e4e9ee;--soft:#98a3ae;--line:#303942;--back:#14191f;--pane:#1c232b;\
    --error:#ff7b85;--warning:#e8b04a;--info:#78b4f5;--mark:#5c4a12}}\
    *{box-sizing:border-box}body{margin:0;font:15px/1.5 system-ui,"Noto Sans KR",sans-serif;color:var(--text);\
    background:var(--back)}header,main{max-width:72rem;margin:0 auto;padding:1rem 1.5rem}h1{font-size:1.3rem;margin:.5rem 0}\
    h2{font-size:1rem;margin:2rem 0 .5rem;padding-bottom:.3rem;border-bottom:1px solid var(--line);overflow-wrap:anywhere}\
    h2 small{color:var(--soft);font-weight:400}.sum span{margin-right:1.5rem;color:var(--soft)}.sum b{font-size:1.4rem;\
    color:var(--text)}.sum .error b{color:var(--error)}.sum .warning b{color:var(--warning)}\
    table{border-collapse:collapse;width:100%;font-size:.9rem}th{text-align:left;color:var(--soft);font-weight:500}\
    td,th{padding:.3rem .75rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:top}.number{text-align:right}\
    .bar{width:20%}.bar i{display:block;height:.6rem;margin-top:.4rem;border-radius:2px;background:var(--info);opacity:.6}\
    article{padding:.4rem 0 .4rem .75rem;margin:.5rem 0;border-left:3px solid var(--info)}article.error{border-color:\
    var(--error)}article.warning{border-color:var(--warning)}article p{margin:0}.place{color:var(--soft);\
    font-variant-numeric:tabular-nums}code{color:var(--soft);font-size:.85em}kbd{font-family:ui-monospace,monospace;font-size:.9em;\
    background:var(--pane);border-radius:3px;padding:.05em .25em}em{color:var(--soft);font-size:.85em}\
    pre{margin:.3rem 0 0;padding:.4rem .6rem;background:var(--pane);border-radius:4px;overflow-x:auto;font-size:.85rem}\
    mark{background:var(--mark);color:inherit;border-radius:2px}.none{font-size:1.2rem}
    """
}
