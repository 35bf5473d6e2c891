/// Snippets for the rules that flake8-bugbear began, and for types that are texts. Nearly all of the file is one list of them.
enum ConventionsBugCases {
  static let question = AgreementQuestion(ids: [
    "py.loop-variable", "py.loop-closure", "py.constant-attribute", "py.finally-jump",
    "py.handler-type", "py.useless-expression", "py.blind-assertion", "py.abstract-class",
    "py.forward-annotation",
  ])

  /// Each alone, in a function, in a class and in a loop.
  static var all: [String] {
    seeds.split(separator: "\n# ---\n").flatMap { seed in
      let text = String(seed)
      func indented(_ depth: Int) -> String {
        let space = String(repeating: " ", count: depth)
        return text.split(separator: "\n", omittingEmptySubsequences: false)
          .map { $0.isEmpty ? "" : space + $0 }.joined(separator: "\n") + "\n"
      }
      return [
        head + text + "\n", head + "def outer(a, b):\n    pass\n" + indented(4),
        head + "class Outer:\n    x = 1\n" + indented(4),
        head + "async def method(self):\n    for item in self:\n        print(item)\n"
          + indented(8),
        head + "if a:\n    pass\nelse:\n" + indented(4),
      ]
    }
  }

  private static let head = """
    import abc
    import contextlib
    import functools
    from abc import ABC, ABCMeta, abstractmethod
    from typing import Annotated, List, Literal, TypeVar, cast

    import pytest
    from contextlib import suppress
    from pytest import raises


    """

