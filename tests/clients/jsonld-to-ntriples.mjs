// Reads JSON-LD from standard input with jsonld-streaming-parser, and writes N-Triples.
import { JsonLdParser } from "jsonld-streaming-parser";

const STRING = "http://www.w3.org/2001/XMLSchema#string";
const ESCAPES = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r" };

function written(term) {
  if (term.termType === "NamedNode") return `<${term.value}>`;
  if (term.termType === "BlankNode") return `_:${term.value}`;
  const text = `"${term.value.replace(/[\\"\n\r]/g, (character) => ESCAPES[character])}"`;
  if (term.language) return `${text}@${term.language}`;
  return term.datatype.value === STRING ? text : `${text}^^<${term.datatype.value}>`;
}

process.stdin
  .pipe(new JsonLdParser())
  .on("data", ({ subject, predicate, object }) =>
    process.stdout.write(`${[subject, predicate, object].map(written).join(" ")} .\n`),
  )
  .on("error", (error) => {
    console.error(String(error));
    process.exit(1);
  });
