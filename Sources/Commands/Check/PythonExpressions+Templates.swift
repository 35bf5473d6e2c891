import Checks
import Platform
import Templates

extension PythonExpressions {
  /// The engine that templates have.
  static var ofTemplates: PythonExpressions {
    PythonExpressions {
      (pattern, flags) throws(ParseFailure) -> PythonExpressions.Search in
      var own: Templates.Pattern.Flags = []
      if flags.contains(.ignoresCase) { own.insert(.ignoreCase) }
      if flags.contains(.multiline) { own.insert(.multiline) }
      if flags.contains(.dotMatchesAll) { own.insert(.dotAll) }
      if flags.contains(.ascii) { own.insert(.ascii) }
      let expression: Templates.Pattern
      do throws(TemplateError) {
        expression = try Templates.Pattern(Text(codePoints: pattern), flags: own)
      } catch {
        throw ParseFailure(error.message)
      }
      return { text in
        do throws(TemplateError) {
          return try expression.firstMatch(in: Text(codePoints: text))?.range
        } catch {
          throw Failure(.unsupported, "a regular expression took too long: \(error.message)")
        }
      }
    }
  }
}