  private static let seeds = #"""
    getattr(a, "b"); getattr(a, "b", None); getattr(a, "class"); getattr(a, "__x"); getattr(a, "__x__"); getattr(a, f"b"); getattr(a, b"b")
    getattr(1, "real"); getattr(a + b, "c"); getattr(*a, "b"); getattr("x" "y", "a" "b")
    setattr(a, "b", 1); setattr(a, "__b", 1); x = setattr(a, "b", 1); [setattr(a, "b", 1)]
    assert False
    assert False, "x"
    assert 0
    # ---
    def f():
        try:
            pass
        finally:
            for x in y:
                break
            else:
                return 1
            while 1:
                if a:
                    return 2
                continue
            if x:
                return 1
            elif y:
                return 3
            else:
                return 2
            try:
                return 1
            except A:
                return 2
            else:
                return 3
            finally:
                return 4
            with a:
                return 5
            match a:
                case 1:
                    return 6
            def g():
                return 7
            class B:
                pass
            for z in y:
                for w in z:
                    continue
                else:
                    break
    # ---
    for x in y:
        try:
            pass
        finally:
            break
    # ---
    for x in y:
        try:
            pass
        finally:
            if x:
                continue
    # ---
    try:
        pass
    except (ValueError,):
        pass
    except (*A,):
        pass
    except ():
        pass
    except (A, A):
        pass
    except (A, B, A.b, A.b, B):
        pass
    except (OSError, IOError):
        pass
    except A:
        pass
    except (C, A, A):
        pass
    except ValueError:
        pass
    # ---
    assert not True
    1 == 2
    a == b
    a < b < c
    a == b == c; d
    raise "x"
    # ---
    raise "x" % 1
    raise f"x"
    raise 1
    raise None
    raise True
    raise ...
    # ---
    class T:
        def test(self):
            with self.assertRaises(Exception): pass
            with self.assertRaises(Exception) as e: pass
            with self.assertRaises(Exception, msg="x"): pass
            with self.assertRaises(ValueError): pass
            with pytest.raises(Exception): pass
            with pytest.raises(Exception, match="x"): pass
            with pytest.raises(Exception, match=""): pass
            with pytest.raises((Exception, ValueError)): pass
            with pytest.raises(Exception) as e: pass
            with pytest.raises(expected_exception=Exception): pass
            with pytest.raises(BaseException), a: pass
            self.assertRaises(Exception, f)
            self.assertRaises(Exception, f, 1)
            pytest.raises(Exception, f)
            self.assertRaises(Exception)
            with raises(Exception): pass
            with self.assertRaisesRegex(Exception, "x"): pass
    # ---
    raise b"x"
    raise -1
    raise ("x", 1)
    raise
    raise NotImplementedError from "x"
    1
    # ---
    1 + 1
    a
    a.b
    a.b.c()
    a[1]
    a().b
    # ---
    "x"
    f"x"
    b"x"
    ...
    None
    True
    # ---
    []
    [1, 2]
    {1: 2}
    {1}
    (1, 2)
    (a, b)
    # ---
    [x for x in y]
    (x for x in y)
    {x for x in y}
    a + b
    a + 1
    1 + 2
    # ---
    "x" + "y"
    [1] + [2]
    -a
    -1
    not a
    a and b
    # ---
    a or f()
    a if b else c
    lambda: 1
    list()
    set()
    dict()
    # ---
    tuple()
    list(a)
    str()
    await_ = 1
    f"{x}"
    f"{f()}"
    # ---
    (yield_ := 1)
    a and b.c
    [a()]
    [a, b.c]
    a @ b
    ~a
    # ---
    print
    a[1:2]
    a == b, c
    (a == b).c
    a < b
    frozenset()
    # ---
    *a, b
    {**a}
    {"a": f()}
    1j
    1.5
    "a".b
    # ---
    a.b[c]
    [a[1]]
    for x in x: pass
    for x, y in x.items(): pass
    for i in [i for i in z]: pass
    for i in (lambda i: i)(z): pass
    # ---
    for i in (lambda j: i)(z): pass
    for i in [j for j in i]: pass
    for a.x in a: pass
    for a[i] in a: pass
    for (i, *j) in j: pass
    for i in {i: 1}: pass
    # ---
    for i in {j: i for j in k}: pass
    for i, j in [(j, i) for i, j in k]: pass
    for x in foo(x=1): pass
    for x in x.x if x else 1: pass
    with contextlib.suppress(): pass
    with contextlib.suppress(ValueError): pass
    # ---
    def f():
        f"doc"
    # ---
    def f():
        f"doc" "x"
    # ---
    def f():
        "x" f"{doc}"
    # ---
    class A:
        f"x"
        def g(self):
            f"""x {y}"""
    # ---
    def f():
        1
        f"x"
    # ---
    contextlib.suppress()
    with contextlib.suppress(*a): pass
    f(a=1, *b)
    f(*b, a=1)
    f(a=1, *b, c=2, *d)
    f(**a)
    # ---
    for i in y:
        def g(): return i
        lambda: i
        lambda i: i
        lambda i=i: i
        f(key=lambda: i)
        map(lambda x: i, z)
        reduce(lambda x: i, z)
        def h(i): return i
        def k(i=i):
            return i
        x = [lambda: i for i in z]
        pass
        y = lambda: (i := 2)
        async def kk():
            return [i for q in i]
        class Q:
            w = i
            def m(self):
                return i
    # ---
    f(x, *a, y=1, *b)
    class A(x=1, *b): pass
    [lambda: i for i in z]
    {lambda: i for i in z}
    (lambda: i for i in z)
    {i: lambda: i for i in z}
    # ---
    while True:
        j = 1
        k, (l, *m) = 1
        n += 1
        o: int = 1
        with p as q:
            pass
        for r in s:
            pass
        def g():
            return j, k, l, m, n, o, q, r
        def g2():
            def g3():
                return j
            return [lambda: j, lambda j: j]
    # ---
    class A(ABC):
        def f(self): return 1
    # ---
    class A2(ABC):
        x: int
        def f(self): return 1
    # ---
    class A3(ABC):
        x: int = 1
        def f(self): return 1
    # ---
    class A4(ABC):
        x = 1
    # ---
    class A5(abc.ABC, metaclass=abc.ABCMeta):
        def f(self): return 1
    # ---
    class A6(metaclass=abc.ABCMeta):
        def f(self): return 1
    # ---
    class A7(ABC, B):
        def f(self): return 1
    # ---
    class A8(ABC):
        @abstractmethod
        def f(self): return 1
    # ---
    class A9(ABC):
        @property
        def f(self): return 1
    # ---
    class A10(ABC):
        @abc.abstractproperty
        def f(self): return 1
    # ---
    class A11(ABC):
        @foo.abstractmethod
        def f(self): return 1
    # ---
    class A12(ABC):
        if x:
            def f(self): return 1
    # ---
    class A13(ABC):
        def f(self): pass
    # ---
    class A14(ABC):
        async def f(self): return 1
    # ---
    class A15(ABC):
        class B: pass
    # ---
    class A16(ABC):
        @overload
        def f(self): return 1
    # ---
    class A17(B, metaclass=abc.ABCMeta):
        def f(self): return 1
    # ---
    class A18(notabc.ABC):
        def f(self): return 1
    # ---
    class A19(ABC):
        def f(self): return 1
        x: int
    # ---
    for i in y:
        i = 2
    # ---
    for i in y:
        del i
    else:
        print(i)
    # ---
    for i in y: pass
    for i, j in y: print(i)
    for i, (j, k) in y: print(i)
    for _ in y: pass
    for _i in y: pass
    for __i in y: pass
    # ---
    for i in y:
        locals()
    # ---
    async def f():
        async for i in y: pass
    # ---
    for i in y:
        def g(i): pass
    # ---
    for i in y:
        def g(): i
    # ---
    for i in y:
        f"{i}"
    # ---
    for i in y:
        x.i
    # ---
    for i in y:
        x: "i" = 1
    # ---
    for i in y:
        g(i=1)
    # ---
    for i in y:
        [i for i in x]
    # ---
    for i in y:
        except_ = 1
        try: pass
        except A as i: pass
    # ---
    for i in y:
        import i
    # ---
    for i in y:
        match x:
            case i: pass
    # ---
    for i_ in y: pass
    for a.b in y: pass
    for a[b] in y: pass
    for i, i in y: pass
    [1 for i in y]
    x: "a b"
    # ---
    x: "List["
    x: "" = 1
    def f(a: "1 +") -> "x y": pass
    x: "(a\n b)"
    x: "a;"
    x: " a"
    # ---
    x: "a\nb"
    x: "*a"
    x: "a := 1"
    x: "(a := 1)"
    x: "yield a"
    x: "lambda: a"
    # ---
    x: f"a b"
    x: "a" "b c"
    x: List["a b"]
    cast("a b", x)
    TypeVar("T", bound="a b")
    x: Literal["a b"]
    # ---
    x: Annotated["a b", "c d"]
    x: b"a b"
    x: "a, b"
    x: "a b".c
    x = "a b"
    x: "\x61 b"
    # ---
    x: "print 'x'"
    x: "a #"
    x: "a:"
    x: "x=1"
    """#
}
