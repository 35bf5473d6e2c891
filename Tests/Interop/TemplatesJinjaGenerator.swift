// Longer than other files because it is one grammar, in the peer's own language: the real jinja2 answers the cases as they
// are made.

/// Python source that makes templates, contexts and options from a seed, and what jinja2 says to each.
enum TemplatesJinjaGenerator {
  static let source = #"""
    import json, random, sys

    CONTEXT = {
        "n": 5, "zero": 0, "neg": -7, "big": 10**25, "f": 2.5, "t": True, "no": False, "nothing": None,
        "s": "hello World", "e": "", "u": "h\u00e9llo \ud55c\uae00 e\u0301", "html": "<a href='x'>&\"</a>", "num": "42", "pct": "%s-%s",
        "l": [3, 1, 2], "ls": ["b", "A", "c"], "le": [], "m": {"a": 1, "b": {"c": [1, 2, {"d": "deep"}]}, "items": "x", "keys": 2},
        "me": {}, "rows": [{"name": "x", "v": 1, "kids": [{"name": "k", "v": 5, "kids": []}]}, {"name": "y", "v": 2, "kids": []}],
        "sink": [], "pairs": [[1, "one"], [2, "two"]], "mixed": [1, "a", None, 2.0, True, [1], {"k": "v"}],
    }

    class Gen:
        def __init__(self, seed):
            self.r = random.Random(seed)
            self.depth = 0
            self.names = []

        def pick(self, *options):
            return self.r.choice(options)

        def name(self):
            return self.r.choice([k for k in CONTEXT if k != "sink"] + ["missing", "undef"] + self.names * 3 + ["loop", "x", "item"])

        def literal(self):
            r = self.r
            return self.pick(
                lambda: str(r.choice([0, 1, 2, 3, 7, 10, 100, 2**63 - 1, 2**63, 10**20])),
                lambda: r.choice(["1.0", "0.5", "2.5", "1e3", "1e16", "1e-5", "3.14159", "1_000", "0x1F", "0b101", "0o17", "1_0.5"]),
                lambda: r.choice(["'a'", '"b"', "'it\\'s'", "'x\\ny'", "''", "'%d'", "'a' 'b'", "'\\u00e9\\x41'", "'{{ x }}'", "'%}'", "'  pad  '", "'Abc'"]),
                lambda: r.choice(["true", "false", "none", "True", "False", "None"]),
            )()

        def expr(self, d=None):
            if d is None: d = self.r.randint(0, 3)
            if d <= 0:
                return self.pick(self.name, self.name, self.literal)()
            r = self.r
            e = lambda: self.expr(d - 1)
            k = r.randint(0, 27)
            if k == 0: return f"{e()} ** {self.pick('0', '2', '-1', '0.5', '3', 's')}"
            if k <= 5: return f"{e()} {self.pick('+', '-', '*', '/', '//', '%', '~', '+', '~')} {e()}"
            if k <= 7: return f"{e()} {self.pick('==', '!=', '<', '>', '<=', '>=', 'in', 'not in')} {e()}"
            if k == 8: return f"{e()} {self.pick('<', '<=', '==', '!=')} {e()} {self.pick('<', '>', '==', 'in')} {e()}"
            if k == 9: return f"{e()} {self.pick('and', 'or')} {e()}"
            if k == 10: return f"not {e()}"
            if k == 11: return f"{self.pick('-', '+')}{e()}"
            if k == 12: return f"({e()})"
            if k == 13: return f"{e()} if {e()} else {e()}"
            if k == 14: return f"{e()} if {e()}"
            if k == 15: return "[" + ", ".join(e() for _ in range(r.randint(0, 3))) + "]"
            if k == 16: return "(" + ", ".join(e() for _ in range(r.randint(0, 3))) + self.pick("", ",") + ")"
            if k == 17: return "{" + ", ".join(f"{self.pick(self.literal, self.name)()}: {e()}" for _ in range(r.randint(0, 3))) + "}"
            if k == 18: return f"{self.name()}.{self.pick('a', 'b', 'items', 'name', 'c', '0', '1', 'missing', 'index', 'first')}"
            if k == 19: return f"{self.name()}[{e()}]"
            if k == 20: return f"{self.name()}[{self.pick('', '0', '1', '-1', '-2', '9', 'n')}:{self.pick('', '1', '-1', '3')}{self.pick('', ':', ':2', ':-1', ':0')}]"
            if k == 21: return f"{e()} is {self.pick('defined', 'undefined', 'none', 'string', 'number', 'mapping', 'sequence', 'iterable', 'odd', 'even', 'divisibleby 3', 'sameas none', 'eq 1', 'in [1,2]', 'not defined', 'not none', 'boolean', 'true', 'false', 'integer', 'float', 'callable', 'lower', 'upper', 'ge(2)', '>(1)', 'escaped')}"
            if k <= 24: return f"{e()}|{self.filter()}"
            if k == 25: return f"{self.pick('range', 'dict', 'namespace')}({self.pick('', '3', '1, 4', 'a=1', 'n')})"
            if k == 26: return e() + "." + self.pick("upper()", "lower()", "strip()", "split()", "replace('l', 'L')", "items()", "get('a')", "keys()", "startswith('h')", "title()", "nope()")
            return f"{e()}|{self.filter()}|{self.filter()}"

