/// Snippets that break each rule in turn, alone and in the places where code can be. Nearly all of the file is one list of
/// them.
enum ConventionsSemanticsCases {
  static var all: [String] {
    var texts: [String] = []
    for seed in seeds.split(separator: "\n# ---\n", omittingEmptySubsequences: true) {
      texts.append(String(seed) + "\n")
      for (head, depth) in heads { texts.append(head + indent(String(seed), depth)) }
    }
    return texts
  }

  /// What a snippet is put into.
  private static let heads = [
    ("def outer(data):\n", 4), ("class Outer:\n", 4),
    ("class Base(Outer):\n    def method(self, data):\n", 8),
    ("try:\n    work()\nexcept ValueError as e:\n", 4), ("if flag:\n    pass\nelse:\n", 4),
    ("async def _hidden():\n    with data as d:\n", 8),
  ]

  private static func indent(_ text: String, _ depth: Int) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : String(repeating: " ", count: depth) + $0 }
      .joined(separator: "\n") + "\n"
  }

  private static let seeds = #"""
    import os
    # ---
    import os, sys
    print(sys)
    # ---
    import a.b.c
    import a.b as d
    d.x()
    # ---
    from a import (b, c as e,
        f)
    print(f)
    # ---
    from a import b as b
    # ---
    from os.path import *
    join(x, y)
    # ---
    __all__ = ["missing", "x"]
    x = 1
    # ---
    value = undefined + 1
    del value
    print(value)
    # ---
    x = 1
    def f():
        print(x)
        x = 2
    # ---
    def f():
        a = 1
        b: int
        c: int = g()
        d, e = g()
        with g() as h:
            pass
        (k := 3)
    # ---
    def f():
        pass
    def f():
        return 1
    # ---
    import os
    import os
    os.x
    for os in y:
        pass
    # ---
    "%s %s" % (1,)
    "%(a)s %s" % {"a": 1}
    "%(a)s" % (1,)
    "%s %s" % {"a": 1}
    "%y" % 1
    "%(a" % {}
    "%" % 1
    "%*d" % {"a": 1}
    "%(a)s" % {"b": 1}
    "%d%%" % 3
    "%s" % (1, 2)
    "no" % [1]
    # ---
    "{} {}".format(1)
    "{0} {}".format(1, 2)
    "{a}".format(b=1)
    "{} {x}".format(1, 2, x=3)
    "{".format(1)
    "{!x:>{w}}".format(1)
    "{a.b[c]}".format(**k)
    "{} {}".format(*k)
    # ---
    a = f"x" "y"
    b = f"{a}" f"x"
    c = rf"{{}}"
    d = {"a": 1, "a": 2, b: 1, b: 2, 1: 1, 1: 3, (1, 2): 1, (1, 2): 2}
    assert (a, "b")
    assert ()
    if (a, b):
        pass
    print >>file, "x"
    raise NotImplemented("x")
    # ---
    raise NotImplemented
    # ---
    x == None
    None != x
    x == True
    False == x
    x != False != y
    1 == None
    x == y == None
    True == True
    # ---
    if not x in y or not (x is y) or not x not in y:
        pass
    # ---
    type(a) == type(b)
    type(a) != int
    a.dtype == float
    ValueError == x
    x is 1
    x is not "a"
    x is ()
    x is []
    (1, 2) is x
    x is -1
    # ---
    try:
        f()
    except:
        pass
    # ---
    try:
        f()
    except (ValueError, KeyError) as error:
        if error:
            raise TypeError("x")
        raise error
    except OSError:
        raise
    except Exception:
        for x in y:
            raise RuntimeError from None
        raise ValueError
    # ---
    def f(a=[], b={}, c=set(), d=dict(), e=list(), g=(), h={1}, *, i=[x for x in y]):
        pass
    # ---
    from collections import defaultdict
    from typing import Sequence, Optional, Union
    def f(a: Sequence = [], b: Optional[Sequence[int]] = [], c=defaultdict(list), d: int | None = [],
          e: Union[int, str] = g(), h: float = float("nan"), i=g(1)(2), j=lambda: g(), k=a.b()):
        """Do."""
        import os
        return a
    # ---
    f = lambda x: x
    g: Callable = lambda: 0
    a.b = lambda: 1
    a = b = lambda: 2
    h = (lambda: 1)
    # ---
    l = 1
    for O in x:
        pass
    def I(l, *O):
        global l
    class l:
        pass
    [l for l in x]
    with x as l:
        pass
    lambda l: l
    (I := 3)
    try:
        pass
    except E as l:
        pass
    # ---
    class camelCase:
        mixedCase = 1
        CONST = 2
        _privateMixed: int = 3
        def badName(notSelf, ArgName, *Args, **kwArgs):
            localVar = 1
            X = 2
            a, B = 3, 4
        @classmethod
        def make(klass):
            pass
        @staticmethod
        def stat(x):
            pass
        def __new__(klass):
            pass
        def __init_subclass__(self):
            pass
        def setUp(self):
            pass
    # ---
    class Meta(type):
        def __call__(self, x):
            pass
        def other(cls):
            pass
    # ---
    class Missing(Exception):
        pass
    class under_score(ValueError):
        pass
    class _Fine(KeyError):
        pass
    # ---
    def __magic__():
        pass
    def __getattr__(name):
        pass
    mixedCase = 1
    _mixedCase: int = 2
    CamelCase = 3
    # ---
    from a import CONST as const, Camel as camel, Camel as CONSTANT, lower as Upper, ElementTree as ET
    import a.lower as Lower
    import a.CamelCase as CC
    import xml.etree.ElementTree as ET
    from a import Camel as C, CamelTwo as CT
    # ---
    from collections import namedtuple
    from typing import TypeVar, NamedTuple, override
    def f():
        Point = namedtuple("Point", "x y")
        T = TypeVar("T")
        global Glob
        Glob = 1
        match x:
            case {"a": Name, **Rest}:
                pass
            case [*Stars] as Whole:
                pass
    # ---
    def public(a, b: int, *args, **kwargs):
        return 1
    class Public:
        def __init__(self, a):
            pass
        def method(self, a=1) -> int:
            pass
        @staticmethod
        def stat(a):
            pass
        @classmethod
        def make(cls, a):
            pass
        def _private(self):
            pass
        class Inner:
            pass
    def _private(a):
        def nested(b):
            pass
    # ---
    from typing import overload
    @overload
    def f(a: int) -> int:
        """Not here."""
    @overload
    def f(a: str) -> str: ...
    def f(a):
        return a
    # ---
    print("a")
    print("a", file=None)
    print("a", file=out)
    import sys
    print("a", file=sys.stderr)
    from pprint import pprint
    import pprint as pp
    pprint(x)
    pp.pprint(x, stream=y)
    # ---
    import logging
    from logging import info, getLogger
    logging.info(f"{x}")
    logging.debug("a %s" % x)
    info("{}".format(x))
    getLogger(__name__).error("a" + x)
    self.logger.warning(f"x")
    LOG.log(1, f"{x}")
    logging.log(f"{x}", "y")
    log.info(msg=f"{x}")
    other.info(f"{x}")
    # ---
    def f(a, b, c, d, e, g, _h, *, i=1):
        pass
    # ---
    def f(a):
        if a: pass
        elif b: pass
        for x in y:
            while z: pass
            else: pass
        try: pass
        except A: pass
        except B: pass
        else: pass
        finally: pass
        match a:
            case 1: pass
            case 2: pass
            case _: pass
        def g():
            if a: pass
        with a: pass
        x = 1 if a else 2
        return [x for x in y if x]
    # ---
    def f():
        """Return x"""
    def g():
        """returns x."""
    def h():
        '''Get x.'''
    def i():
        "This is x!"
    def j():
        """i(a) -> b."""
    def k():
        """ Spaces. """
    def m():
        """"""
    def n():
        """
        Second line.
        """
    def o():
        """Only.
        """
    # ---
    def f():

        """Do it.
        Without a blank.

          Over.
      Under."""

        return 1
    # ---
    class A:

        """Doc."""
        x = 1
    class B:
        """Doc."""

        x = 1
    class C:
        """Doc.


        More."""; y = 2
    # ---
    def f():
        """Do \d it.

        More \
        text.
        """

        def inner():
            """Do 'it' ""\"x."""
    # ---
    def f(a, b, *args, **kwargs):
        """Do it.

        Args:
            a: first.
            *args: rest.

        returns:
            x
        Raises:

            ValueError: no.
        """
    # ---
    def f(a, b):
        """Do it.

        Parameters
        ----------
        a : int
            First.

        Returns
        ---
        x
            Text.
        See Also
        --------

        g
        Notes:
        ------
        Text.

        Examples
        """
    # ---
    def f(a):
        """Do it.

        Raises:
            ValueError: x.

        Args:
            a (int): x.
                Yields: no.

        Note

        Text.

          Todo:
            * x
        """
    # ---
    def f(a):
        """Do it

        Returns
        =======
        x

        Parameters

        ----------

        a : int
            Text.
        Other Parameters
          ----------------
        b
        """
    # ---
    try:
        f()
    except ValueError as e:
        pass
    else:
        while True:
            break
        else:
            for x in y:
                continue
    # ---
    class A:
        x = [y for y in z]
        def f(self):
            return __class__
        def g(self):
            nonlocal_ = 1
            def h():
                nonlocal nonlocal_
                nonlocal_ = 2
            return h
    """#
}
