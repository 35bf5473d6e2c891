/// Python that makes templates with `{% trans %}` and `{% debug %}`, right and wrong ones.
enum TemplatesTranslationCases {
  static let source = #"""

    CALLS = ("{% macro gettext(m) %}[{{ m }}]{% endmacro %}"
             "{% macro ngettext(s, p, n) %}{{ s if n == 1 else p }}/{{ n }}{% endmacro %}"
             "{% macro pgettext(c, m) %}{{ c }}:{{ m }}{% endmacro %}"
             "{% macro npgettext(c, s, p, n) %}{{ c }};{{ s if n == 1 else p }}{% endmacro %}")

    def trans_tag(r):
        value = lambda: r.choice(["1", "n", "items|length", "count()", "cycler(1, 2).next()", "'<b>'", "a.b", "[1]", "num + 1"])
        names = ["n", "num", "name", "user", "trimmed", "notrimmed", "gettext", "한글"]
        def named():
            name = r.choice(names)
            return name + (" = " + value() if r.random() < .5 else "")
        head = " '" + r.choice(["menu", "%", "한"]) + "'" if r.random() < .15 else ""
        if r.random() < .2: head += r.choice([" trimmed", " notrimmed"])
        parts = [named() for _ in range(r.choice([0, 0, 1, 1, 2, 3]))]
        head += (" " + ", ".join(parts)) if parts else ""
        if r.random() < .05: head += ":"
        if r.random() < .04: head += r.choice([",", " x y", " 1", " =", " 'a' 'b'"])
        def body():
            out = []
            for _ in range(r.randint(0, 4)):
                out.append(r.choice([
                    "text", "50%", "100%% sure", " %(name)s ", "\n  line\n", "  ", "\t\n", "<i>", "{{ n }}", "{{ name }}",
                    "{{ num }}", "{{n}}", "{{ missing }}", "{{- name -}}", "한글", "\u00a0\n\u2003", "%s", "{# note #}",
                    "{% raw %}{{ x }}%{% endraw %}"]))
            if r.random() < .04:
                out.append(r.choice(["{{ n.x }}", "{{ n|upper }}", "{{ 1 }}", "{% if n %}", "{% trans %}x{% endtrans %}", "{% 1 %}", "{% set x = 1 %}"]))
            return "".join(out)
        text = "{% trans" + head + r.choice([" %}", " -%}", "%}"]) + body()
        if r.random() < .4:
            word = r.choice(["", "", " n", " num", " name", " other", " 1"])
            text += "{% pluralize" + word + " %}" + body()
            if r.random() < .05: text += "{% pluralize %}" + body()
        if r.random() < .97: text += r.choice(["{% endtrans %}", "{%- endtrans -%}"])
        return text

    def trans_cases(seed, count):
        r = random.Random(seed)
        for i in range(count):
            env = {"extensions": ["jinja2.ext.i18n"] if r.random() < .9 else ["jinja2.ext.InternationalizationExtension", "jinja2.ext.do"]}
            if r.random() < .3: env["trim_blocks"] = True
            if r.random() < .3: env["lstrip_blocks"] = True
            if r.random() < .3: env["autoescape"] = True
            if r.random() < .3: env["undefined"] = r.choice(["StrictUndefined", "ChainableUndefined", "DebugUndefined"])
            if r.random() < .1: env["newline_sequence"] = "\r\n"
            text = (CALLS if r.random() < .8 else "") + r.choice(["", "{% macro count() %}3{% endmacro %}"])
            for _ in range(r.randint(1, 2)): text += trans_tag(r) + r.choice(["", "\n", " {{ _trans }} ", "{{ _('x') }}"])
            if r.random() < .1: text = "{% for n in [1, 2] %}" + text + "{% endfor %}"
            yield {"id": i, "template": text, "env": env,
                   "context": {"n": r.choice([0, 1, 2]), "num": 1, "name": "<Kim & Lee>", "user": "u", "items": [1, 2], "a": {"b": 7}}}

    def debug_cases(seed, count):
        r = random.Random(seed)
        def value(depth):
            k = r.random()
            if depth > 3 or k < .3: return r.choice([1, 2.5, None, True, "a", "long text " * r.randint(1, 12), "한글", ""])
            if k < .6: return [value(depth + 1) for _ in range(r.choice([0, 1, 3, 12, 40]) if depth < 2 else r.randint(0, 3))]
            return {r.choice(["a", "b", "key", "longer_key_%d" % j]): value(depth + 1) for j in range(r.randint(0, 4))}
        for i in range(count):
            context = {name: value(0) for name in r.sample(["x", "y", "zed", "some_longer_name", "cookiecutter"], r.randint(0, 4))}
            yield {"id": i, "template": r.choice(["{% debug %}", "{% set here = [1, 2] %}{% debug %}", "{% for y in [5] %}{% debug %}{% endfor %}"]), "env": {"extensions": ["jinja2.ext.debug"]}, "context": context}
    """#
}
