/// The Python that makes parameters and asks papermill what it does with them.
enum NotebookParametersPeer {
  /// The result is a list of `{"kind", "given", "want"}`; where papermill fails, `want` is null.
  static let script = #"""
    import datetime, json, logging, random, re
    import yaml
    from papermill import translators as T
    from papermill.cli import _resolve_type
    from papermill.iorw import NoDatesSafeLoader
    r = random.Random(20261122)
    skipped = [0]
    class Counter(logging.Handler):
        def emit(self, record): skipped[0] += 1
    T.logger.handlers, T.logger.propagate = [Counter()], False
    cases = []
    def add(kind, given, want): cases.append({"kind": kind, "given": given, "want": want})
    def attempt(body):
        try: return body()
        except Exception: return None

    # Texts of -p.
    base=["True","False","None","true","null","1","-1","+1"," 1 ","1 2","007","0x1F","0b1","0o7","1_000","1__0","_1","1_","1e3","1E3","1e","e1",".5","5.","-.5",".","+.e1","inf","-inf","Infinity","-Infinity","iNf","infinit","nan","NaN","+nan","-nan","","[1]","{}","1L","1j","12345678901234567890","-99999999999999999999","1"*4300,"1"*4301,"1e400","-1e400","1e-400","１２","٣","٣.٥","1\u00a0","\u20031","\x1c1","\x1c１","1\x1f","１\x1f","\x851","1.5.2","--1","+-1","- 1","0","-0","+0","0.0","-0.0","1_0.5_0","1_.5","1._5","1e1_0","1e_1","0_7","00","0e0","²","½","Ⅷ","1\n","\t1","\v1","1,000","1,5","True ","1e+16","1e16","1e22","123456789012345678","0.1","1e-5","1e-4","0.00001","100000000000000000000.0","1d3","0x1p3","1e３","٣e٢","一","True\n"]
    def rnd():
        return "".join(r.choice(["1","0","9","_",".","e","E","-","+"," ","i","n","f","a","x","٣","１"]) for _ in range(r.randint(0,7)))
    def rnd(): return "".join(r.choice(["1", "0", "9", "_", ".", "e", "E", "-", "+", " ", "i", "n", "f", "a", "x", "٣", "１"]) for _ in range(r.randint(0, 7)))
    for text in base + [rnd() for _ in range(800)]: add("text", text, repr(_resolve_type(text)))

    # YAML. Left out: names that are no texts, which papermill assigns to and we refuse.
    ys=["yes","no","on","off","y","n","Yes","NO","True","true","TRUE","~","null","Null","","010","0o17","0x1F","0b11","12:30:45","1e3","1.0e+3","1.e+3",".5","-.5","+.5",".inf","-.inf",".nan",".NaN","2001-01-01","2001-12-14t21:59:43.10-05:00","2001-12-14 21:59:43","!!timestamp 2001-01-01","!!str 1","!!int '3'","!!float 3","!!binary aGVsbG8=","!!set {a}","!!omap [a: 1, b: 2]","[1, 2, [3]]","{a: 1, b: {c: d}}","'text'","\"\\u00e9\\n\"","1_000","0_1","+1","-1","1:2","190:20:30.15","<<","=","|\n    a\n    b\n  ","é","😀","1e","- x","[2001-01-01]","{2001-01-01: 2002-02-02}","{1: a, 2: b}","!!python/none x","*a","&a 1","%x","@x","`x","a: b","'","[","12345678901234567890","0777","08","09","1.5","1e5","1.5e5","1.5E+5","1.5e-5","{a: &b 1, c: *b}","{<<: {a: 1}, b: 2}","NaN","nan","inf","0.","1.","-0","0","- - 1","? a"]
    items=["a: "+v for v in ys]+["","~","[]","{}","0","''","false","1","x","[[a, 1], [b, 2]]","- a: 1","a: 1\na: 2\nb: 3","a: 1\n---\nb: 2","# c","a: 1\n...\n","{a: 1, b: 2}","!!omap [a: 1, b: 2]","!!pairs [a: 1, a: 2]","\ufeffa: 1","\ta: 1","a: 1\r\nb: 2\r\n","2001-01-01: 1","? [a]\n: 1","a: !x 1"]
    def load(text):
        values = {}
        values.update(yaml.load(text, Loader=NoDatesSafeLoader) or {})
        return repr(values)
    for text in items: add("yaml", text, attempt(lambda: load(text)))

    # Assignments.
    STR=["","a","a b","é","e\u0301","😀","\"","'","`","\\","\n","\t","\r","\x00","\x7f","\x80","\xff","\u2028","$x","$(rm)","a'b\"c","%d","{x}","/p/q.csv","a=b","@","~","#","-n","ünï","\x1b[0m","\\n","${A}","a\\'b"]
    def val(d=0):
        c=r.random()
        if d>3 or c<.65: return r.choice([None,True,False,0,1,-1,2**31-1,2**31,-2**31,-2**31-1,2**63,10**30,0.0,-0.0,1.5,1e16,1e-7,float("inf"),-float("inf"),float("nan"),r.choice(STR),r.choice(STR),"".join(r.choice(STR) for _ in range(3))])
        if c<.83: return [val(d+1) for _ in range(r.randint(0,3))]
        return {r.choice(["a","b c","é","\"","'","\n",1,True,None,1.5,"k"]):val(d+1) for _ in range(r.randint(0,3))}
    languages = list(T.papermill_translators._translators)
    special = "a: !!timestamp 2001-01-01 10:00:00\nb: !!binary aGVsbG8=\nc: !!pairs [a: 1]\nd: 2001-01-01\n"
    texts = [(language, special) for language in languages]
    for _ in range(1200):
        values = {r.choice(["a", "b", "_x", "__y", "é", "longer_name", "A.b"]): val() for _ in range(r.randint(0, 3))}
        texts.append((r.choice(languages), yaml.safe_dump(values, sort_keys=False, allow_unicode=False)))
    for language, text in texts:
        want = attempt(lambda: T.translate_parameters(language, None, yaml.load(text, Loader=NoDatesSafeLoader) or {}))
        add("source", [language, text], want)

