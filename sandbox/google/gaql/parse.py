"""Text of a query to its parts. Nothing here knows which fields exist."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NoReturn

from sandbox.google.failures import refuse

_TOKEN = re.compile(
    r"""\s*(?:(?P<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
    |(?P<op>!=|>=|<=|=|>|<)|(?P<sign>[(),])|(?P<word>[^\s'"(),=!<>]+))""",
    re.VERBOSE,
)
_FIELD = re.compile(r"^[a-z_0-9]+(\.[a-z_0-9]+)*$", re.IGNORECASE)
_SINGLE = {"=", "!=", ">", ">=", "<", "<=", "LIKE", "NOT LIKE", "DURING"}


@dataclass(frozen=True, slots=True)
class Condition:
    """`field operator values`; a single value is a list of one."""

    field: str
    operator: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query."""

    select: tuple[str, ...]
    resource: str
    where: tuple[Condition, ...]
    order: tuple[tuple[str, bool], ...]  # field, descending
    limit: int | None


def parse(text: str) -> Query:
    """Parse a query.

    Raises:
        Refused: the text is not a query; the code is Google's QueryError.
    """
    reader = _Reader(_tokens(text))
    reader.expect("SELECT", "EXPECTED_SELECT")
    select = reader.fields()
    reader.expect("FROM", "EXPECTED_FROM")
    resource = reader.next("UNEXPECTED_END_OF_QUERY")
    where: list[Condition] = []
    if reader.take("WHERE"):
        where.append(reader.condition())
        while reader.take("AND"):
            where.append(reader.condition())
    order = reader.ordering() if reader.take("ORDER") else []
    limit = reader.limit() if reader.take("LIMIT") else None
    if reader.take("PARAMETERS"):
        reader.skip_all()
    if (rest := reader.peek()) is not None:
        _fail("UNEXPECTED_INPUT", f"Unexpected input: {rest}.")
    return Query(tuple(select), resource, tuple(where), tuple(order), limit)


def _tokens(text: str) -> list[str]:
    found, place, whole = [], 0, text.rstrip().rstrip(";")
    while place < len(whole):
        match = _TOKEN.match(whole, place)
        if match is None:
            if not whole[place:].strip():
                break
            quote = whole[place:].lstrip()[:1] in "'\""
            code = "STRING_NOT_TERMINATED" if quote else "BAD_SYMBOL"
            _fail(code, f"The query cannot be read from: {whole[place : place + 30]!r}.")
        found.append(match.group().strip())
        place = match.end()
    return found


class _Reader:
    def __init__(self, tokens: list[str]) -> None:
        self._tokens, self._place = tokens, 0

    def peek(self) -> str | None:
        return self._tokens[self._place] if self._place < len(self._tokens) else None

    def next(self, code: str) -> str:
        token = self.peek()
        if token is None:
            _fail(code, "The query ends too early.")
        self._place += 1
        return token

    def take(self, word: str) -> bool:
        token = self.peek()
        if token is None or token.upper() != word:
            return False
        self._place += 1
        return True

    def expect(self, word: str, code: str) -> None:
        if not self.take(word):
            _fail(code, f"Expected {word}, found {self.peek()!r}.")

    def skip_all(self) -> None:
        self._place = len(self._tokens)

    def field(self) -> str:
        name = self.next("UNEXPECTED_END_OF_QUERY")
        if not _FIELD.match(name):
            _fail("BAD_FIELD_NAME", f"{name!r} is not a field name.")
        return name

    def fields(self) -> list[str]:
        found = [self.field()]
        while self.take(","):
            found.append(self.field())
        return found

    def condition(self) -> Condition:
        name = self.field()
        word = self.next("UNEXPECTED_END_OF_QUERY").upper()
        if word == "NOT":
            word = f"NOT {self.next('BAD_OPERATOR').upper()}"
        if word == "IS":
            word = "IS NOT NULL" if self.take("NOT") else "IS NULL"
            self.expect("NULL", "BAD_OPERATOR")
            return Condition(name, word, ())
        if word == "CONTAINS":
            word = f"CONTAINS {self.next('BAD_OPERATOR').upper()}"
        if word in {"IN", "NOT IN", "CONTAINS ANY", "CONTAINS ALL", "CONTAINS NONE"}:
            return Condition(name, word, self.listed())
        if word == "BETWEEN":
            first = self.value()
            self.expect("AND", "EXPECTED_AND")
            return Condition(name, word, (first, self.value()))
        if word not in _SINGLE:
            _fail("BAD_OPERATOR", f"{word!r} is no operator.")
        return Condition(name, word, (self.value(),))

    def listed(self) -> tuple[str, ...]:
        self.expect("(", "EXPECTED_LIST")
        if self.take(")"):
            _fail("PROHIBITED_EMPTY_LIST_IN_CONDITION", "A list in a condition may not be empty.")
        found = [self.value()]
        while self.take(","):
            found.append(self.value())
        self.expect(")", "EXPECTED_LIST")
        return tuple(found)

    def value(self) -> str:
        token = self.next("UNEXPECTED_END_OF_QUERY")
        if token[0] in "'\"":
            return re.sub(r"\\(.)", r"\1", token[1:-1])
        if token in {"(", ")", ","}:
            _fail("EXPECTED_SINGLE_VALUE", f"Expected a value, found {token!r}.")
        return token

    def ordering(self) -> list[tuple[str, bool]]:
        self.expect("BY", "EXPECTED_BY")
        found = []
        while True:
            name, descending = self.field(), self.take("DESC")
            if not descending:
                self.take("ASC")
            found.append((name, descending))
            if not self.take(","):
                return found

    def limit(self) -> int:
        token = self.next("BAD_LIMIT_VALUE")
        if not token.isdigit():
            _fail("BAD_LIMIT_VALUE", f"LIMIT {token} is no whole number.")
        if int(token) < 1:
            _fail("LIMIT_VALUE_TOO_LOW", "LIMIT must be at least 1.")
        return int(token)


def _fail(code: str, message: str) -> NoReturn:
    raise refuse("query_error", code, f"Error in query: {message}")
