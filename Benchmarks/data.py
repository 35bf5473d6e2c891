"""Versioned data, beside DVC, git-lfs and what the machine itself takes to read, copy and hash."""

import os
import shutil

from bench import PEERS, PROGRAM, git, measure, row, subprocess

DVC = PEERS / "bin/dvc"
FILES = 10_000
SIZE = 10_000


def fill(folder, files, size):
    """Files of random bytes, a hundred a folder."""
    for index in range(files):
        if index % 100 == 0:
            part = folder / f"part{index // 100:05}"
            part.mkdir(parents=True)
        (part / f"file{index:07}.bin").write_bytes(os.urandom(size))


def project(folder, *, dvc):
    """A repository for data, with a remote beside it."""
    folder.mkdir(parents=True)
    git(folder, "init", "-q", "-b", "main")
    if dvc:
        subprocess.run([DVC, "init", "-q"], cwd=folder, check=True)
        subprocess.run([DVC, "remote", "add", "-q", "-d", "store", folder.with_suffix(".remote")], cwd=folder, check=True)
    else:
        subprocess.run([PROGRAM, "data", "remote", "add", "-q", "-d", "store", folder.with_suffix(".remote")],
                       cwd=folder, check=True)
    return folder


def fresh(folder, source):
    """A copy of a folder that nothing has seen yet."""
    shutil.copytree(source, folder)


def steps(name, folder, source, repeat):
    """Runs the life of a dataset; gives CPU ms by step, and the largest memory."""
    dvc = name == "dvc"
    command = [DVC] if dvc else [PROGRAM, "data"]
    environment = {"DVC_NO_ANALYTICS": "1", "DVC_SITE_CACHE_DIR": str(folder / "site")}
    found, memory = {}, 0
    places = [project(folder / f"{name}{index}", dvc=dvc) for index in range(repeat)]
    for place in places:
        fresh(place / "set", source)

    def step(title, *arguments, before=None):
        nonlocal memory
        figures = []
        for place in places:
            if before:
                before(place)
            figures.append(measure([*command, *arguments], repeat=1, cwd=place, env=environment))
        found[title] = sorted(figure[0] for figure in figures)[len(figures) // 2]
        memory = max(memory, *(figure[2] for figure in figures))

    def commit(place, message):
        git(place, "add", "-A")
        git(place, "commit", "-qm", message)
        git(place, "tag", message)

    def change(place):
        commit(place, "v1")
        (place / "set/part00000/file0000000.bin").write_bytes(b"changed")
        subprocess.run([*command, "add", "-q", "set"], cwd=place, check=True, env={**os.environ, **environment})
        commit(place, "v2")

    step("add", "add", "set")
    step("status, nothing changed", "status")
    step("push to a folder", "push")
    step("push again, nothing new", "push")
    step("checkout of all, copied", "checkout", before=lambda place: shutil.rmtree(place / "set"))
    step("checkout, nothing changed", "checkout")
    step("diff of two revisions", "diff", "v1", "v2", before=change)
    return found, memory


def lfs(folder, source):
    """The same files through git-lfs: its filters run inside of git."""
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    subprocess.run(["git", "lfs", "install", "--local"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["git", "lfs", "track", "*.bin"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    fresh(folder / "set", source)
    found = {"add": measure([shutil.which("git"), "add", "-A"], repeat=1, cwd=folder)[0]}
    git(folder, "commit", "-qm", "v1")
    found["status, nothing changed"] = measure([shutil.which("git"), "status"], repeat=1, cwd=folder)[0]
    shutil.rmtree(folder / "set")
    found["checkout of all, copied"] = measure(
        [shutil.which("git"), "checkout", "-q", "--", "set"], repeat=1, cwd=folder)[0]
    return found


def data(work):
    """Versioned data: 10,000 files of 10 kB, and one of 1 GiB."""
    folder = work / "data"
    folder.mkdir()
    source = folder / "source"
    fill(source, FILES, SIZE)
    read = measure(["/bin/sh", "-c", f"find {source} -type f -print0 | xargs -0 cat > /dev/null"], repeat=3)[0]
    copy = measure(lambda index: ["/bin/cp", "-r", str(source), str(folder / f"copy{index}")], repeat=3)[0]
    stat = measure(["/usr/bin/find", str(source), "-printf", "%s"], repeat=3)[0]
    hashing = measure(
        ["/bin/sh", "-c", f"find {source} -type f -print0 | xargs -0 openssl md5 > /dev/null"], repeat=1)[0]
    row("the machine: read all", read)
    row("the machine: copy all (cp -r)", copy)
    row("the machine: stat all (find)", stat)
    row("the machine: md5 of all (openssl)", hashing)
    ours, memory = steps("ours", folder, source, 3)
    theirs, peer_memory = steps("dvc", folder, source, 1)
    for title, figure in ours.items():
        row(f"data: {title}", figure, theirs[title], name="dvc")
    row("data: largest memory", memory, peer_memory, unit="MB", name="dvc")
    if shutil.which("git-lfs"):
        for title, figure in lfs(folder / "lfs", source).items():
            row(f"data: {title}", ours[title], figure, name="git-lfs")
    one = folder / "one"
    one.mkdir()
    with open(one / "big", "wb") as file:
        for _ in range(1024):
            file.write(os.urandom(1 << 20))
    alone = measure(["/usr/bin/openssl", "md5", str(one / "big")], repeat=3)[0]
    row("the machine: md5 of 1 GiB (openssl)", alone)
    figures = {}
    for name, command in [("ours", [PROGRAM, "data"]), ("dvc", [DVC])]:
        places = [project(folder / f"{name}-big{index}", dvc=name == "dvc") for index in range(2)]
        for place in places:
            os.link(one / "big", place / "big")
        environment = {"DVC_NO_ANALYTICS": "1", "DVC_SITE_CACHE_DIR": str(folder / "site")}
        cpu = [measure([*command, "add", "big"], repeat=1, cwd=place, env=environment)[0] for place in places]
        figures[name] = min(cpu)
    row("data: add one file of 1 GiB", figures["ours"], figures["dvc"], name="dvc")


def growth(work):
    """Versioned data of growing size: files of 100 bytes."""
    for files in [1_000, 10_000, 100_000, 1_000_000]:
        if files > int(os.environ.get("REPRISE_BENCH_FILES", "100000")):
            continue
        place = project(work / f"grow{files}", dvc=False)
        fill(place / "set", files, 100)
        for title, words in [("add", ["add", "set"]), ("status", ["status"]), ("checkout", ["checkout"])]:
            if title == "checkout":
                shutil.rmtree(place / "set")
            cpu, _, memory = measure([PROGRAM, "data", *words], repeat=1, cwd=place)
            row(f"data: {title}, {files:,} files of 100 bytes", cpu)
            row(f"data: {title}, {files:,} files, memory", memory, unit="MB")
        shutil.rmtree(place)