    # Paths.
    pm={"run_uuid":"uuid","current_datetime_local":datetime.datetime(2024,2,29,13,5,9,1234),"current_datetime_utc":datetime.datetime(2024,2,29,0,5,9,tzinfo=datetime.timezone.utc)}
    formatted={"a":[0,1,-7,1234567,10**20,-2**63,255],"f":[0.0,-0.0,1.0,1.5,-2.675,1e16,1e-7,123456.789,float("inf"),-float("inf"),float("nan"),100.0,99999.95,1e22,0.1],"s":["x","é b","","a/b","{y}"],"b":[True,False],"n":[None],"l":[[1,"z",[2]],[]],"d":[{"k":1,"x y":"v",3:"t"},{}]}
    def spec():
        c=r.random()
        if c<.1: return r.choice(["%Y","%H:%M","%Y-%m-%d_%H%M%S","%j %U %W %V %G","%a %A %b %B %p %I","%f %z %Z","%c|%x|%X","%e %y %C %%","d","s","","{a}","{w}",".{p}f"])
        s=""
        if r.random()<.4: s+=r.choice(["","*","0","é","-"])+r.choice("<>=^")
        if r.random()<.3: s+=r.choice("+- ")
        if r.random()<.1: s+="z"
        if r.random()<.15: s+="#"
        if r.random()<.25: s+="0"
        if r.random()<.5: s+=str(r.choice([1,3,5,8,10,12,20]))
        if r.random()<.2: s+=r.choice(",_")
        if r.random()<.35: s+="."+str(r.choice([0,1,2,3,6,10]))
        if r.random()<.6: s+=r.choice("dbcoxXneEfFgG%s")
        return s
    def field():
        n=r.choice(["a","f","s","b","n","l","d","a","f","pm[run_uuid]","pm[current_datetime_local]","pm[current_datetime_utc]","l[0]","l[1]","l[2][0]","l[9]","l[x]","d[k]","d[x y]","d[3]","d[z]","a.real","a.imag","f.real","a.nope","pm[current_datetime_utc].year","pm[nope]","missing","pm","0",""])
        s=n
        if r.random()<.15: s+="!"+r.choice("rsax")
        if r.random()<.65: s+=":"+spec()
        return "{"+s+"}"
    # A width that names a number of a million is refused by us.
    formatted["a"].remove(1234567)
    for _ in range(1500):
        values = {name: r.choice(choices) for name, choices in formatted.items()}
        values.update(w=r.choice([5, 12]), p=r.choice([0, 3]))
        template = r.choice(["", "out_", "a{{b}}/"]) + field() + (r.choice([".ipynb", "}", "{", "{{}}"]) if r.random() < .1 else "")
        text = yaml.safe_dump(values, sort_keys=False)
        read = yaml.load(text, Loader=NoDatesSafeLoader)
        add("path", [template, text], attempt(lambda: template.format(**{"pm": pm, **read})))

    # What --help-notebook finds.
    A=["a","b1","_x","é","名","a b","x.y","for i","  n","²","a\u0301","A"]
    ANN=[":int",": int"," : float",": 'str'",': "List[int]"',": List[str, int] ",": np.int",": int | None",": Literal['a']",":",": Dict[str,\tint]",": 'int",": dict[str, list[int]]","\u00a0:\u00a0int",":1",": _T"]
    V=["1","1.5","'x'","\"#fff\"","[1,","  2]","{","'a': 1,","}","None","","f(1)","a == b","x=1","'''","lambda: 0","1 # c","1# type: int help me","1 #type:int","1 # type: List[int] the help","1 #  type:   float","1   #","1 # a # b","#","\x1c2","\u2028 3","1\x0c# f","1 \u00a0# nb"]
    def line():
        c=r.random()
        if c<.1: return r.choice(["","# comment","   # c = 1","  ","import os","def f(a=1):","x == 1","a = b = 1","%matplotlib","  2,","]","\t"])
        s=r.choice(A)
        if r.random()<.4: s+=r.choice(ANN)
        s+=r.choice([" = ","=","  =  "," =\t","  "])+r.choice(V)
        return s
    for _ in range(800):
        source = "".join(line() + r.choice(["\n", "\n", "\n", "\r\n", "\r", "\x0b", "\x1e", "\x85"]) for _ in range(r.randint(0, 7)))
        skipped[0] = 0
        found = T.PythonTranslator.inspect({"source": source})
        add("list", source, [skipped[0], [[p.name, p.inferred_type_name, p.default, p.help] for p in found]])
    json.dump(cases, open(folder + "/result.json", "w"))
    """#
}
