/// The texts of the pages. Each has its words in every language, so that no page is mixed; `{}` stands for a value, and a
/// form for one thing stands before `|` where a language has one.
enum Phrase: Sendable, CaseIterable {
  // Around every page
  case skipToContent, mainNavigation, experiments, models, findRun, findRunHint, switchTheme
  case lightTheme, darkTheme, trail, contents, pages, previous, next, shown, notFoundTitle
  case problemTitle, backToExperiments, close, apply, copy, copied, download, open
  // What may be changed
  case edit, save, delete, restore, addTag, removeTag, keysEdit
  // Keys
  case keyboard, keysMove, keysOpen, keysSelect, keysCompare, keysFilter, keysPages, keysTheme
  case keysHelp
  // Times and counts
  case justNow, secondsAgo, minutesAgo, hoursAgo, experimentCount, runCount, fileCount, coreCount
  case packageCount, lineCount, rowCount, columnCount, firstRows
  // Experiments
  case active, deleted, nothingDeleted, noExperiments, name, latestRun, note, failedOrKilled
  // Runs
  case runs, run, running, scheduled, finished, failed, killed, status, started, duration, user
  case entryPoint, source, commit, select, selectRun, selectedOne, selectedMany, selectHint
  case compare, noMatch, noRuns, showAll, showDeleted, showActive, identifier
  case filter, filterHelp, filterGrammar, atColumn, columns, findColumn, usualColumns, about
  // A run
  case parameters, metrics, tags, code, data, logs, artifacts, environment, nestedRuns
  case bySignal, exitStatus, cpuTime, memory, playAgain, latest, step, value, usualValue, command
  case remote, seed, uncommitted, changesNotKept, leftOut, downloadPatch, path, use, size, version
  case read, written, missing, modified, system, processor, manager, variables
  case replay, reproducible, sameResult, otherResult, replayOf, replayedBy, whatCame, kept
  case partlyKept, lost, outputs, identical, equal, different, new
  case tests, testsMore, testsPass, testsPassed, testsFailed, testsWarned, testsUndone, wouldPass
  case wholeTestReport
  case cells, showSource, nothingDiffers, sameCells, inputs, first, second, change
  case cell, noCellYet, cellRuns, cellsRan, endedInCell, goToCell, recorderGone, connectionLost
  case linesMore, bytesMore, outputsMore, showOutput, output, report, notebook
  case earlierLines, searchLog, follow, wrapLines, wholeLog
  case artifactsElsewhere, noPreview, onlyBeginning, table
  // Charts
  case axis, time, seconds, logScale, smoothing, off, draw, zoomHint, drawCurve, valuesOf
  case notANumber, curveDescription, curveOfNothing
  // Comparison
  case comparison, comparedRuns, comparedAtMost, whatDiffers, sameForAll, leaveOut, curves
  case parallel, axes, scatter, scatterOf, across, upwards
  // Models
  case noModels, latestVersion, aliases, updated, versionCount, versions, noVersions, created
  case staging, production, archived, loadIt, origin, loggedModel
}

extension Phrase {
  func text(_ language: Language) -> String {
    switch language {
    case .english: texts.english
    case .korean: texts.korean
    }
  }
}
