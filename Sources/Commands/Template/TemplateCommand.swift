import ArgumentParser

/// `reprise template`: the project's template, and templates of one's own.
struct TemplateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template",
    abstract: "Look at the project's template; check templates that you write.",
    discussion: """
        reprise template check                         is there a newer version? (exit 1 when there is)
        reprise template diff                          what you changed of what the template made
        reprise template link gh:owner/template        connect a project that was made long ago
        reprise template lint ./my-template            every problem of a template at once
        reprise template test ./my-template "make -n"  render every combination of choices and try each
      """,
    subcommands: [
      TemplateCheck.self, TemplateDiff.self, TemplateLink.self, TemplateLint.self,
      TemplateTest.self,
    ])
}
