import HTTPTypes
import Platform

/// The style sheet, scripts and pictures of the pages, built into the program.
enum PageAssets {
  private struct Asset: Sendable {
    var type: String
    var bytes: [UInt8]
    /// The beginning of the digest: the address of a file changes with its content, so that browsers may keep it for ever.
    var version: String

    init(_ type: String, _ bytes: [UInt8]) {
      self.type = type
      self.bytes = bytes
      version = String(SHA256.digest(of: bytes).hex.prefix(12))
    }
  }

  private static let all: [String: Asset] = [
    "page.css": Asset("text/css; charset=utf-8", PackageResources.page_css),
    "page.js": Asset("text/javascript; charset=utf-8", PackageResources.page_js),
    "runs.js": Asset("text/javascript; charset=utf-8", PackageResources.runs_js),
    "run.js": Asset("text/javascript; charset=utf-8", PackageResources.run_js),
    "cells.js": Asset("text/javascript; charset=utf-8", PackageResources.cells_js),
    "charts.js": Asset("text/javascript; charset=utf-8", PackageResources.charts_js),
    "report.css": Asset("text/css; charset=utf-8", PackageResources.report_css),
    "report.js": Asset("text/javascript; charset=utf-8", PackageResources.report_js),
    "icon.svg": Asset("image/svg+xml", PackageResources.icon_svg),
  ]

  /// Where a page finds a file.
  static func address(_ name: String) -> String {
    "/assets/\(name)" + (all[name].map { "?v=\($0.version)" } ?? "")
  }

  /// A file as text, for a page that holds it.
  static func text(_ name: String) -> String {
    String(decoding: all[name]?.bytes ?? [], as: UTF8.self)
  }

  static func answer(_ name: String, _ query: QueryFields) -> ServerAnswer? {
    guard let asset = all[name] else { return nil }
    let isVersioned = query["v"] == asset.version
    return ServerAnswer(
      headers: [
        .contentType: asset.type, .eTag: "\"\(asset.version)\"",
        .cacheControl: isVersioned ? "public, max-age=31536000, immutable" : "no-cache",
        .xContentTypeOptions: "nosniff",
      ], body: .bytes(asset.bytes))
  }
}