        def filter(self):
            return self.pick("upper", "lower", "length", "default('d')", "default('d', true)", "join", "join('-')", "list", "first", "last",
                "string", "int", "float", "abs", "trim", "title", "capitalize", "replace('l', 'L')", "reverse", "sort", "unique|list", "escape", "e",
                "safe", "tojson", "round", "sum", "min", "max", "batch(2)|list", "map('upper')|list", "select|list", "reject|list", "dictsort", "items|list", "d", "count",
                "map(attribute='name')|list", "selectattr('v', '>', 1)|list", "wordcount", "center(9)", "indent", "truncate(5)", "format(1)", "attr('upper')", "striptags", "urlencode", "xmlattr", "groupby('name')|list", "slice(2)|list", "filesizeformat", "wordwrap(5)", "pprint", "forceescape")

        def target(self):
            n = self.pick("a1", "b1", "x", "item", "n", "s")
            self.names.append(n)
            return n

        def ws(self): return self.pick("", "", "", "-", "+") if self.r.random() < .35 else ""

        def tag(self, inner): return "{%" + self.ws() + self.pick(" ", " ", "", "  ") + inner + self.pick(" ", " ", "") + self.ws() + "%}"

        def text(self):
            return self.r.choice(["a", " b ", "\n", "  \n", "\n  ", "text\n", "\n\n", "\t", " ", "", "x y", "{ }", "%}", "}}", "\r\n", "\u00a0", "end.\n  ", "{", "é한"])

        def print(self): return "{{" + self.pick("", "", "", "-") + " " + self.expr() + " " + self.pick("", "", "", "-") + "}}"

        def body(self, d):
            return "".join(self.pick(self.text, self.text, self.print, lambda: self.stmt(d - 1))() for _ in range(self.r.randint(1, 3)))

        def stmt(self, d=3):
            r = self.r
            if d <= 0: return self.pick(self.text, self.print)()
            k = r.randint(0, 24)
            b = lambda: self.body(d)
            if k <= 3:
                s = self.tag("if " + self.expr()) + b()
                for _ in range(r.randint(0, 1)): s += self.tag("elif " + self.expr()) + b()
                if r.random() < .5: s += self.tag("else") + b()
                return s + self.tag("endif")
            if k <= 7:
                t = self.target()
                if r.random() < .2: t = t + ", " + self.target()
                it = self.pick("l", "ls", "rows", "pairs", "m", "s", "range(3)", "le", "missing", "m.items()", "u", self.name(), self.expr())
                cond = self.pick("", "", "", f" if {self.expr(1)}")
                inner = b() + self.pick("", "{{ loop.index }}", "{{ loop.first }}{{ loop.last }}", "{{ loop.length }}{{ loop.revindex0 }}", "{{ loop.previtem }}|{{ loop.nextitem }}", "{{ loop.cycle('a','b') }}", "{{ loop.changed(n) }}", "{% if loop.index > 1 %}{% break %}{% endif %}", "{% if loop.first %}{% continue %}{% endif %}z")
                s = self.tag(f"for {t} in {it}{cond}") + inner
                if r.random() < .3: s += self.tag("else") + b()
                return s + self.tag("endfor")
            if k <= 10: 
                e = self.expr(); t = self.target()
                if r.random() < .15: t, e = f"{t}, {self.target()}", self.pick("(1, 2)", "'ab'", "[1]", "[1,2,3]", "5", e)
                return self.tag(f"set {t} = {e}")
            if k == 11:
                return self.tag(f"set {self.target()}" + self.pick("", "|upper", "|trim|length")) + b() + self.tag("endset")
            if k == 12: return self.tag(f"with {self.target()} = {self.expr()}, {self.target()} = {self.expr()}") + b() + self.tag("endwith")
            if k == 13: return self.tag("raw") + self.pick("{{ x }}", "{% if %}", " \n{# #}\n ") + self.tag("endraw")
            if k == 14: return "{#" + self.ws() + self.pick(" c ", "\n", "{{ x }}") + self.ws() + "#}"
            if k == 15:
                m = self.pick("mac", "mac2")
                args = self.pick("", "x", "x, y=1", "x=n, y=x", "x, y")
                s = self.tag(f"macro {m}({args})") + b() + self.pick("", "{{ varargs }}", "{{ kwargs }}", "{{ caller() }}", "{{ caller is defined }}", "{{ y }}") + self.tag("endmacro")
                return s + self.pick("", "{{ %s(%s) }}" % (m, self.pick("", "1", "1, 2", "x=3", "1, 2, 3", "q=1")), "{%% call %s(1) %%}%s{%% endcall %%}" % (m, b()), "{%% call(z) %s(1) %%}%s{%% endcall %%}" % (m, b()))
            if k == 16: return self.tag(f"filter {self.pick('upper', 'trim', 'replace(%r, %r)' % ('a', 'b'), 'length', 'e', 'indent')}") + b() + self.tag("endfilter")
            if k == 17: return self.tag(f"autoescape {self.pick('true', 'false', 't', 'no')}") + b() + self.tag("endautoescape")
            if k == 18: return self.tag(f"do sink.append({self.expr(1)})") + "{{ sink }}"
            if k == 19:
                return "{% set ns = namespace(v=1, w=2) %}" + self.tag(f"for i in range(3)") + self.tag(f"set ns.v = ns.v + {self.pick('i', '1', self.expr(1))}") + self.tag("endfor") + "{{ ns.v }}{{ ns.w }}{{ ns.z }}"
            if k == 20: return self.tag(f"include {self.pick(repr('inc'), repr('nope'), repr('vars'), '[%r, %r]' % ('nope', 'inc'), self.name())}" + self.pick("", " ignore missing") + self.pick("", "", " without context", " with context"))
            if k == 21: return self.tag(f"import 'lib' as lib" + self.pick("", " with context")) + "{{ lib." + self.pick("hi('x')", "value", "_hidden", "nope", "ctx()") + " }}"
            if k == 22: return self.tag("from 'lib' import hi" + self.pick("", " as hello", ", value", ", nope", " with context")) + "{{ hi is defined }}{{ value }}{{ nope }}"
            if k == 23: return self.tag("for r in rows recursive") + "{{ r.name }}{{ loop.depth }}" + b() + self.pick("{{ loop(r.kids) }}", "{% if r.kids %}[{{ loop(r.kids) }}]{% endif %}") + self.tag("endfor")
            return self.tag("print " + self.expr())

