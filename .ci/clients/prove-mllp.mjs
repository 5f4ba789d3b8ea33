// node prove-mllp.mjs COMMAND...: each library sends to "COMMAND receive", and receives from "COMMAND send PORT COUNT".
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { medplum, nodeHl7, simpleHl7 } from './mllp-peers.mjs';

const [command, ...words] = process.argv.slice(2);
const COUNT = 20;
const LIMIT = 60_000;
const ids = Array.from({ length: COUNT }, (_, i) => `N${i}`);
let facts = 0;

function fact(found, wanted, what) {
  const [one, other] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (one !== other) {
    throw new Error(`${what}: ${one}, not ${other}`);
  }
  facts += wanted.length;
}

function within(promise, what) {
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error(`${what} took too long`)), LIMIT)));
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function started(...more) {
  const child = spawn(command, [...words, ...more], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = [];
  const wanted = [];
  createInterface({ input: child.stdout }).on('line', line => {
    lines.push(line);
    wanted.splice(0).forEach(check => check());
  });
  return {
    lines,
    ended: new Promise(resolve => child.on('close', resolve)),
    first: () => new Promise(resolve => (lines.length > 0 ? resolve(lines[0]) : wanted.push(() => resolve(lines[0])))),
    end: () => child.stdin.end(),
    stop: () => child.kill(),
  };
}

function message(id, name = 'DOE^JANE') {
  return ['MSH|^~\\&|ADT|EAST|HUB|WEST|20260302090000||ADT^A01^ADT_A01|' + id + '|P|2.5', 'EVN|A01|20260302090000',
    'PID|1||4711^^^EAST^MR||' + name, 'PV1|1|I|W1^101^1'].join('\r');
}

// The library's client sends in order, or many at once where it can; one is refused, one is long.
async function sends(peer) {
  const server = started('receive');
  try {
    const port = Number((await within(server.first(), 'the start')).split(' ')[1]);
    const sender = await within(peer.sender(port), 'the connection');
    const answers = await within(sender.send([...ids.map(id => message(id)), message('BAD'), message('LONG', 'x'.repeat(500_000))]), 'sending');
    await sender.close();
    fact(answers, [...ids.map(id => `AA ${id}`), 'AE BAD', 'AA LONG'], 'answers');
    server.end();
    await within(server.ended, 'the end');
    const received = server.lines.slice(1).map(line => line.split(' ')[1]);
    fact(received, [...ids, 'BAD', 'LONG'], 'received');
  } finally {
    server.stop();
  }
}

// The library's server receives from our client.
async function receives(peer) {
  const receiver = await within(peer.receiver(), 'the start');
  const client = started('send', receiver.port, COUNT);
  try {
    await within(client.ended, 'sending');
    fact(client.lines, [...ids.map(id => `AA ${id}`), 'AA LONG'], 'what the client was told');
    // A server may give its handler a message again; what came first is its order.
    fact([...new Set(receiver.received)], [...ids, 'LONG'], 'received');
  } finally {
    client.stop();
    await receiver.close();
  }
}

let passed = 0;
let failed = 0;
for (const peer of [medplum, nodeHl7, simpleHl7]) {
  for (const [what, prove] of [['sends to the server', sends], ['receives from the client', receives]]) {
    const began = performance.now();
    facts = 0;
    try {
      await prove(peer);
      passed++;
      console.log(`ok   ${peer.name} ${what}: ${facts} facts in ${((performance.now() - began) / 1000).toFixed(1)} s`);
    } catch (error) {
      failed++;
      console.log(`FAIL ${peer.name} ${what}: ${error.message}`);
    }
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
