// node prove.mjs URL COMMAND...: the journey by two clients over HTTP (URL) and stdio (COMMAND), in both EHRs.
import { inspector } from './inspector.mjs';
import { journey } from './journey.mjs';
import { typescriptClient } from './typescript-client.mjs';

const [url, ...command] = process.argv.slice(2);
let passed = 0;
let failed = 0;
for (const [name, connect] of [['TypeScript client', typescriptClient], ['Inspector CLI', inspector]]) {
  for (const [transport, target] of [['HTTP', { url }], ['stdio', { command }]]) {
    for (const ehr of ['stmarys', 'lakeside']) {
      const started = performance.now();
      const proof = `${name} over ${transport}, booking in ${ehr}`;
      let client;
      try {
        client = await connect(target);
        const facts = await journey(client, ehr);
        passed++;
        console.log(`ok   ${proof}: ${facts} facts in ${((performance.now() - started) / 1000).toFixed(1)} s`);
      } catch (error) {
        failed++;
        console.log(`FAIL ${proof}: ${error.message}`);
      } finally {
        await client?.close();
      }
    }
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
