/// The state of one render: what filters, tests and methods may ask of it. Belongs to one thread.
package final class Render {
  package let environment: TemplateEnvironment
  package let limits: TemplateLimits
  /// Whether texts are escaped when printed, where the template stands now.
  package var autoescape: Bool
  private var rounds = 0

  package init(environment: TemplateEnvironment) {
    self.environment = environment
    limits = environment.limits
    autoescape = environment.options.autoescape
  }

  /// Counts work that a template asks for.
  ///
  /// - Throws: `LimitExceeded` once it is too much.
  package func charge(rounds count: Int) throws(TemplateError) {
    let (sum, overflow) = rounds.addingReportingOverflow(count)
    guard !overflow, sum <= limits.rounds else {
      throw .limit("the template takes more than \(limits.rounds) rounds")
    }
    rounds = sum
  }
}
