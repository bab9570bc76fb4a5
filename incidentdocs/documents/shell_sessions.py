"""What a transcript of a shell's session shows: its prompts, root's among them, and which lines go on."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

PROGRAMS = (
    "ansible|apt|apt-get|aws|az|cat|cd|chmod|chown|cp|createdb|curl|df|dig|dmesg|docker|docker-compose|dropdb|du"
    "|echo|etcdctl|export|find|free|gcloud|git|grep|gunzip|gzip|helm|ip|iptables|journalctl|kill|kubectl|ls|lsof"
    "|mkdir|mount|mv|mysql|mysqldump|nc|netstat|nginx|nslookup|oc|openssl|pg_dump|pg_restore|ping|podman|psql"
    "|redis-cli|restic|rm|rsync|scp|service|ss|ssh|sudo|systemctl|tail|tar|terraform|top|umount|uptime|vacuumdb"
)
"""Programs that runbooks call, as a pattern."""

_OF_ROOT = (
    "chroot|crictl|crio|exit|halt|id|nsenter|poweroff|reboot|rpm-ostree|swapoff|sync|sysctl|toolbox|whoami"
)
"""More of them, which root calls in a shell that is opened for it."""

_TOLD = (
    "add|after|ajouter|attendre|backup|before|check|close|corriger|create|delete|edit|example|get|lancer|list|look|note"
    "|now|only|open|optional|output|read|remove|replace|restart|result|run|see|set|show|start|stop|supprimer|then|try"
    "|update|use|verify|voir|wait|with"
)
"""What a comment begins with rather than a command."""

_LONGEST = 300
"""So much of a command's beginning, or of its end, tells what it opens."""


def prompt_of(line: str) -> int:
    """Return the length of the prompt that a line begins with and of the space behind it, 0 without one."""
    if line[:1] not in ("$", "~", "/") and "@" not in line[:70] and "sh-" not in line[:5]:
        return 0
    found = _prompt().match(line)
    return found.end() if found else 0


def root_prompts(lines: Sequence[str], prompts: Sequence[int]) -> list[int]:
    """Return the lengths of the prompts of a block's lines, with `# ` where it is surely the prompt of root.

    It is where a line above opens a shell elsewhere, such as `$ oc debug node/a`, and a command follows it.
    """
    known = list(prompts)
    inside = False
    for at, line in enumerate(lines):
        if prompts[at]:
            inside = opens_a_shell(line[prompts[at] :])
        elif inside and _is_surely_typed(line):
            known[at] = len(line) - len(line[1:].lstrip())
    return known


def leaves_doubt(lines: Sequence[str], prompts: Sequence[int]) -> bool:
    """Return whether any line behind `# ` that is not taken for root's may be a command all the same."""
    inside = False
    for line, prompt in zip(lines, prompts, strict=True):
        if prompt:
            inside = opens_a_shell(line[prompt:]) or line[0] == "#"
        elif _may_be_typed(line) and (inside or _shows_itself().search(line[1:].strip())):
            return True
    return False


def _may_be_typed(line: str) -> bool:
    """Return whether what follows `# ` may be a command that root typed, as well as a comment."""
    said = line[1:].strip() if line[:2] in ("# ", "#\t") else ""
    return _command().match(said) is not None and _sentence().search(said) is None


def _is_surely_typed(line: str) -> bool:
    if not _may_be_typed(line):
        return False
    said = line[1:].strip()
    if _known().match(said):
        return " " not in said or _shows_itself().search(said) is not None
    return _told().match(said) is None and _option_or_pipe().search(said) is not None


def opens_a_shell(command: str) -> bool:
    """Return whether what is typed below a command is typed in another shell, which it opens."""
    begun = command[:_LONGEST]
    if _opener().match(begun):
        return True
    return _container().match(begun) is not None and _shell_at_end().search(command[-_LONGEST:]) is not None


def going_on(lines: Sequence[str]) -> Iterator[bool]:
    r"""Tell of each line, without its prompt, whether it goes on with the one above.

    It does behind `\`, `|` and `&&`, and in a here document, the line that ends it included. What nothing
    ends is no here document.
    """
    last = {line: at for at, line in enumerate(lines)} if any("<<" in line for line in lines) else {}
    on, word, body, then = False, "", False, False
    for at, line in enumerate(lines):
        yield on
        if body:
            body = line != word
            on = body or then
            word = word if body else ""
            continue
        word = word or _here_document(line, at, last)
        on = bool(word) or goes_on(line)
        body, then = bool(word) and not line.endswith("\\"), line.endswith(("|", "&&"))


