"""Set up this folder so that Dabir runs from it: `python3 setup/install.py run|dev`.

`make` calls it before everything else, so it answers at once when nothing changed. It needs a
Python and nothing more: no ensurepip, no installed pip, no compiler. Old Pythons must be able to
read this file too, in order to say in words what is missing; hence the plain syntax.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
BIN = os.path.join(VENV, "bin")
UV = os.path.join(BIN, "uv")
MARK = os.path.join(VENV, "installed.json")
OLDEST = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}


class Refusal(Exception):
    """Why the set-up cannot go on, and what would cure it."""


def say(words):
    """Tell on standard error, so that standard output stays free for the command that follows."""
    print(words, file=sys.stderr, flush=True)


def path(*parts):
    """A place in the project's folder."""
    return os.path.join(ROOT, *parts)


def digest_of(name):
    """The SHA-256 of a file of this folder."""
    with open(path(name), "rb") as stream:
        return hashlib.sha256(stream.read()).hexdigest()


def interpreter(oldest=OLDEST, newer=NEWER):
    """A Python that is new enough: this one, else a newer one on the path."""
    if sys.version_info >= oldest:
        return sys.executable
    for name in newer:
        found = shutil.which(name)
        if found:
            return found
    raise Refusal(
        "Dabir needs Python 3.11 or newer; this is Python %d.%d (%s). Install a newer one, for "
        "example `apt-get install python3` on Debian 12, or say where one is: "
        "`make install PYTHON=/path/to/python3`." % (sys.version_info[:2] + (sys.executable,))
    )


