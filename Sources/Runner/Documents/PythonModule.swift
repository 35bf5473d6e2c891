/// The module `reprise` that a Python program of a run can import: `reprise.display(figure)` puts a picture, a table or a text
/// into the run's document where it happened.
///
/// Outside of a run it prints. It needs nothing beside the standard library, of Python 3.6 or later.
enum PythonModule {
  static let text = #"""
    """What a program tells the run that it is a part of. Written by Reprise."""

    import base64
    import json
    import os
    import socket
    import sys

    __all__ = ["display", "log_metric", "mark"]


    def mark(text):
        """Says something about what comes, and waits until all that was written before has been read."""
        name = os.environ.get("REPRISE_MARKS")
        if not name:
            return
        _flush()
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as post:
                post.bind("")
                post.connect("\0" + name)
                post.settimeout(60)
                post.send(text.encode()[:4096])
                post.recv(1)
        except OSError:
            pass


    def _flush():
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except Exception:
                pass


    def display(*objects, **metadata):
        """Shows objects in the run's document, where they were shown."""
        path = os.environ.get("REPRISE_DISPLAY")
        if not path and "IPython" in sys.modules:
            from IPython.display import display as show

            return show(*objects, metadata=metadata or None)
        for thing in objects:
            data, own = _bundle(thing)
            if not path:
                print(data.get("text/plain", thing))
                continue
            own.update(metadata)
            line = json.dumps({"data": data, "metadata": own}) + "\n"
            # What was printed before stands before.
            _flush()
            with open(path, "ab") as file:
                file.write(line.encode())
            mark("display")


    def log_metric(key, value, step=0):
        """Records a value of a metric."""
        path = os.environ.get("REPRISE_METRICS")
        if not path:
            return
        line = json.dumps({"key": key, "value": float(value), "step": int(step)}) + "\n"
        with open(path, "ab") as file:
            file.write(line.encode())


    _FORMS = (
        ("text/html", "_repr_html_"),
        ("text/markdown", "_repr_markdown_"),
        ("text/latex", "_repr_latex_"),
        ("image/svg+xml", "_repr_svg_"),
        ("image/png", "_repr_png_"),
        ("image/jpeg", "_repr_jpeg_"),
        ("application/json", "_repr_json_"),
    )


    def _bundle(thing):
        data, metadata = {}, {}
        if isinstance(thing, str):
            return {"text/plain": thing}, metadata
        if isinstance(thing, dict) and thing and all(isinstance(k, str) and "/" in k for k in thing):
            return dict(thing), metadata
        many = getattr(thing, "_repr_mimebundle_", None)
        if callable(many) and not isinstance(thing, type):
            found = many()
            if isinstance(found, tuple):
                found, metadata = found
            data.update(found or {})
        for kind, name in _FORMS:
            form = getattr(thing, name, None)
            if kind in data or not callable(form) or isinstance(thing, type):
                continue
            try:
                found = form()
            except Exception:
                continue
            if isinstance(found, tuple):
                found = found[0]
            if found is not None:
                data[kind] = found
        if hasattr(thing, "savefig") and "image/png" not in data:
            import io

            picture = io.BytesIO()
            thing.savefig(picture, format="png", bbox_inches="tight")
            data["image/png"] = picture.getvalue()
        data.setdefault("text/plain", repr(thing))
        for kind, value in data.items():
            if isinstance(value, bytes):
                data[kind] = base64.b64encode(value).decode()
        return data, dict(metadata)
    """#

  /// A backend of matplotlib whose `show` displays: `MPLBACKEND=module://reprise_figures`.
  static let figures = #"""
    """Shows figures in the run's document. Written by Reprise."""

    from matplotlib import pyplot
    from matplotlib._pylab_helpers import Gcf
    from matplotlib.backends.backend_agg import FigureCanvasAgg as FigureCanvas
    from matplotlib.backends.backend_agg import FigureManagerBase as FigureManager

    import reprise


    def show(*args, **kwargs):
        for manager in Gcf.get_all_fig_managers():
            reprise.display(manager.canvas.figure)
        pyplot.close("all")
    """#
}