def goes_on(line: str) -> bool:
    """Return whether a line of a shell goes on in the next one."""
    return line.endswith(("\\", "|", "&&"))


def _here_document(line: str, at: int, last: Mapping[str, int]) -> str:
    """Return the word that ends the here document which a line begins, empty where it begins none."""
    found = _here().search(line) if "<<" in line and not line.startswith("#") else None
    return found["word"] if found and last.get(found["word"], -1) > at else ""


@cache
def _here() -> re.Pattern[str]:
    return re.compile(r"(?<!<)<<-?\s?(?P<quote>[\"'\\]?)(?P<word>[A-Za-z_]\w{0,60})(?P=quote)?(?!\w)")


@cache
def _prompt() -> re.Pattern[str]:
    """Return what matches a prompt and the space behind it.

    `$ `, `ana@db1:~$ `, `[root@db1 ~]# `, `sh-5.1# `, `/ # `. A lone `# ` is none: it begins a comment.
    """
    host = r"[\w.-]{1,64}@[\w.-]{1,64}"
    placed = rf"(?:{host}[: ]?[^\s$#%]{{0,200}}|\[{host} [^\]\s]{{1,200}}\])\s?[$#%]"
    shell = r"(?:ba|da|a|k|z)?sh-\d{1,2}(?:\.\d{1,3}){0,2}[$#%]"
    return re.compile(rf"(?:{placed}|{shell}|[~/] [$#]|\$)[ \t]+")


@cache
def _opener() -> re.Pattern[str]:
    pods = r"(?:oc|kubectl)\s[^|;&]{0,200}?\b(?:debug|rsh|attach)\b"
    return re.compile(
        rf"(?:sudo\s+)?(?:{pods}|ssh\s|su\b|chroot\s|toolbox\b|nsenter\s|machinectl\s)"
        r"|sudo\s+(?:-i|-s|su|bash|sh)\b"
    )


@cache
def _container() -> re.Pattern[str]:
    return re.compile(
        r"(?:sudo\s+)?(?:oc|kubectl|docker|podman|docker-compose)\s[^|;&]{0,250}?\b(?:exec|run)\b"
    )


@cache
def _shell_at_end() -> re.Pattern[str]:
    return re.compile(r"\s(?:/[\w/]{0,60}/)?(?:ba|da|a|k|z)?sh\s*$")


@cache
def _command() -> re.Pattern[str]:
    """Return what matches the beginning of a command: a program in small letters, by its path or its name."""
    return re.compile(r"(?:\.{0,2}/[\w./-]+|[a-z][a-z0-9_.+-]*)(?:\s+[\w\"'$<{./~*:=|&>-]|\s*$)")


@cache
def _known() -> re.Pattern[str]:
    return re.compile(rf"(?:sudo\s+)?(?:{PROGRAMS}|{_OF_ROOT})(?=\s|$)")


@cache
def _told() -> re.Pattern[str]:
    return re.compile(rf"(?:{_TOLD})\b")


@cache
def _option_or_pipe() -> re.Pattern[str]:
    return re.compile(r"\s--?[A-Za-z0-9]|\s\|\s|\s>{1,2}\s?\S")


@cache
def _sentence() -> re.Pattern[str]:
    """Return what matches the small words and the signs of a sentence."""
    words = (
        "the|an?|at|in|on|as|for|this|that|these|to|of|and|or|if|then|with|from|by|should|will|must|is|are|be|you|we|it"
        "|le|la|les|un|une|des|du|de|pour|dans|et|ou|si|puis|avec|sur|est|sont|vous|nous|il|ce|cette"
    )
    return re.compile(rf"(?<![\w./=:-])(?:{words})(?=\s[a-z])|\w[.:!?…]$|, |[-=]>|→")


@cache
def _shows_itself() -> re.Pattern[str]:
    """Return what matches in a command and hardly in a comment: an option, a path, a pipe."""
    return re.compile(r"\s--?\w|(?:^|\s)[./~]*/\w|\s\|\s|\s>{1,2}\s?\S|\$[\w{(]|^sudo\s")
