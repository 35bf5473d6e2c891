import Formats
import Records

/// What an archive says to a person who opens it: `README.md`.
struct BundleReadme {
  private let record: BundleRecord
  private let manifest: BundleManifest

  init(_ record: BundleRecord, _ manifest: BundleManifest) {
    self.record = record
    self.manifest = manifest
  }

  var text: [UInt8] {
    let run = record.run
    var text = """
      # Run \(oneLine(run.name))

      This archive holds one run of a program, and what it takes to play it again.

          reprise replay run.zip

      does that in any folder, and says whether it came to the same. What the archive runs is the code in it: play
      archives only from people you trust, or where they can do no harm.

      - run: `\(run.id.hex)`, \(run.status.rawValue)
      - command: `\(oneLine(run.command ?? "unknown"))`
      - commit: `\(run.tag("mlflow.source.git.commit") ?? "none")`

      ## Without reprise

      - `record/run.json` is the record: parameters, tags, inputs, outputs, environment. `record/metrics.jsonl` holds
        every point of its metrics.
      - `artifacts/` is what the run logged; `artifacts/logs/` what it printed.

      """
    if manifest.code.isEmpty {
      text += "- The code is not here.\n"
    } else {
      text += code
    }
    let kept = manifest.contents.filter { $0.holder == .objects }
    if !kept.isEmpty {
      text += """
        - `objects/` holds contents by their SHA-256. That of a folder is a list of its files, as `sha256sum` prints it.

        """
      for content in kept {
        text +=
          "  `\(oneLine(content.path))` (\(content.role.rawValue)): `\(BundleLayout.object(content.digest))`\n"
      }
    }
    let out = manifest.contents.filter { $0.holder == .leftOut }
    if !out.isEmpty {
      text += "\n## Left out\n\n"
      for content in out {
        text += "- `\(oneLine(content.path))` (sha256 `\(content.digest)`)\n"
      }
      if let remote = manifest.remote {
        text += "\nThe data is in the remote `\(remote.name)`: \(oneLine(remote.url))\n"
      }
    }
    if !manifest.missing.isEmpty {
      text += "\n## Missing\n\n"
      for line in manifest.missing { text += "- \(oneLine(line))\n" }
    }
    text += """

      `reprise.json` has the SHA-256 of every file, `ro-crate-metadata.json` describes the run for archives (RO-Crate).

      """
    return Array(text.utf8)
  }

  private var code: String {
    var text = ""
    let own = manifest.code[0]
    if own.boundary.isEmpty {
      text += "- `git clone -b recorded \(own.member) code` makes the code of the run.\n"
    } else {
      text += """
        - `\(own.member)` has the commit without what led to it:

              git init code && cd code && printf '%s\\n' \(own.boundary.joined(separator: " ")) > .git/shallow
              git bundle unbundle ../\(own.member) && git checkout \(own.commit)

        """
    }
    for module in manifest.code.dropFirst() {
      text +=
        "  The submodule `\(oneLine(module.folder))` is `\(module.member)`, commit `\(module.commit)`.\n"
    }
    text +=
      "  `artifacts/code/uncommitted.patch`, when it is there, is what was not committed: `git apply` takes it.\n"
    return text
  }

  private func oneLine(_ text: String) -> String {
    String(
      text.unicodeScalars.map { $0.value < 32 || $0 == "`" ? " " : Character($0) })
  }
}
