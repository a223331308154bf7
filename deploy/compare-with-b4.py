#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Sets the assembly of stored series beside b4 am and git mailinfo: same patches, order, authors, diffs.

usage: compare-with-b4.py EPOCH.git [SERIES [TREE]]

Imports the epoch into a store of its own, takes the newest SERIES (default 60) complete series, and prints a table in
Markdown. With the name of a registered TREE, each series is also applied to where that tree stands, here by
"patchoscope tree apply" and there by "git am" of b4's mbox (of ours where b4 makes none), and git's ids of the trees are
compared. Needs git and b4 (Debian packages). Nothing is fetched: b4 reads an mbox of the thread.
"""
import mailbox
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PATCHOSCOPE = os.path.join(HERE, "..", "patchoscope")


def run(*command, data=None, cwd=None, check=True):
    """Runs a command; returns its output in bytes."""
    done = subprocess.run(command, input=data, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if check and done.returncode != 0:
        sys.exit("%s failed:\n%s" % (" ".join(command), done.stderr.decode(errors="replace")))
    return done.stdout


class Threads:
    """The mails of an epoch, put together by the ids they name."""

    def __init__(self, epoch):
        self.parent = {}
        self.mails = {}
        for raw in self.read(epoch):
            head = raw.split(b"\n\n", 1)[0].decode(errors="replace")
            named = re.findall(r"(?mi)^(?:message-id|in-reply-to|references):((?:.*\n[ \t])*.*)", head)
            ids = [i.lower() for n in named for i in re.findall(r"<([^<>\s]+)>", n)]
            for one in ids:
                self.parent[self.find(one)] = self.find(ids[0])
            if ids:
                self.mails.setdefault(ids[0], []).append(raw)
        self.threads = {}
        for one, raws in self.mails.items():
            self.threads.setdefault(self.find(one), []).extend(raws)

    @staticmethod
    def read(epoch):
        names = run("git", "-C", epoch, "log", "--reverse", "--format=%H:m").split()
        out = run("git", "-C", epoch, "cat-file", "--batch", data=b"\n".join(names) + b"\n")
        at = 0
        while at < len(out):
            end = out.index(b"\n", at)
            head = out[at:end].split()
            at = end + 1
            if len(head) == 3:
                yield out[at:at + int(head[2])]
                at += int(head[2]) + 1

    def find(self, one):
        while self.parent.setdefault(one, one) != one:
            self.parent[one] = one = self.parent[self.parent[one]]
        return one

    def write(self, root, path, unfold=False):
        """The thread of a mail as mboxrd; b4 0.12 ends at a folded subject, so the fields can be unfolded."""
        with open(path, "wb") as mbox:
            for raw in self.threads.get(self.find(root.lower()), []):
                if unfold:
                    head, _, body = raw.partition(b"\n\n")
                    raw = re.sub(rb"\n[ \t]+", b" ", head) + b"\n\n" + body
                mbox.write(b"From mboxrd@z Thu Jan  1 00:00:00 1970\n")
                mbox.write(re.sub(rb"(?m)^(>*From )", rb">\1", raw).rstrip(b"\n") + b"\n\n")
        return path


def patches(path, work):
    """What git mailinfo reads of each mail that holds a diff: title, author, and the diff's patch-id."""
    found = []
    for n, mail in enumerate(mailbox.mbox(path, create=False)):
        raw = mail.as_bytes(unixfrom=False)
        raw = re.sub(rb"(?m)^>(>*From )", rb"\1", raw)
        info = run("git", "mailinfo", "msg", "patch", data=raw, cwd=work, check=False).decode(errors="replace")
        fields = dict(l.split(": ", 1) for l in info.splitlines() if ": " in l)
        with open(os.path.join(work, "patch"), "rb") as file:
            patch_id = run("git", "patch-id", "--stable", data=file.read()).split(b" ")[0]
        if patch_id:
            found.append((fields.get("Subject", ""), fields.get("Email", "").lower(), patch_id))
    return found


def without_cover(path, work):
    """The same mbox without its cover letter, which git am would take for an empty patch."""
    out = os.path.join(work, "parts.mbox")
    with open(path, "rb") as file:
        mails = re.split(rb"(?m)^(?=From mboxrd@z )", file.read())
    with open(out, "wb") as file:
        file.writelines(m for m in mails if not re.search(rb"(?mi)^Subject: [^\]]*\b0+/\d+", m))
    return out


