// Replicates an event stream with ldes-client, the oldest members first: node ldes-client.mjs URL. Prints JSON.
import { intoConfig, replicateLDES } from 'ldes-client';

const [url] = process.argv.slice(1);
const client = replicateLDES(intoConfig({ url }), 'ascending');
client.on('error', (error) => {
  console.error(String(error));
  process.exit(1);
});
const members = [];
for await (const { id, isVersionOf, type } of client.stream()) members.push([id.value, isVersionOf, type.value]);
process.stdout.write(JSON.stringify(members), () => process.exit(0));
