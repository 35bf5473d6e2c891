/// What kind of bytes a file holds, told by its name.
enum MediaType {
  /// As MLflow names it: `text/plain` for everything that people read, also for what browsers would run.
  static func guess(_ name: String) -> String {
    let dot = name.dropFirst().lastIndex(of: ".")
    let ending = dot.map { String(name[name.index(after: $0)...]) } ?? name
    if texts.contains(ending) { return "text/plain" }
    return types[ending.lowercased()] ?? "application/octet-stream"
  }

  private static let texts: Set<String> = [
    "txt", "log", "err", "cfg", "conf", "cnf", "cf", "ini", "properties", "prop", "hocon", "toml",
    "yaml", "yml", "xml", "json", "js", "py", "py3", "csv", "tsv", "md", "rst", "ipynb", "MLmodel",
    "MLproject",
  ]

  private static let types: [String: String] = [
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif",
    "svg": "image/svg+xml", "webp": "image/webp", "bmp": "image/bmp",
    "ico": "image/vnd.microsoft.icon",
    "tif": "image/tiff", "tiff": "image/tiff", "html": "text/html", "htm": "text/html",
    "css": "text/css", "pdf": "application/pdf", "zip": "application/zip",
    "gz": "application/gzip", "tar": "application/x-tar", "wasm": "application/wasm",
    "mp3": "audio/mpeg", "wav": "audio/x-wav", "mp4": "video/mp4", "webm": "video/webm",
    "mpeg": "video/mpeg", "h5": "application/x-hdf5", "hdf": "application/x-hdf",
    "c": "text/x-c", "h": "text/plain", "sh": "application/x-sh", "tex": "application/x-tex",
    "geojson": "application/octet-stream", "map": "text/plain", "woff": "font/woff",
    "woff2": "font/woff2", "ttf": "font/ttf",
  ]
}