def b4(mbox, root, version, work):
    """The mbox that b4 am makes of the series with that root, or why it makes none."""
    out = os.path.join(work, "b4")
    os.makedirs(out)
    # Attestation asks the network for keys; it changes no patch.
    environment = dict(os.environ, HOME=work, XDG_CACHE_HOME=work, XDG_DATA_HOME=work, GIT_CONFIG_COUNT="1",
                       GIT_CONFIG_KEY_0="b4.attestation-policy", GIT_CONFIG_VALUE_0="off")
    done = subprocess.run(
        ["b4", "--offline-mode", "-n", "am", "-T", "-m", mbox, "-v", str(version), "-o", out, "-n", "series", root],
        env=environment, cwd=work, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    path = os.path.join(out, "series.mbx")
    if os.path.exists(path) and os.path.getsize(path) > 0:
        return path, ""
    lines = done.stdout.decode(errors="replace").strip().splitlines()
    return None, lines[-1].strip() if lines else "says nothing"


class Tree:
    """A working tree of its own of a registered tree, for git am."""

    def __init__(self, name, work):
        self.name = name
        self.directory = os.path.join(work, "tree")
        cache = os.environ.get("PATCHOSCOPE_CACHE", os.path.expanduser("~/.cache/patchoscope"))
        for home in (os.path.join(cache, "trees", name), os.path.join(cache, "trees", "trees", name)):
            properties = os.path.join(home, "tree.properties")
            if os.path.exists(properties):
                git_dir = re.search(r"(?m)^gitDir=(.*)$", open(properties).read()).group(1)
                run("git", "clone", "-q", "--shared", git_dir, self.directory)
                self.start = self.git("rev-parse", "HEAD").strip()
                return
        sys.exit("no tree %s; see: patchoscope tree list" % name)

    def git(self, *command, data=None, check=True):
        who = ["-c", "user.name=x", "-c", "user.email=x@x.invalid", "-c", "gc.auto=0"]
        return run("git", *who, *command, data=data, cwd=self.directory, check=check).decode()

    def am(self, path):
        """The id of the tree after git am of an mbox; empty when a patch does not apply."""
        done = subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=x@x.invalid", "-c", "gc.auto=0", "am", "-q", path],
                              cwd=self.directory, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        made = self.git("rev-parse", "HEAD^{tree}").strip() if done.returncode == 0 else ""
        if not made:
            self.git("am", "--abort", check=False)
        self.git("reset", "-q", "--hard", self.start)
        return made

    def ours(self, paths):
        """What patchoscope makes of each mbox: the tree's id, or "- " and why not."""
        done = subprocess.run([PATCHOSCOPE, "tree", "apply", self.name] + paths, stdout=subprocess.PIPE)
        lines = [l.split(" ", 1) for l in done.stdout.decode().splitlines()]
        return {l[0]: l[1] for l in lines if len(l) == 2}


def difference(ours, theirs):
    """What differs, in a few words."""
    if ours == theirs:
        return ""
    if sorted(p[2] for p in ours) != sorted(p[2] for p in theirs):
        return "other patches: %d here, %d there" % (len(ours), len(theirs))
    if [p[2] for p in ours] != [p[2] for p in theirs]:
        return "other order"
    if [p[1] for p in ours] != [p[1] for p in theirs]:
        return "other author"
    return "other title"


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__.strip())
    epoch = os.path.abspath(sys.argv[1])
    wanted = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    with tempfile.TemporaryDirectory() as work:
        store = "--store=" + os.path.join(work, "store")
        run(PATCHOSCOPE, "mail", "import", store, epoch)
        ids = run(PATCHOSCOPE, "mail", "series", store, "--complete", "--ids", "--most", str(wanted)).decode().split()
        run(PATCHOSCOPE, "mail", "show", store, "--series", "--out", os.path.join(work, "ours"), *ids)
        threads = Threads(epoch)
        same = 0
        unfolded = 0
        print("| root | patches | difference |\n|---|---:|---|")
        tree = Tree(sys.argv[3], work) if len(sys.argv) > 3 else None
        paths = [os.path.join(work, "ours", str(n + 1)) for n in range(len(ids))]
        applied = tree.ours(paths) if tree else {}
        trees = {"the same tree": 0, "neither applies": 0}
        for number, root in enumerate(ids, 1):
            ours_path = os.path.join(work, "ours", str(number))
            ours = patches(ours_path, work)
            subjects = [str(m["subject"] or "").split("]")[0] for m in mailbox.mbox(ours_path)]
            versions = [int(v) for s in subjects for v in re.findall(r"(?i)\bv(\d+)\b", s)]
            folder = tempfile.mkdtemp(dir=work)
            number_of_version = max(versions, default=1)
            mbox = os.path.join(folder, "thread.mbox")
            theirs_path, why = b4(threads.write(root, mbox), root, number_of_version, folder)
            if not theirs_path and "linefeed" in why:
                unfolded += 1
                folder = tempfile.mkdtemp(dir=work)
                theirs_path, why = b4(threads.write(root, mbox, unfold=True), root, number_of_version, folder)
            what = difference(ours, patches(theirs_path, folder)) if theirs_path else "b4 makes none: " + why
            if tree:
                theirs = tree.am(theirs_path or without_cover(ours_path, folder))
                ours_tree = applied[ours_path]
                if theirs == ours_tree:
                    trees["the same tree"] += 1
                elif not theirs and ours_tree.startswith("- "):
                    trees["neither applies"] += 1
                else:
                    what = "; ".join(w for w in [what, "trees: %s here, git am %s" % (
                        ours_tree, theirs or "does not apply it")] if w)
            same += not what
            if what:
                print("| `%s` | %d | %s |" % (root, len(ours), what), flush=True)
        print("\n%d series, %d the same: patches, order, authors, titles and diffs%s.\n" % (
            len(ids), same, ", and trees" if tree else ""))
        print("For %d b4 got unfolded header fields, because it ends at a folded subject.\n" % unfolded)
        if tree:
            print("On %s: %s.\n" % (tree.name, ", ".join("%s %d" % t for t in trees.items())))


if __name__ == "__main__":
    main()