        def template(self):
            self.names = []
            r = self.r
            if r.random() < .12: return self.child()
            s = "".join(self.pick(self.text, self.stmt, self.stmt, self.print)() for _ in range(r.randint(1, 5)))
            if r.random() < .08: s = self.mutate(s)
            return s

        def child(self):
            r = self.r
            s = self.pick("", "lost", "{% set v0 = 3 %}") + "{% extends " + self.pick("'base'", "'mid'", "'base' if t else 'mid'", "'gone'") + " %}"
            if r.random() < .2: s = "{% if " + self.pick("t", "no") + " %}" + s + "{% endif %}"
            for name in r.sample(["title", "body", "foot", "req"], r.randint(0, 3)):
                s += "{% block " + name + self.pick("", " scoped") + " %}" + self.body(2) + self.pick("", "{{ super() }}", "{{ self.title() }}", "{{ super.super() }}") + "{% endblock %}" + self.pick("", "lost {{ n }}")
            return s

        def mutate(self, s):
            r = self.r
            for _ in range(r.randint(1, 2)):
                if not s: return s
                i = r.randrange(len(s))
                k = r.randint(0, 2)
                if k == 0: s = s[:i] + s[i + 1:]
                elif k == 1: s = s[:i] + r.choice("{}%#()[]'\"|.,:=+-*/~!<> ab1\n") + s[i:]
                else:
                    j = min(len(s), i + r.randint(1, 6)); s = s[:i] + s[j:]
            return s

        def env(self):
            r = self.r
            env = {"extensions": ["jinja2.ext.do", "jinja2.ext.loopcontrols"]}
            if r.random() < .3: env["trim_blocks"] = True
            if r.random() < .3: env["lstrip_blocks"] = True
            if r.random() < .3: env["keep_trailing_newline"] = True
            if r.random() < .2: env["autoescape"] = True
            if r.random() < .4: env["undefined"] = r.choice(["StrictUndefined", "ChainableUndefined", "DebugUndefined"])
            if r.random() < .05: env["newline_sequence"] = r.choice(["\r\n", "\r"])
            return env

    TEMPLATES = {
        "inc": "[{{ n }}{{ x }}{{ item }}{% set z = 1 %}]", "vars": "{% set out = 1 %}{{ a1 }}{{ loop }}",
        "lib": "{% macro hi(a, b='B') %}<{{ a }}{{ b }}{{ n }}>{% endmacro %}{% set value = 'V' %}{% set _hidden = 1 %}{% macro ctx() %}{{ s }}{% endmacro %}text",
        "base": "B:{% block title %}T{{ n }}{% endblock %}|{% for i in [1,2] %}{% block body scoped %}b{{ i }}{% endblock %}{% endfor %}|{% block foot %}f{{ self.title() }}{% endblock %}{{ v0 }}",
        "mid": "{% extends 'base' %}{% block body %}m{{ super() }}{% endblock %}{% block req required %}{% endblock %}",
    }

