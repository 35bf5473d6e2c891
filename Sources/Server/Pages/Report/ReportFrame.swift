/// The page around a report: its style sheet and its few scripts stand in it.
struct ReportFrame {
  let title: String

  /// What is said in each language; one of them shows.
  static func each(_ reports: [RunReport], _ piece: (RunReport) -> HTML) -> HTML {
    reports.map { words(in: $0.at.language, piece($0)) }.joined()
  }

  static func each(_ contexts: [PageContext], _ piece: (PageContext) -> HTML) -> HTML {
    contexts.map { words(in: $0.language, piece($0)) }.joined()
  }

  private static func words(in language: Language, _ piece: HTML) -> HTML {
    "<div class=\"words\" lang=\"\(language.rawValue)\">\(piece)</div>\n"
  }

  func page(_ content: HTML) -> HTML {
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data: 'self' file:; \
    style-src 'unsafe-inline'; script-src 'unsafe-inline'">
    <title>\(title) · Reprise</title>
    <style>
    \(HTML(markup: PageAssets.text("page.css")))
    \(HTML(markup: PageAssets.text("report.css")))
    </style>
    </head>
    <body class="report">
    <header class="bar"><span class="mark">\(Icon.mark)<span>Reprise</span></span>\
    <div class="choices">\(Language.allCases.map { language in
      "<button type=\"button\" class=\"plain\" data-language=\"\(language.rawValue)\" lang=\"\(language.rawValue)\">\(language.ownName)</button>" as HTML
    })<button type="button" class="plain" data-theme-switch>\(Icon.theme)<span class="unseen">\(Language.allCases.map { language in
      "<span class=\"words\" lang=\"\(language.rawValue)\">\(Phrase.switchTheme.text(language))</span>" as HTML
    })</span></button></div></header>
    <main class="document"><article>
    \(content)
    </article></main>
    <script>
    \(HTML(markup: PageAssets.text("report.js")))
    </script>
    </body>
    </html>

    """
  }
}
