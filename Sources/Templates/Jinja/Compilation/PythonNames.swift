/// What Python calls the functions of Jinja2's own filters and tests, with their modules.
enum PythonNames {
  static func filter(_ name: String) -> String {
    switch name {
    case "abs": "abs"
    case "count", "length": "len"
    case "d": "jinja2.filters.do_default"
    case "e", "escape": "markupsafe.escape"
    case "safe": "jinja2.filters.do_mark_safe"
    case "string": "markupsafe.soft_str"
    default: "jinja2.filters.do_\(name)"
    }
  }

  static func test(_ name: String) -> String {
    switch name {
    case "==", "eq", "equalto": "_operator.eq"
    case "!=", "ne": "_operator.ne"
    case "<", "lt", "lessthan": "_operator.lt"
    case "<=", "le": "_operator.le"
    case ">", "gt", "greaterthan": "_operator.gt"
    case ">=", "ge": "_operator.ge"
    case "callable": "callable"
    default: "jinja2.tests.test_\(name)"
    }
  }
}