    def cases(seed, count):
        g = Gen(seed)
        for i in range(count):
            env = g.env()
            template = g.template()
            if "include" in template or "import" in template or "extends" in template: env["templates"] = TEMPLATES
            yield {"id": i, "template": template, "context": CONTEXT, "env": env}

    import warnings
    warnings.simplefilter('ignore')
    def answer(case):
        import jinja2, copy, signal
        def late(*_): raise TimeoutError()
        signal.signal(signal.SIGALRM, late)
        signal.alarm(3)
        try: return render(case)
        except TimeoutError: return {"error": "TimeoutError", "message": ""}
        finally: signal.alarm(0)

    def render(case):
        import jinja2, copy
        env = dict(case["env"])
        templates = env.pop("templates", None)
        if templates is not None: env["loader"] = jinja2.DictLoader(templates)
        if "undefined" in env: env["undefined"] = getattr(jinja2, env["undefined"])
        try:
            e = jinja2.Environment(**env)
            return {"output": e.from_string(case["template"]).render(copy.deepcopy(case["context"]))}
        except TimeoutError: raise
        except Exception as error:
            message = error.message if isinstance(error, jinja2.TemplateError) else str(error)
            result = {"error": type(error).__name__, "message": message}
            if isinstance(error, jinja2.TemplateSyntaxError): result["line"] = error.lineno
            return result

    TOK = ["{{", "}}", "{%", "%}", "{#", "#}", "if", "else", "elif", "endif", "for", "endfor", "in", "set", "endset", "a", "b", "1", "2.5", "'s'", "(", ")", "[", "]", "{", "}", ",", ".", ":", "|", "is", "not", "and", "or", "+", "-", "*", "**", "/", "//", "%", "~", "==", "=", "!=", "<", ">", "!", "?", "$", "@", ";", "&", "raw", "endraw", "macro", "endmacro", "block", "endblock", "call", "endcall", "filter", "endfilter", "with", "endwith", "include", "import", "from", "as", "extends", "do", "break", "continue", "autoescape", "endautoescape", "print", "recursive", "scoped", "required", "ignore", "missing", "without", "context", "true", "none", "text", "\n", "\\", "'", '"', "0777", "1.", ".5", "1e", "0x", "1_", "한", "é", "٣", "loop", "caller", "{{ a }}", "{% if a %}", "{% endif %}", "{% for a in b %}", "{% endfor %}", "{% block a %}", "{% endblock %}", "{% macro a(b) %}", "{% endmacro %}", "{%-", "-%}", "{{-", "-}}", "{#-", "-#}", "{%+", "+%}"]
    def token_template(r):
        n = r.randint(1, 14)
        out = []
        for _ in range(n):
            k = r.random()
            if k < .25: out.append("{% " + " ".join(r.choice(TOK[4:]) for _ in range(r.randint(1, 6))) + " %}")
            elif k < .45: out.append("{{ " + " ".join(r.choice(TOK[15:]) for _ in range(r.randint(0, 5))) + " }}")
            else: out.append(r.choice(TOK))
        return r.choice(["", " "]).join(out)
    def token_cases(seed, count):
        r = random.Random(seed)
        for i in range(count):
            env = {"extensions": ["jinja2.ext.do", "jinja2.ext.loopcontrols"]}
            if r.random() < .3: env["trim_blocks"] = True
            if r.random() < .3: env["lstrip_blocks"] = True
            k = r.random()
            t = token_template(r)
            if k < .1: env["line_statement_prefix"] = "#"; env["line_comment_prefix"] = "##"; t = t.replace("{% ", "\n# ").replace(" %}", "\n") if r.random() < .7 else t
            elif k < .2:
                env.update(block_start_string="<%", block_end_string="%>", variable_start_string="<%=", variable_end_string="%>", comment_start_string="<%#", comment_end_string="%>")
                t = t.replace("{{", "<%=").replace("}}", "%>").replace("{%", "<%").replace("%}", "%>").replace("{#", "<%#").replace("#}", "%>")
            elif k < .27:
                env.update(variable_start_string="[[", variable_end_string="]]", block_start_string="[%", block_end_string="%]")
                t = t.replace("{{", "[[").replace("}}", "]]").replace("{%", "[%").replace("%}", "%]")
            yield {"id": i, "template": t, "context": {"a": 1, "b": [1, 2]}, "env": env}
    """#
}
