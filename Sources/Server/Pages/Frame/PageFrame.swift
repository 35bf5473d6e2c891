/// The page around what a page is about: head, navigation, landmarks.
struct PageFrame {
  let at: PageContext
  var title: String
  /// Which entry of the navigation the page belongs to.
  var section: Section
  /// The classes of the main part, such as `wide`.
  var layout: String = ""
  /// The scripts that the page needs beside those of every page.
  var scripts: [String] = []

  enum Section { case experiments, models, none }

  func page(_ content: HTML) -> HTML {
    """
    <!doctype html>
    <html lang="\(at.language.rawValue)"\(theme)>
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="\(at.theme?.rawValue ?? "light dark")">
    <title>\(title) · Reprise</title>
    <link rel="icon" href="\(PageAssets.address("icon.svg"))" type="image/svg+xml">
    <link rel="stylesheet" href="\(PageAssets.address("page.css"))">
    <script src="\(PageAssets.address("page.js"))" defer></script>
    \(scripts.map { "<script src=\"\(PageAssets.address($0))\" defer></script>\n" })</head>
    <body>
    <a class="skip" href="#content">\(at[.skipToContent])</a>
    \(header)
    <main id="content" class="\(layout)" tabindex="-1">
    \(content)
    </main>
    \(shortcuts)
    <div id="said" class="unseen" role="status" aria-live="polite"></div>
    </body>
    </html>

    """
  }

  private var theme: HTML {
    guard let theme = at.theme else { return .nothing }
    return " data-theme=\"\(theme.rawValue)\""
  }

  private var header: HTML {
    """
    <header class="bar">
    <a class="mark" href="/">\(Icon.mark)<span>Reprise</span></a>
    <nav aria-label="\(at[.mainNavigation])"><ul>
    \(entry(at[.experiments], "/", .experiments))
    \(entry(at[.models], "/models", .models))
    </ul></nav>
    <form class="find" action="/find" role="search" aria-label="\(at[.findRun])">
    <label class="unseen" for="find">\(at[.findRun])</label>
    <input id="find" name="q" type="search" placeholder="\(at[.findRunHint])" autocomplete="off" spellcheck="false">
    </form>
    <div class="choices">
    \(languages)
    <a class="plain" id="theme" href="\(address("theme", at.theme == .dark ? "light" : "dark"))" role="button" \
    data-light="\(at[.lightTheme])" data-dark="\(at[.darkTheme])">\(Icon.theme)<span class="unseen">\(at[.switchTheme])</span></a>
    </div>
    </header>
    """
  }

  private func entry(_ name: String, _ address: String, _ own: Section) -> HTML {
    let current: HTML = own == section ? " aria-current=\"page\"" : .nothing
    return "<li><a href=\"\(address)\"\(current)>\(name)</a></li>"
  }

  private var languages: HTML {
    let other: Language = at.language == .english ? .korean : .english
    return """
      <a class="plain" href="\(address("lang", other.rawValue))" lang="\(other.rawValue)" \
      hreflang="\(other.rawValue)">\(other.ownName)</a>
      """
  }

  /// This page with one field of the query changed.
  private func address(_ name: String, _ value: String) -> String {
    let fields = at.query.pairs.filter {
      $0.name != name && $0.name != "lang" && $0.name != "theme"
    }
    return Address.of(at.path, fields + [(name, value)])
  }

  private var shortcuts: HTML {
    let keys: [(String, Phrase)] = [
      ("j k ↓ ↑", .keysMove), ("Enter", .keysOpen), ("x", .keysSelect), ("c", .keysCompare),
      ("/", .keysFilter), ("[ ]", .keysPages), ("e", .keysEdit), ("t", .keysTheme),
      ("?", .keysHelp),
    ]
    return """
      <dialog id="keys" aria-labelledby="keys-title"><form method="dialog">
      <h2 id="keys-title">\(at[.keyboard])</h2>
      <dl class="keys">\(keys.map { keys, phrase in
        "<div><dt>\(keys.split(separator: " ").map { "<kbd>\($0)</kbd> " })</dt><dd>\(at[phrase])</dd></div>"
      })</dl>
      <button>\(at[.close])</button>
      </form></dialog>
      """
  }
}
