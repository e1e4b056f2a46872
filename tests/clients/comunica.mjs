// Asks endpoints, fragments and documents as sources, with Comunica: node comunica.mjs QUERY SOURCE… Prints JSON.
import { QueryEngine } from '@comunica/query-sparql';

const [query, ...sources] = process.argv.slice(1);
const result = await new QueryEngine().query(query, { sources });
const read = {
  bindings: async (stream) =>
    (await stream.toArray()).map((row) => Object.fromEntries([...row].map(([name, term]) => [name.value, term.value]))),
  quads: async (stream) => (await stream.toArray()).map((quad) => [quad.subject, quad.predicate, quad.object].map((t) => t.value)),
  boolean: async (value) => value,
};
console.log(JSON.stringify(await read[result.resultType](await result.execute())));
