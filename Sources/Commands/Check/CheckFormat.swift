import ArgumentParser
import Checks

/// What `reprise check` prints.
enum CheckFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json, jsonl, sarif, github, gitlab, junit, html
}

extension MessageLanguage: ExpressibleByArgument {}
