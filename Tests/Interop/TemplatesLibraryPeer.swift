import BigInt
import Formats
import Templates
import Testing

/// Runs generated calls through Jinja2 and through our library.
enum LibraryPeer {
  /// Python that answers one case.
  static let script = #"""
    import collections, types
    import jinja2, markupsafe
    from jinja2 import runtime

    KINDS = {"standard": jinja2.Undefined, "strict": jinja2.StrictUndefined,
             "chainable": jinja2.ChainableUndefined, "debug": jinja2.DebugUndefined}
    ENVIRONMENTS = {(k, a): jinja2.Environment(undefined=u, autoescape=a)
                    for k, u in KINDS.items() for a in (False, True)}

    def value(v, env):
        if isinstance(v, list):
            return [value(x, env) for x in v]
        if not isinstance(v, dict):
            return v
        t, v = v["t"], v["v"]
        if t == "markup": return markupsafe.Markup(v)
        if t == "big": return int(v)
        if t == "float": return float(v)
        if t == "undefined": return env.undefined(name=v)
        if t == "tuple": return tuple(value(x, env) for x in v)
        if t == "range": return range(*v)
        if t in ("dict", "odict"):
            pairs = [(value(k, env), value(x, env)) for k, x in v]
            return collections.OrderedDict(pairs) if t == "odict" else dict(pairs)
        raise ValueError(t)

    def shown(v, depth=0):
        if isinstance(v, runtime.Undefined):
            return "undefined:" + v._undefined_message
        if hasattr(v, "__next__"):
            return "iterator:" + shown(list(v))
        if type(v).__name__ == "_GroupTuple":
            return "group:" + shown(tuple(v))
        if isinstance(v, (list, tuple)) and depth < 3:
            return type(v).__name__ + "(" + ", ".join(shown(x, depth + 1) for x in v) + ")"
        if callable(v):
            return "callable"
        return type(v).__name__ + ":" + repr(v)

    def answer(case):
        env = ENVIRONMENTS[case["undefined"], case["autoescape"]]
        template = env.from_string("")
        context = template.new_context()
        context.eval_ctx.autoescape = case["autoescape"]
        subject = value(case["input"], env)
        args = [value(a, env) for a in case["args"]]
        kwargs = {k: value(v, env) for k, v in case["kwargs"]}
        kind, name = case["kind"], case["name"]
        if kind == "filter":
            result = env.call_filter(name, subject, args, kwargs, context=context, eval_ctx=context.eval_ctx)
        elif kind == "test":
            result = env.call_test(name, subject, args, kwargs, context=context, eval_ctx=context.eval_ctx)
        elif kind == "percent":
            result = subject % args[0]
        elif kind == "expression":
            result = eval(name)
        else:
            result = getattr(subject, name.split(".")[1])(*args, **kwargs)
        text = shown(result)
        if kind == "method" and name.startswith(("list.", "dict.")):
            text += " / " + shown(subject)
        return text
    """#

  /// Our answer, in the peer's form.
  static func answer(_ test: JSONValue, library: TemplateLibrary = .standard) -> JSONValue {
    do throws(TemplateError) {
      return .string(try text(test, library))
    } catch {
      return ["error": .string(error.exception), "message": .string(error.message)]
    }
  }

  private static func text(
    _ test: JSONValue, _ library: TemplateLibrary
  ) throws(TemplateError) -> String {
    var options = TemplateOptions()
    options.undefined = UndefinedKind(name: test["undefined"]?.string ?? "") ?? .standard
    options.autoescape = test["autoescape"]?.bool ?? false
    let render = Render(environment: TemplateEnvironment(options: options, library: library))
    let subject = value(test["input"] ?? .null, render)
    var arguments = Arguments((test["args"]?.array ?? []).map { value($0, render) })
    for pair in test["kwargs"]?.array ?? [] {
      arguments.named.append(
        (Text(pair.array?[0].string ?? ""), value(pair.array?[1] ?? .null, render)))
    }
    let name = test["name"]?.string ?? ""
    switch test["kind"]?.string {
    case "filter":
      return try shown(render.apply(filter: name, to: subject, arguments), render)
    case "test":
      return try "bool:" + (render.passes(test: name, subject, arguments) ? "True" : "False")
    case "percent":
      return try shown(
        Arithmetic.apply(.modulo, subject, arguments.positional[0], render), render)
    default:
      let method = Text(String(name.split(separator: ".")[1]))
      guard let function = try render.attributeIfAny(subject, method) else {
        throw TemplateError("AttributeError", "no method \(name)")
      }
      var text = try shown(render.call(function, arguments), render)
      if name.hasPrefix("list.") || name.hasPrefix("dict.") {
        text += " / " + (try shown(subject, render))
      }
      return text
    }
  }

  static func value(_ json: JSONValue, _ render: Render) -> Value {
    switch json {
    case .null: return Value.none
    case .bool(let flag): return .bool(flag)
    case .int(let number): return .int(Int(number))
    case .double(let number): return .float(number)
    case .string(let text): return .text(text)
    case .array(let items): return .list(items.map { value($0, render) })
    case .object:
      let inner = json["v"] ?? .null
      switch json["t"]?.string {
      case "markup": return .markup(Text(inner.string ?? ""))
      case "big": return BigInt(inner.string ?? "").map { .integer($0) } ?? Value.none
      case "float":
        return .float(
          ["nan": .nan, "inf": .infinity, "-inf": -.infinity][inner.string ?? ""] ?? 1e300)
      case "undefined": return render.undefined(name: .text(inner.string ?? ""))
      case "tuple": return .tuple((inner.array ?? []).map { value($0, render) })
      case "range":
        let bounds = (inner.array ?? []).compactMap(\.int)
        return .range(RangeValue(start: Int(bounds[0]), stop: Int(bounds[1]), step: Int(bounds[2])))
      default:
        let box = DictBox(isOrdered: json["t"]?.string == "odict")
        for pair in inner.array ?? [] {
          box.set(value(pair.array?[0] ?? .null, render), value(pair.array?[1] ?? .null, render))
        }
        return .dict(box)
      }
    }
  }

  static func shown(_ value: Value, _ render: Render, depth: Int = 0) throws(TemplateError)
    -> String
  {
    switch value {
    case .undefined(let undefined): return "undefined:" + undefined.message
    case .tuple(let box) where box.className != nil:
      return "group:" + (try shown(.tuple(box.items), render))
    case .list(let box) where depth < 3:
      return "list(" + (try joined(box.items, render, depth + 1)) + ")"
    case .tuple(let box) where depth < 3:
      return "tuple(" + (try joined(box.items, render, depth + 1)) + ")"
    case .object(let object):
      if object.isCallable { return "callable" }
      if object.typeName == "generator" || object.typeName.contains("iterator")
        || object.typeName == "reversed"
      {
        return "iterator:" + (try shown(.list(render.items(value)), render))
      }
    default: break
    }
    // `__name__` has no module, the name in messages has one.
    let name = value.typeName == "collections.OrderedDict" ? "OrderedDict" : value.typeName
    return name + ":" + (try render.repr(value)).string
  }

  private static func joined(
    _ items: [Value], _ render: Render, _ depth: Int
  ) throws(TemplateError) -> String {
    var parts: [String] = []
    for item in items { parts.append(try shown(item, render, depth: depth)) }
    return parts.joined(separator: ", ")
  }
}
