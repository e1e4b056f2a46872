// Asks an endpoint with sparql-http-client: node sparql-http-client.mjs ENDPOINT METHOD OPERATION QUERY. Prints JSON.
import ParsingClient from 'sparql-http-client/ParsingClient.js';

const [endpointUrl, method, operation, query] = process.argv.slice(1);
const client = new ParsingClient({ endpointUrl });
const result = await client.query[operation](query, { operation: method });
const read = {
  select: (rows) => rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, term]) => [name, term.value]))),
  construct: (dataset) => [...dataset].map((quad) => [quad.subject, quad.predicate, quad.object].map((t) => t.value)),
  ask: (value) => value,
};
console.log(JSON.stringify(read[operation](result)));
