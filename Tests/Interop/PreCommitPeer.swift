/// Makes repositories and configurations, and runs the real pre-commit over them.
enum PreCommitPeer {
  /// The program of most hooks: writes down what it was given and what the files hold, then does as it is told.
  static let logger = #"""
    #!/bin/bash
    # log-call ID WHAT FILES...
    id=$1 what=$2; shift 2
    said="[${PRE_COMMIT-} ${PRE_COMMIT_FROM_REF-} ${PRE_COMMIT_TO_REF-} ${PRE_COMMIT_REMOTE_NAME-} ${PRE_COMMIT_REMOTE_URL-}"
    said+=" ${PRE_COMMIT_LOCAL_BRANCH-} ${PRE_COMMIT_REMOTE_BRANCH-}]"
    for name in "$@"; do
      shown=$name; case $name in */.git/*) shown=.git/${name##*/.git/};; esac
      if [ -L "$name" ]; then sum="-> $(readlink "$name")"; else sum=$(cksum < "$name" 2>&1); fi
      said+="|$shown $sum"
    done
    said+="|$(git diff --cached --name-only | cksum) $(git ls-files | cksum)"
    # Without a line's end it is one write, which those of another call cannot part.
    mkdir -p "$HOOK_LOG"; printf '%s\1' "${said//$'\n'/\\n}" >> "$HOOK_LOG/$id"
    case $what in
      say) echo "out of $id"; echo "err of $id" >&2;;
      change) for name in "$@"; do [ -L "$name" ] || echo "by $id" >> "$name"; done;;
      touch) for name in "$@"; do [ -L "$name" ] || touch "$name"; done;;
      chmod) for name in "$@"; do [ -L "$name" ] || chmod +x "$name"; done;;
      die) kill -9 $$;;
      [0-9]*) exit $what;;
    esac
    exit 0
    """#

  /// Expects `folder` and `cases`.
  static let script = #"""
    import json, os, random, shutil, subprocess, sys

    os.environ.update(
        HOME=folder, GIT_CONFIG_NOSYSTEM="1", PRE_COMMIT_HOME=folder + "/home", LANG="C.UTF-8",
        GIT_AUTHOR_NAME="t", GIT_AUTHOR_EMAIL="t@e", GIT_COMMITTER_NAME="t", GIT_COMMITTER_EMAIL="t@e")
    for name in list(os.environ):
        if name.startswith(("PRE_COMMIT_FROM", "GIT_DIR", "GIT_INDEX", "GIT_WORK")) or name == "SKIP":
            del os.environ[name]
    with open(folder + "/.gitconfig", "w") as f:
        f.write("[init]\n defaultBranch = main\n[core]\n autocrlf = false\n[gc]\n auto = 0\n[safe]\n directory = *\n")
    sys.argv = ["pre-commit"]
    from pre_commit.main import main
    import yaml

    NAMES = [
        "a.py", "b.pyi", "pkg/c.py", "pkg/deep/d.py", "run", "bin/tool", "bin/perl-tool", "데이터/학습.py", "데이터/설명.md",
        "with space.txt", "q'uote.md", "-dash.txt", "x.PNG", "Dockerfile", "Dockerfile.dev", "Makefile", "noext", "blob.dat",
        "link.py", "link", ".hidden", "a.ipynb", "conf.yaml", "t.tar.gz", "weird[1].py", "caf\u00e9.txt", "cafe\u0301.txt",
        "line\nbreak.txt", "docs/aa.md", "docs/index.rst", "tests/test_a.py", "s.sh", "empty.txt", "setup.cfg", "$x.md", ".py",
        "CMakeLists.txt", "UPPER.PY", "many.dots.json", "plist.plist", "a#b.toml",
    ]
    EXPRESSIONS = [
        r"\.py$", r"^pkg/", r"^(?!docs/)", "(?x)^(\n    pkg/.*\n    | docs/  # texts\n)", "데이터", r"\.(py|md)$",
        r"(?i)\.png$", r"^[^/]+$", r"\w+\.txt$", r"(?=.*a)", r"(.)\1", r"txt$", r"^(a|b)\.pyi?$", r"[\s']", r"^tests/|^docs/",
        r"\d", r"(?P<x>a).*(?P=x)", r"^.{6}$", r"\Aa", r"md\Z", "^$", r"[가-힣]", r"\bt", r"[^a-z]py", r"o?$", r"a*b+",
    ]
    TAGS = [
        "python", "text", "file", "executable", "symlink", "markdown", "yaml", "binary", "image", "shell", "jupyter",
        "non-executable", "dockerfile", "pyi", "json", "makefile", "perl", "toml", "ini", "cmake", "plist", "plain-text",
    ]
    PATTERNS = ["print", "(?<!x)y=", "^$", "[가-힣]", "z+\\s*$", "\\bfoo\\b", "A", "(\\w)\\1", "^.{4}$", "b.*\\n.*b", "\\x00"]


    def git(*words, cwd):
        subprocess.run(["git", *words], cwd=cwd, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


    def content(r, name):
        if name == "empty.txt" or r.random() < 0.05:
            return b""
        if name.endswith((".PNG", ".gz", ".dat")) or r.random() < 0.03:
            return bytes(r.randrange(256) for _ in range(30))
        lines = []
        if name in ("run", "bin/tool"):
            lines.append(r.choice(["#!/usr/bin/env python3.11", "#!/bin/sh", "#! /usr/bin/bash -e", "#!/usr/bin/env -S perl -w", "# no"]))
        if name == "bin/perl-tool":
            lines.append("#!/usr/bin/perl")
        words = ["print(1)", "foo", "bar z ", "", "학습 시작", "xy=2", "A a", "bb", "zz", "y=3"]
        lines += [r.choice(words) for _ in range(r.randrange(1, 6))]
        return "\n".join(lines).encode() + r.choice([b"\n", b"\n", b"\n", b"", b"\r\n"])


    def write(r, top, name):
        path = os.path.join(top, name)
        if os.path.lexists(path):
            os.unlink(path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if name.startswith("link"):
            os.symlink(r.choice(["a.py", "docs", "nowhere"]), path)
            return
        with open(path, "wb") as f:
            f.write(content(r, name))
        if name in ("run", "bin/tool", "bin/perl-tool") or r.random() < 0.08:
            os.chmod(path, 0o755)


    def tree(r, top):
        names = r.sample(NAMES, r.randrange(4, 22))
        for name in names:
            write(r, top, name)
        git("add", "-A", cwd=top)
        git("commit", "-qm", "one", cwd=top)
        if r.random() < 0.05:
            git("rm", "-rq", "--cached", ".", cwd=top)
            git("commit", "-qm", "none", "--allow-empty", cwd=top)
        for name in r.sample(NAMES, r.randrange(0, 14)):
            write(r, top, name)
        for name in r.sample(names, min(len(names), r.randrange(0, 3))):
            path = os.path.join(top, name)
            if os.path.lexists(path):
                os.unlink(path)
        if r.random() < 0.3 and os.path.isfile(os.path.join(top, "a.py")):
            os.rename(os.path.join(top, "a.py"), os.path.join(top, "renamed.py"))
        git("add", "-A", cwd=top)


    def merge(r, top):
        for name in ("both.txt", "left.py"):
            write(r, top, name)
        git("add", "-A", cwd=top)
        git("commit", "-qm", "base", cwd=top)
        git("checkout", "-qb", "other", cwd=top)
        for name, text in (("both.txt", "theirs\n"), ("right.md", "# right\n")):
            with open(os.path.join(top, name), "w") as f:
                f.write(text)
        git("add", "-A", cwd=top)
        git("commit", "-qm", "theirs", cwd=top)
        git("checkout", "-q", "-", cwd=top)
        for name, text in (("both.txt", "ours\n"), ("left.py", "print(1)\n")):
            with open(os.path.join(top, name), "w") as f:
                f.write(text)
        git("add", "-A", cwd=top)
        git("commit", "-qm", "ours", cwd=top)
        subprocess.run(["git", "merge", "other"], cwd=top, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with open(os.path.join(top, "both.txt"), "w") as f:
            f.write(r.choice(["both\n", "ours\n", "theirs\n"]))
        if r.random() < .5:
            write(r, top, "late.py")
        git("add", "-A", cwd=top)


    def unstaged(r, top, stage):
        known = subprocess.run(["git", "ls-files", "-z"], cwd=top, capture_output=True, check=True).stdout.decode()
        for name in known.split("\0"):
            path = os.path.join(top, name)
            if not name or name.startswith(".pre-commit") or r.random() < 0.75:
                continue
            if r.random() < 0.15:
                os.unlink(path)
            elif not os.path.islink(path):
                with open(path, "ab") as f:
                    f.write("나중\n".encode())
        if r.random() < 0.3:
            write(r, top, "untracked.py")
        if stage == "pre-commit" and r.random() < 0.1:
            write(r, top, "intended.py")
            git("add", "-N", "intended.py", cwd=top)


    def hook(r, number, stage):
        kind = r.choice(["system"] * 6 + ["script"] * 2 + ["pygrep"] * 2 + ["fail", "unsupported"])
        h = {"id": f"h{number}", "name": r.choice(["hook", "이름 있는 검사", "a longer name of a hook", "x" * 70 if r.random() < .1 else "x"])}
        what = r.choice(["say", "0", "0", "0", "1", "3", "die", "touch"] + (["change", "change", "change", "chmod", "chmod"] if stage == "pre-commit" else []))
        if kind == "pygrep":
            h.update(entry=r.choice(PATTERNS), language="pygrep")
            h["args"] = r.sample(["-i", "--multiline", "--negate"], r.randrange(0, 3))
        elif kind == "fail":
            h.update(entry=r.choice(["do not do this", "안 됩니다: 'x'"]), language="fail")
        elif kind == "script":
            h.update(entry=f"hooks-of-ours/{r.choice(['ok.sh', 'missing.sh', 'plain.sh'])} {h['id']} {what}", language=r.choice(["script", "unsupported_script"]))
        else:
            program = r.choice([folder + "/log-call"] * 9 + ["no-such-program-at-all"])
            h.update(entry=r.choice([f"{program} {h['id']} {what}", f"'{program}' \"{h['id']}\""]), language=kind)
            if h["entry"].startswith("'"):
                h["args"] = [what]
            if r.random() < 0.3:
                h.setdefault("args", []).append(r.choice(["a.py", "--opt=한 글"]))
        if r.random() < 0.45:
            h["files"] = r.choice(EXPRESSIONS)
        if r.random() < 0.3:
            h["exclude"] = r.choice(EXPRESSIONS)
        if r.random() < 0.4:
            h["types"] = r.sample(TAGS, r.randrange(1, 3)) if r.random() < .7 else []
        if r.random() < 0.3:
            h["types_or"] = r.sample(TAGS, r.randrange(1, 4))
        if r.random() < 0.2:
            h["exclude_types"] = r.sample(TAGS, r.randrange(1, 3))
        if kind in ("pygrep",):
            h["types"] = h.get("types", ["file"]) + ["file"]
            # The real one takes such a name for an option.
            h["exclude"] = "^-"
        if r.random() < 0.3:
            h["stages"] = r.sample(["pre-commit", "commit-msg", "pre-push", "manual", "push", "commit"], r.randrange(0, 4))
        if r.random() < 0.25:
            h["pass_filenames"] = r.random() < 0.3
        if r.random() < 0.2:
            h["always_run"] = True
        for key, chance in [("require_serial", .3), ("verbose", .15), ("fail_fast", .06)]:
            if r.random() < chance:
                h[key] = True
        if r.random() < 0.1:
            h["alias"] = f"alias{number}"
        if r.random() < 0.1:
            h["description"] = "words"
        return h


    def make(seed):
        r = random.Random(seed)
        place = f"{folder}/case-{seed}"
        top = place + "/theirs"
        os.makedirs(top)
        git("init", "-q", "--template=", cwd=top)
        os.makedirs(top + "/.git/info")
        git("config", "core.hooksPath", "/nowhere", cwd=top)
        stage = r.choice(["pre-commit"] * 6 + ["commit-msg", "pre-push", "pre-push"])
        os.makedirs(top + "/hooks-of-ours")
        shutil.copy(folder + "/log-call", top + "/hooks-of-ours/ok.sh")
        shutil.copy(folder + "/log-call", top + "/hooks-of-ours/plain.sh")
        os.chmod(top + "/hooks-of-ours/plain.sh", 0o644)
        config = {"repos": []}
        hooks = [hook(r, n, stage) for n in range(r.randrange(3, 9))]
        while hooks:
            n = r.randrange(1, len(hooks) + 1)
            config["repos"].append({"repo": "local", "hooks": hooks[:n]})
            hooks = hooks[n:]
        if r.random() < 0.2:
            config["files"] = r.choice(EXPRESSIONS)
        if r.random() < 0.2:
            config["exclude"] = r.choice(EXPRESSIONS)
        if r.random() < 0.08:
            config["fail_fast"] = True
        if r.random() < 0.15:
            config["default_stages"] = r.sample(["pre-commit", "commit-msg", "pre-push", "manual"], 3)
        with open(top + "/.pre-commit-config.yaml", "w") as f:
            yaml.safe_dump(config, f, allow_unicode=r.random() < .5, sort_keys=False)
        git("add", "-A", cwd=top)
        tree(r, top)
        merged = stage == "pre-commit" and r.random() < .1
        if merged:
            merge(r, top)
        words, given = [stage], b""
        arguments = ["run"]
        if stage == "commit-msg":
            with open(top + "/.git/COMMIT_EDITMSG", "w") as f:
                f.write("feat: 새 기능\n\nprint bb\n")
            words += ["--", ".git/COMMIT_EDITMSG"]
            arguments = ["hook-impl", "--config", ".pre-commit-config.yaml", "--hook-type", stage, "--hook-dir", folder + "/none", "--", ".git/COMMIT_EDITMSG"]
        if stage == "pre-push":
            git("commit", "-qm", "two", "--allow-empty", cwd=top)
            revisions = subprocess.run(["git", "rev-list", "HEAD"], cwd=top, capture_output=True, text=True, check=True).stdout.split()
            old = r.choice([revisions[-1], "0" * 40, revisions[0]])
            if old == "0" * 40 and r.random() < .6:
                git("update-ref", "refs/remotes/origin/main", r.choice(revisions), cwd=top)
            given = f"refs/heads/main {revisions[0]} refs/heads/main {old}\n".encode()
            if r.random() < .2:
                given = f"(delete) {'0' * 40} refs/heads/old {revisions[0]}\n".encode() + given
            words += ["--", "origin", "https://example.org/x.git"]
            arguments = ["hook-impl", "--config", ".pre-commit-config.yaml", "--hook-type", stage, "--hook-dir", folder + "/none", "--", "origin", "https://example.org/x.git"]
        # A push of everything has pre-commit look at the disk, not at the index.
        if not (stage == "pre-push" and old == "0" * 40):
            unstaged(r, top, stage)
        with open(top + "/.git/info/exclude", "w") as f:
            f.write("reprise.yml\n")
        with open(top + "/reprise.yml", "w") as f:
            f.write("conventions: {select: [swift.force]}\n")
        subprocess.run(["cp", "-a", top, place + "/ours"], check=True)
        skip = r.choice(["", "", "", "", "h1", "alias2, h0", "nothing"])
        return dict(words=words, input=given.decode(), skip=skip, place=place, arguments=arguments, merged=merged)


    def run(case):
        place = case["place"]
        child = os.fork()
        if child == 0:
            try:
                os.chdir(place + "/theirs")
                os.environ["HOOK_LOG"] = place + "/theirs-log"
                if case["skip"]:
                    os.environ["SKIP"] = case["skip"]
                with open(place + "/input", "wb") as f:
                    f.write(case["input"].encode())
                os.dup2(os.open(place + "/input", os.O_RDONLY), 0)
                os.dup2(os.open(place + "/said", os.O_WRONLY | os.O_CREAT), 1)
                os.dup2(1, 2)
                sys.stdin = open(0, closefd=False)
                code = main([*case["arguments"], "--color=never"] if case["arguments"] == ["run"] else ["hook-impl", "--color=never", *case["arguments"][1:]])
            except SystemExit as e:
                code = e.code if isinstance(e.code, int) else 1
            except BaseException:
                import traceback; traceback.print_exc(); code = 99
            sys.stdout.flush()
            os._exit(code or 0)
        case["status"] = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        with open(place + "/said", "rb") as f:
            case["said"] = f.read().decode(errors="replace")
        return case


    workers = []
    for part in range(2):
        worker = os.fork()
        if worker == 0:
            with open(f"{folder}/part-{part}", "w") as f:
                json.dump([run(make(seed)) for seed in range(part, cases, 2)], f)
            os._exit(0)
        workers.append(worker)
    results = [None] * cases
    for part, worker in enumerate(workers):
        assert os.waitpid(worker, 0)[1] == 0
        with open(f"{folder}/part-{part}") as f:
            results[part::2] = json.load(f)
    with open(folder + "/result.json", "w") as f:
        json.dump(results, f)
    """#
}