def identity():
    """What the environment is bound to: its place, since scripts hold it, and the Python in it."""
    python = os.path.join(BIN, "python")
    ask = "import sys; print(sys.version.split()[0], sys.implementation.cache_tag)"
    try:
        answer = subprocess.run(
            [python, "-c", ask], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return [VENV, answer.stdout.decode().strip()]


def is_same_python(place):
    """Whether `.venv` has the Python that was asked for; one too old to serve asks for none."""
    found = tuple(map(int, place[1].split(".")[:2]))
    return found == sys.version_info[:2] or (sys.version_info < OLDEST and found >= OLDEST)


def remembered():
    """What the last complete set-up installed; nothing if it was interrupted."""
    try:
        with open(MARK) as stream:
            return json.load(stream)
    except (OSError, ValueError):
        return {}


def project_digest():
    """The part of pyproject.toml that installing depends on: all before the tools' own sections."""
    with open(path("pyproject.toml"), "rb") as stream:
        return hashlib.sha256(stream.read().split(b"\n[tool.")[0]).hexdigest()


def wanted(kind):
    """What a complete set-up of this kind would remember."""
    wish = {"run": digest_of(LOCKS["run"]), "project": project_digest()}
    if kind == "dev":
        wish["dev"] = digest_of(LOCKS["dev"])
    return wish


def environment():
    """The caller's environment, less what would send packages or Pythons elsewhere."""
    own = dict(os.environ)
    for name in ("PYTHONHOME", "PYTHONPATH", "PIP_USER", "PIP_TARGET", "PIP_PREFIX"):
        own.pop(name, None)
    own.update(
        VIRTUAL_ENV=VENV,
        UV_PYTHON_DOWNLOADS="never",
        UV_SYSTEM_CERTS="1",
        PIP_DISABLE_PIP_VERSION_CHECK="1",
        PIP_NO_INPUT="1",
    )
    return own


def run(command):
    """Run one step in the project's folder; on failure its own words go into the refusal."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode:
        tail = done.stdout.decode(errors="replace").strip().splitlines()[-12:]
        raise Refusal("\n".join(["    " + line for line in tail]) or "    (it said nothing)")


def pip():
    """The command for pip, run from the wheel in `setup/` after its hash was compared."""
    with open(path("setup", "pip.sha256")) as stream:
        expected, name = stream.read().split()
    if digest_of(os.path.join("setup", name)) != expected:
        raise Refusal(
            "setup/%s is damaged: its SHA-256 differs from setup/pip.sha256. Fetch it again with "
            "`git checkout -- setup`." % name
        )
    return [os.path.join(BIN, "python"), path("setup", name, "pip"), "--quiet"]


def make_environment(python):
    """A fresh `.venv`, without pip: Debian's Python often cannot make one that has it."""
    say("Making .venv with %s" % python)
    shutil.rmtree(VENV, ignore_errors=True)
    try:
        run([python, "-m", "venv", "--without-pip", VENV])
    except Refusal as fault:
        raise Refusal("This Python cannot make a virtual environment:\n%s" % fault)


def install_with_uv(lock):
    """Exactly what the lock says, quickly: what it does not name is taken away."""
    here = ["--quiet", "--python", os.path.join(BIN, "python")]
    alone = ["--offline", "--no-deps", "--no-build-isolation"]
    run(pip() + ["install", "--no-deps", "--require-hashes", "-r", path("setup", "uv.lock")])
    run([UV, "pip", "sync", "--require-hashes"] + here + [path(lock)])
    return [UV, "pip", "install"] + here + alone


def install_with_pip(lock):
    """The same by pip alone, for machines on which uv cannot run or cannot reach its index."""
    run(pip() + ["install", "--no-deps", "--require-hashes", "-r", path(lock)])
    return pip() + ["install", "--no-deps", "--no-build-isolation", "--no-index"]


def install_packages(lock):
    """Install the lock, by whichever installer works here; return how to install one more."""
    with open(path(lock)) as stream:
        count = sum("==" in line and not line.startswith((" ", "#")) for line in stream)
    say("Installing %s (%d packages at most)" % (lock, count))
    try:
        if os.environ.get("DABIR_INSTALLER") == "pip":
            raise Refusal("    DABIR_INSTALLER asks for pip")
        return install_with_uv(lock)
    except (Refusal, OSError) as first:
        say("uv did not do it; plain pip takes over, which is slower. Its reason:\n%s" % first)
    try:
        return install_with_pip(lock)
    except Refusal as second:
        raise Refusal(
            "The packages of %s could not be installed:\n%s\nCheck that this machine reaches "
            "a Python package index, or name yours in PIP_INDEX_URL and UV_DEFAULT_INDEX; then "
            "run the same command again." % (lock, second)
        )


def install_project(installer):
    """Put this folder's own code and the `dabir` command into the environment; asks no network."""
    try:
        run(installer + ["-e", ROOT])
    except Refusal as fault:
        raise Refusal("The packages are there, but Dabir itself did not install:\n%s" % fault)


def install(kind):
    """Bring `.venv` to what the locks say; do nothing if it is there already."""
    known, wish = remembered(), wanted(kind)
    place = identity()
    sound = place and is_same_python(place) and known.get("place", place) == place
    if sound and "place" in known and all(known.get(k) == wish[k] for k in wish):
        return
    started = time.monotonic()
    python = interpreter()
    if not sound:  # none yet, another Python's, or moved: its scripts hold the old place
        make_environment(python)
        known = {}
    with contextlib.suppress(OSError):
        os.unlink(MARK)
    # The tools stay when only the run lock is asked for: `make run` between two `make test`.
    whole = "dev" if kind == "dev" or known.get("dev") == digest_of(LOCKS["dev"]) else "run"
    install_project(install_packages(LOCKS[whole]))
    with open(MARK + ".new", "w") as stream:
        json.dump(dict(wanted(whole), place=identity()), stream)
    os.replace(MARK + ".new", MARK)
    say("Installed in %.1f s" % (time.monotonic() - started))


def main(arguments):
    """0 when all is there, 1 when something failed, 2 when the question was wrong."""
    kind = arguments[0] if arguments else "run"
    if kind not in LOCKS:
        say("usage: python3 setup/install.py run|dev")
        return 2
    # Two terminals may start at once; the second waits, and then finds the work done.
    with open(path(LOCKS["run"])) as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        try:
            install(kind)
        except Refusal as reason:
            say("Set-up stopped. %s" % reason)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
