"""What may be repeated of an error's message: the words of the program's code, never those of a plan.

A message can hold whatever an officer typed. So a word of it is kept only where it stands in the code that raised the
error (names and literal texts), in the columns of the plan, or in the small vocabulary of the interpreter and of
SQLite; all others are left out.
"""

import re
from collections.abc import Iterator
from functools import cache
from types import CodeType

OMITTED = "…"
LONGEST = 300

_WORD = re.compile(r"[^\W\d_]\w*|\d[\d.,]*(?<![.,])\w*|\w+")
"""A name, or a number with its dots and commas: of those only a single digit is kept, such as a count of arguments."""
_KINDS = (AttributeError, ImportError, NameError, TypeError, RuntimeError, NotImplementedError, AssertionError)
_MODULES = ("sqlite3",)
_INTERPRETER = """
a an and any are argument arguments as at async attempt attribute attributes await be been before bool but by bytes
call callable called cannot changed class closed concatenate comparison constructor convert creating database deleted
dict dictionary different disk does during elements error expected failed file first float for format foreign found from
full function generator get given got has hashable have image in index infinite initialized instance instances int
integer integers internal invalid is item items iterable iteration iterator it iter key keyword length libshiboken list
locked malformed mapping maximum method missing module more most multiple must name NoneType no non not null number
object objects of on only open operand operands operation operator or out outside overflow overridden partially
positional property range read readonly recursion required row same scope self sequence set setter signal signature size
slot start state statement str string subclass subscriptable super support supported table takes text than that the
their there this thread to too transaction tuple type types unable undefined unexpected unhashable unique unknown unpack
unsupported value values version was were when where which while with without wrapped write wrong
associated free local variable referenced assignment global
None True False C Internal already dictionary CHECK UNIQUE NOT NULL FOREIGN KEY PRIMARY constraint
"""


def words_of(error: BaseException) -> str:
    """The message of an error as it may be logged; "" where nothing of it may."""
    if isinstance(error, OSError):
        return f"[Errno {error.errno}] {error.strerror}" if isinstance(error.errno, int) else ""
    if not (isinstance(error, _KINDS) or type(error).__module__ in _MODULES):
        return ""
    known = _known().union(_of_code(error))
    kept = _WORD.sub(lambda found: found[0] if _may(found[0], known) else OMITTED, str(error)[:LONGEST])
    return re.sub(rf"{OMITTED}(?:\W*{OMITTED})+", OMITTED, kept)


def _may(word: str, known: frozenset[str]) -> bool:
    return word in known or (word.isdecimal() and len(word) == 1) or word.casefold() in known


@cache
def _known() -> frozenset[str]:
    from models.rows import TABLES, columns

    tables = (name for table, cls in TABLES.items() for name in (table, *columns(cls), cls.__name__))
    return frozenset((*_INTERPRETER.split(), *tables))


def _of_code(error: BaseException) -> Iterator[str]:
    """The names and literal words of the functions through which the error went, and those that Python tells itself."""
    at = error.__traceback__
    while at is not None:
        code = at.tb_frame.f_code
        for text in _texts(code):
            yield from _WORD.findall(text)
        at = at.tb_next
    if isinstance(error, AttributeError) and error.obj is not None:
        yield type(error.obj).__name__


def _texts(code: CodeType) -> Iterator[str]:
    yield from (code.co_name, *code.co_names, *code.co_varnames, *code.co_freevars, *code.co_cellvars)
    for value in code.co_consts:
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            yield from (text for text in value if isinstance(text, str))
