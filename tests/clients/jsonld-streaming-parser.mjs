// Reads a file of JSON-LD: node jsonld-streaming-parser.mjs FILE BASE. Prints N-Triples as a JSON string.
import { createReadStream } from "node:fs";
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

const [file, baseIRI] = process.argv.slice(2);
const quads = await createReadStream(file).pipe(new JsonLdParser({ baseIRI })).toArray();
console.log(JSON.stringify(quads.map((quad) => `${[quad.subject, quad.predicate, quad.object].map(written).join(" ")} .\n`).join("")));
