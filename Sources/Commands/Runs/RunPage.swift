import Formats
import Platform
import Records
import Runner

/// One run for a terminal: what was run, how it ended, and what it left.
struct RunPage {
  let run: Run
  let artifacts: [ArtifactList.File]
  let console: Console

  var text: String {
    [
      head, reproducible, section("PARAMETERS", parameters), section("METRICS", metrics),
      section("INPUTS", files(run.inputs)), section("OUTPUTS", files(run.outputs)),
      section("DATA", data), section("CODE", code), section("ENVIRONMENT", environment),
      section("TAGS", tags),
      section("ARTIFACTS", artifactRows),
    ].compactMap { $0 }.joined(separator: "\n\n")
  }

  private var head: String {
    let title = console.styled(singleLine(run.name), .bold) + "  " + run.id.hex
    var rows: [(String, String)] = [("status", status)]
    if let entry = run.entryPoint { rows.append(("entry point", singleLine(entry))) }
    if let command = run.command { rows.append(("command", lines(of: command))) }
    rows.append(("started", localTime(run.startTime) + " by \(run.user) on \(run.host)"))
    if let end = run.endTime {
      var took = duration(from: run.startTime, to: end)
      if let cpu = run.cpuSeconds {
        took += ", \(shortNumber((cpu * 1000).rounded() / 1000)) s CPU"
      }
      if let memory = run.peakMemory { took += ", \(ByteCount(memory)) at most" }
      rows.append(("took", took))
    }
    if let word = run.tag(ReplayTags.replayed) {
      let by = run.tag(ReplayTags.lastReplay).map { ", by \($0.prefix(8))" } ?? ""
      rows.append(("replayed", word + by))
    }
    if let original = run.tag(ReplayTags.original) {
      let word = run.tag(ReplayTags.verdict).map { ": \($0)" } ?? ""
      rows.append(("replay of", String(original.prefix(8)) + word))
    }
    if let timings = TrainingTimings(of: run) { rows.append(("phases", timings.text)) }
    return title + "\n" + Self.rows(rows)
  }

  private var reproducible: String? {
    Reproducibility(run).map { ReproducibilityTable($0, console: console).text }
  }

  private var status: String {
    var text = console.styled(run.status.word, run.status.style)
    if let signal = run.signal {
      text += " by signal \(signal)"
    } else if let code = run.exitCode, code != 0 {
      text += ", exit status \(code)"
    }
    if let maker = run.tag(ResultCache.makerTag) {
      text += ", nothing to do: same as \(maker.prefix(8))"
    }
    return run.lifecycle == .deleted ? text + ", deleted" : text
  }

  private var parameters: [(String, String)] {
    run.params.map { param in
      var notes: [String] = []
      if let kind = param.kind, kind != "string" { notes.append(kind) }
      if param.given == nil { notes.append("default") }
      let note = notes.isEmpty ? "" : "  " + console.styled(notes.joined(separator: ", "), .dim)
      return (param.key, (param.value.isEmpty ? "''" : singleLine(param.value)) + note)
    }
  }

  private var metrics: [(String, String)] {
    run.metrics.map { metric in
      let step = metric.step == 0 ? "" : "  " + console.styled("step \(metric.step)", .dim)
      return (metric.key, shortNumber(metric.value) + step)
    }
  }

  private func files(_ files: [RecordedFile]) -> [(String, String)] {
    files.map { file in
      guard let digest = file.digest else {
        return (file.path, console.styled(file.withoutDigest, .yellow))
      }
      let count = file.kind == .folder ? "\(file.fileCount) files, " : ""
      return (file.path, "\(count)\(ByteCount(file.size))  sha256 \(digest.prefix(12))")
    }
  }

  private var data: [(String, String)] {
    run.data.map { version in
      let verb = version.role == .input ? "read" : "written"
      let text = "\(verb)  md5 \(version.text)"
      return (version.path, version.isModified ? console.styled(text, .yellow) : text)
    }
  }

  private var code: [(String, String)] {
    let tag = { (key: String) in run.tags.first { $0.key == key }?.value }
    var rows: [(String, String)] = []
    if let commit = tag("mlflow.source.git.commit") {
      let branch = tag("mlflow.source.git.branch")
      rows.append(("commit", String(commit.prefix(12)) + (branch.map { " on \($0)" } ?? "")))
    }
    if let url = tag("mlflow.source.git.repoURL") {
      rows.append(("remote", url))
    }
    if tag("mlflow.source.git.dirty") == "true" {
      rows.append(("changes", "not committed; kept as code/uncommitted.patch"))
    }
    return rows
  }

  private var environment: [(String, String)] {
    guard let environment = run.environment else { return [] }
    var rows: [(String, String)] = []
    if let system = environment["system"]?["name"]?.string {
      let machine = environment["system"]?["machine"]?.string ?? ""
      rows.append(("system", "\(system) \(machine)"))
    }
    if let model = environment["cpu"]?["model"]?.string {
      rows.append(("cpu", "\(model), \(environment["cpu"]?["cores"]?.int ?? 0) cores"))
    }
    if let python = environment["python"], let version = python["version"]?.string {
      let count = python["packages"]?.array?.count ?? 0
      rows.append(("python", "\(version), \(count) packages"))
    }
    if let manager = environment["manager"]?.string { rows.append(("manager", manager)) }
    return rows
  }

  private var tags: [(String, String)] {
    run.tags.filter { !$0.key.hasPrefix("mlflow.") && !$0.key.hasPrefix("reprise.") }
      .map { ($0.key, singleLine($0.value)) }
  }

  private var artifactRows: [(String, String)] {
    artifacts.prefix(20).map { ($0.path, "\(ByteCount($0.size))") }
      + (artifacts.count > 20 ? [("…", "\(artifacts.count - 20) more")] : [])
  }

  private func section(_ title: String, _ rows: [(String, String)]) -> String? {
    rows.isEmpty ? nil : console.styled(title, .bold) + "\n" + Self.rows(rows)
  }

  private static func rows(_ rows: [(String, String)]) -> String {
    aligned(rows, indent: "  ", widest: 40)
  }
}
