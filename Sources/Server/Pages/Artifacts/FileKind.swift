/// What a file is, by the end of its name: how it is shown, and as what it is sent.
enum FileKind: Sendable, Hashable {
  case picture, table, parquet, json, notebook, patch, text, page, sound, film, document, other

  init(_ name: String) {
    let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
    self = Self.kinds[ending] ?? (Self.textNames.contains(name) ? .text : .other)
  }

  private static let textNames: Set<String> = [
    "MLmodel", "MLproject", "Dockerfile", "Makefile", "LICENSE", "README", "requirements",
  ]

  private static let kinds: [String: FileKind] = {
    var kinds: [String: FileKind] = [
      "parquet": .parquet, "ipynb": .notebook, "patch": .patch, "diff": .patch, "pdf": .document,
    ]
    for (kind, endings) in [
      (.picture, ["png", "jpg", "jpeg", "gif", "webp", "avif", "bmp", "svg", "ico"]),
      (.table, ["csv", "tsv"]), (.json, ["json", "geojson"]), (.page, ["html", "htm"]),
      (.sound, ["wav", "mp3", "ogg", "flac", "m4a"]), (.film, ["mp4", "webm", "mov"]),
      (
        .text,
        [
          "txt", "md", "yaml", "yml", "toml", "ini", "cfg", "conf", "log", "py", "r", "sh", "sql",
          "swift", "c", "h", "cpp", "rs", "go", "js", "ts", "css", "xml", "jsonl", "rst", "tex",
          "lock", "env", "dvc",
        ]
      ),
    ] as [(FileKind, [String])] {
      for ending in endings { kinds[ending] = kind }
    }
    return kinds
  }()

  /// The media type that a file is sent with. A page is sent as one, but into a sandbox.
  static func mediaType(_ name: String) -> String {
    let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
    switch FileKind(name) {
    case .picture:
      return ["svg": "image/svg+xml", "jpg": "image/jpeg", "ico": "image/x-icon"][ending]
        ?? "image/\(ending)"
    case .table: return "text/\(ending == "tsv" ? "tab-separated-values" : "csv"); charset=utf-8"
    case .json, .notebook: return "application/json"
    case .patch, .text: return "text/plain; charset=utf-8"
    case .page: return "text/html; charset=utf-8"
    case .sound: return ["mp3": "audio/mpeg", "m4a": "audio/mp4"][ending] ?? "audio/\(ending)"
    case .film: return ending == "mov" ? "video/quicktime" : "video/\(ending)"
    case .document: return "application/pdf"
    case .parquet, .other: return "application/octet-stream"
    }
  }
}
