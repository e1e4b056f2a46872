"""The grammar of SPARQL 1.1 queries (SPARQL 1.1 Query, section 19.8), to find the first token that no query can have.

The engine's parser tries alternatives one after another and reports the end of the longest keyword that it tried,
which may be lines behind the error. The grammar is LL(1): one token decides which alternative applies, so a
recogniser stops at the error, in a time that grows with the length of the query alone.
"""

import re
from dataclasses import dataclass
from functools import cache

_GRAMMAR = """
Query = ( BASE IRI | PREFIX PNAME_NS IRI )* ( Select | Construct | Describe | Ask ) Values ? END
Select = SelectClause Dataset * Where Modifier
SubSelect = SelectClause Where Modifier Values ?
SelectClause = SELECT ( DISTINCT | REDUCED ) ? ( ( VAR | As ) + | '*' )
Construct = CONSTRUCT ( '{' Triples ? '}' Dataset * Where Modifier
  | Dataset * WHERE '{' Triples ? '}' Modifier )
Describe = DESCRIBE ( VarOrIri + | '*' ) Dataset * Where ? Modifier
Ask = ASK Dataset * Where Modifier
Dataset = FROM NAMED ? Iri
Where = WHERE ? Group
Modifier = ( GROUP BY GroupCondition + ) ? ( HAVING Constraint + ) ? ( ORDER BY OrderCondition + ) ? Slice ?
GroupCondition = Call | Function | '(' Expression ( AS VAR ) ? ')' | VAR
OrderCondition = ( ASC | DESC ) Bracketed | Constraint | VAR
Slice = LIMIT INTEGER ( OFFSET INTEGER ) ? | OFFSET INTEGER ( LIMIT INTEGER ) ?
Values = VALUES Data
Data = VAR '{' Value * '}' | ( NIL | '(' VAR * ')' ) '{' ( '(' Value * ')' | NIL ) * '}'
Value = Iri | Literal | UNDEF

Group = '{' ( SubSelect | Patterns ) '}'
Patterns = PathTriples ? ( Pattern '.' ? PathTriples ? ) *
Pattern = Group ( UNION Group ) * | ( OPTIONAL | MINUS ) Group | GRAPH VarOrIri Group
  | SERVICE SILENT ? VarOrIri Group | FILTER Constraint | BIND As | Values
As = '(' Expression AS VAR ')'
Triples = Subject ( '.' Triples ? ) ?
Subject = Term Properties | Node Properties ?
Properties = Verb Objects ( ';' ( Verb Objects ) ? ) *
Verb = VarOrIri | a
Objects = Object ( ',' Object ) *
Object = Term | Node
Node = '(' Object + ')' | '[' Properties ']'
PathTriples = PathSubject ( '.' PathTriples ? ) ?
PathSubject = Term PathProperties | PathNode PathProperties ?
PathProperties = PathVerb PathObjects ( ';' ( PathVerb PathObjects ) ? ) *
PathVerb = VAR | Path
PathObjects = PathObject ( ',' PathObject ) *
PathObject = Term | PathNode
PathNode = '(' PathObject + ')' | '[' PathProperties ']'
Path = PathSequence ( '|' PathSequence ) *
PathSequence = PathStep ( '/' PathStep ) *
PathStep = '^' ? PathPrimary ( '?' | '*' | '+' ) ?
PathPrimary = Iri | a | '!' ( PathOne | '(' ( PathOne ( '|' PathOne ) * ) ? ')' | NIL ) | '(' Path ')'
PathOne = '^' ? ( Iri | a )

Expression = And ( '||' And ) *
And = Relation ( '&&' Relation ) *
Relation = Sum ( ( '=' | '!=' | '<' | '>' | '<=' | '>=' ) Sum | NOT ? IN Expressions ) ?
Sum = Product ( ( '+' | '-' ) Product | ( SIGNED | SIGNED_INTEGER ) ( ( '*' | '/' ) Unary ) * ) *
Product = Unary ( ( '*' | '/' ) Unary ) *
Unary = ( '!' | '+' | '-' ) ? ( Bracketed | Call | Iri Arguments ? | Literal | VAR )
Bracketed = '(' Expression ')'
Constraint = Bracketed | Call | Function
Function = Iri Arguments
Arguments = NIL | '(' DISTINCT ? Expression ( ',' Expression ) * ')'
Expressions = NIL | '(' Expression ( ',' Expression ) * ')'
Call = FUNCTION Expressions | EXISTS Group | NOT EXISTS Group | COUNT '(' DISTINCT ? ( '*' | Expression ) ')'
  | AGGREGATE '(' DISTINCT ? Expression ( ';' SEPARATOR '=' STRING ) ? ')'

VarOrIri = VAR | Iri
Iri = IRI | PNAME_LN | PNAME_NS
Term = VAR | Iri | Literal | BLANK_NODE | ANON | NIL
Literal = STRING ( LANGTAG | '^^' Iri ) ? | INTEGER | SIGNED_INTEGER | NUMBER | SIGNED | BOOLEAN
"""
_FUNCTIONS = """
STR LANG LANGMATCHES DATATYPE BOUND IRI URI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE ENCODE_FOR_URI
CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES SECONDS TIMEZONE TZ NOW UUID STRUUID MD5
SHA1 SHA256 SHA384 SHA512 COALESCE IF STRLANG STRDT SAMETERM ISIRI ISURI ISBLANK ISLITERAL ISNUMERIC REGEX SUBSTR
REPLACE
"""
_WORDS: dict[str, str] = {
    **{word: word for word in re.findall(r"\b[A-Z]{2,}\b", _GRAMMAR)},
    **dict.fromkeys(_FUNCTIONS.split(), "FUNCTION"),
    **dict.fromkeys(("SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"), "AGGREGATE"),
    **dict.fromkeys(("TRUE", "FALSE"), "BOOLEAN"),
}
_LETTER = r"[^\W\d_]"
_CHARACTER = r"\w\xb7\u0300-\u036f\u203f\u2040"  # PN_CHARS, without the hyphen
_LOCAL = rf"(?:[{_CHARACTER}:]|%[0-9A-Fa-f]{{2}}|\\[_~.\-!$&'()*+,;=/?#@%])"
_TOKEN = re.compile(
    rf"""
      (?P<space>(?:[ \t\r\n]+|\#[^\n\r]*)+)
    | (?P<IRI><(?:[^<>"{{}}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})*>)
    | (?P<VAR>[?$][{_CHARACTER}]+)
    | (?P<LANGTAG>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<BLANK_NODE>_:\w(?:[{_CHARACTER}.-]*[{_CHARACTER}-])?)
    | (?P<PNAME_LN>(?:{_LETTER}(?:[{_CHARACTER}.-]*[{_CHARACTER}-])?)?:{_LOCAL}(?:(?:{_LOCAL}|[.-])*(?:{_LOCAL}|-))?)
    | (?P<PNAME_NS>(?:{_LETTER}(?:[{_CHARACTER}.-]*[{_CHARACTER}-])?)?:)
    | (?P<SIGNED>[+-](?:[0-9]+\.?[0-9]*[eE][+-]?[0-9]+|\.[0-9]+[eE][+-]?[0-9]+|[0-9]*\.[0-9]+))
    | (?P<SIGNED_INTEGER>[+-][0-9]+)
    | (?P<NUMBER>[0-9]+\.?[0-9]*[eE][+-]?[0-9]+|\.[0-9]+[eE][+-]?[0-9]+|[0-9]*\.[0-9]+)
    | (?P<INTEGER>[0-9]+)
    | (?P<STRING>
          \"\"\"(?:\"{{0,2}}(?:[^"\\]|\\[tbnrf\\\"'uU]))*+\"\"\"
        | '''(?:'{{0,2}}(?:[^'\\]|\\[tbnrf\\\"'uU]))*+'''
        | "(?:[^"\\\n\r]|\\[tbnrf\\\"'uU])*+"
        | '(?:[^'\\\n\r]|\\[tbnrf\\\"'uU])*+'
      )
    | (?P<word>{_LETTER}\w*)
    | (?P<NIL>\((?:[ \t\r\n]|\#[^\n\r]*[\n\r])*\))
    | (?P<ANON>\[(?:[ \t\r\n]|\#[^\n\r]*[\n\r])*\])
    | (?P<mark>\^\^|&&|\|\||!=|<=|>=|[^ \t\r\n])
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class _Node:
    """A part of a production: a terminal, a nonterminal, a sequence, a choice, or an optional or repeated part."""

    kind: str
    name: str = ""
    parts: tuple["_Node", ...] = ()


def unexpected_token(query: str) -> int | None:
    """Return the offset of the first token of `query` that no query with the same beginning can have, or None.

    The end of the text counts as a token. Rules beside the grammar, such as declared prefixes, are not checked.
    """
    productions = _productions()
    stack = [productions["Query"]]
    for kind, offset in _tokens(query):
        while stack:
            node = stack.pop()
            match node.kind:
                case "terminal":
                    if node.name != kind:
                        return offset
                    break
                case "nonterminal":
                    stack.append(productions[node.name])
                case "sequence":
                    stack += reversed(node.parts)
                case "choice":
                    if (chosen := next((part for part in node.parts if kind in _first(part)), None)) is None:
                        if not any(_nullable(part) for part in node.parts):
                            return offset
                    else:
                        stack.append(chosen)
                case "*" if kind in _first(node):
                    stack += (node, node.parts[0])
                case "?" if kind in _first(node):
                    stack.append(node.parts[0])
    return None


def token_starts(query: str) -> list[int]:
    """Return the offset of each token of `query`, and its length."""
    return [offset for _, offset in _tokens(query)]


def _tokens(query: str) -> list[tuple[str, int]]:
    """Return kind and offset of each token; the last is the end."""
    found = []
    for match in _TOKEN.finditer(query):
        kind, lexeme = str(match.lastgroup), match[0]
        if kind == "word":
            kind = "a" if lexeme == "a" else _WORDS.get(lexeme.upper(), "word")
        if kind != "space":
            found.append((lexeme if kind == "mark" else kind, match.start()))
    return [*found, ("END", len(query))]


@cache
def _productions() -> dict[str, _Node]:
    found = {}
    for name, text in re.findall(r"^(\w+) = ((?:.|\n  )+)", _GRAMMAR, re.MULTILINE):
        symbols = re.findall(r"'[^']+'|\w+|\S", text)
        found[name] = _choice(symbols)
    return found


def _choice(symbols: list[str]) -> _Node:
    """Read a choice up to its closing bracket or the end, and take its symbols away."""
    sequences: list[list[_Node]] = [[]]
    while symbols and (symbol := symbols.pop(0)) != ")":
        if symbol == "|":
            sequences.append([])
        elif symbol == "(":
            sequences[-1].append(_choice(symbols))
        elif symbol == "+":
            part = sequences[-1][-1]
            sequences[-1].append(_Node("*", parts=(part,)))
        elif symbol in ("*", "?"):
            sequences[-1][-1] = _Node(symbol, parts=(sequences[-1][-1],))
        else:
            terminal = symbol.startswith("'") or symbol.upper() == symbol or symbol == "a"
            sequences[-1].append(_Node("terminal" if terminal else "nonterminal", symbol.strip("'")))
    parts = [_Node("sequence", parts=tuple(sequence)) for sequence in sequences]
    return parts[0] if len(parts) == 1 else _Node("choice", parts=tuple(parts))


@cache
def _nullable(node: _Node) -> bool:
    """Return whether a part may be empty."""
    match node.kind:
        case "terminal":
            return False
        case "nonterminal":
            return _nullable(_productions()[node.name])
        case "sequence":
            return all(map(_nullable, node.parts))
        case "choice":
            return any(map(_nullable, node.parts))
    return True


@cache
def _first(node: _Node) -> frozenset[str]:
    """Return the kinds of tokens that a part may begin with."""
    match node.kind:
        case "terminal":
            return frozenset((node.name,))
        case "nonterminal":
            return _first(_productions()[node.name])
        case "sequence":
            found: frozenset[str] = frozenset()
            for part in node.parts:
                found |= _first(part)
                if not _nullable(part):
                    break
            return found
    return frozenset().union(*map(_first, node.parts))
