// A person at the TypeScript client logs in where the hub sends it, and again for more when a call needs more.
import assert from 'node:assert/strict';
import { Client, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client';

/** What the client keeps of a login, and how it sends the person away. */
function memory({ clientId, redirectUrl, person }) {
  const kept = { asked: [] };
  return {
    kept,
    redirectUrl,
    clientMetadata: { client_name: 'ehr-hub-proof', redirect_uris: [redirectUrl], token_endpoint_auth_method: 'none' },
    // The issuer is the client's business: it stamps what it registered with it.
    clientInformation: () => ({ client_id: clientId }),
    tokens: () => kept.tokens,
    saveTokens: tokens => { kept.tokens = tokens; },
    saveCodeVerifier: verifier => { kept.verifier = verifier; },
    codeVerifier: () => kept.verifier,
    saveDiscoveryState: state => { kept.discovery = state; },
    discoveryState: () => kept.discovery,
    redirectToAuthorization: async url => {
      kept.asked.push(url);
      kept.callback = await person(url);
    },
  };
}

/**
 * @param url the hub's address
 * @param issuer the login server that the hub must lead to
 * @param clientId as the login server knows the client, a public one
 * @param redirectUrl where it sends the person back to
 * @param person `async authorizationUrl => callbackUrl`: logs in and agrees
 * @returns how many facts were checked
 */
export async function login({ url, issuer, clientId, redirectUrl, person }) {
  let facts = 0;
  const holds = (fact, words) => { assert.ok(fact, words); facts++; };
  const provider = memory({ clientId, redirectUrl, person });
  let transport;
  const connect = async () => {
    transport = new StreamableHTTPClientTransport(new URL(url), { authProvider: provider });
    const client = new Client({ name: 'ehr-hub-proof', version: '1.0.0' });
    await client.connect(transport);
    return client;
  };
  const sentAway = async doing => {
    const before = provider.kept.asked.length;
    await assert.rejects(doing, error => error instanceof UnauthorizedError);
    holds(provider.kept.asked.length === before + 1, 'the person was sent to the login server once');
    await transport.finishAuth(new URL(provider.kept.callback).searchParams);
    return provider.kept.asked.at(-1);
  };

  const first = await sentAway(connect);
  holds(first.href.startsWith(issuer), 'the hub led to its login server');
  holds(first.searchParams.get('resource') === url, 'the token is asked for this hub');
  holds(first.searchParams.get('code_challenge_method') === 'S256', 'with a proof key');
  holds(first.searchParams.get('scope').split(' ').includes('ehrhub.read'), 'and for what reading needs');
  holds(!first.searchParams.get('scope').includes('ehrhub.write'), 'and no more');

  const client = await connect();
  const tools = async () => (await client.listTools()).tools.map(tool => tool.name);
  const read = await tools();
  holds(read.includes('patient_search') && !read.includes('appointment_create'), 'what may be read is listed, and no write');
  const people = await client.callTool({ name: 'patient_search', arguments: { family: 'Okafor' } });
  holds(!people.isError && people.structuredContent.items.length > 0, 'a person is found');
  const { patient } = people.structuredContent.items.find(row => row.patient.startsWith('stmarys/'));
  const from = new Date(Date.now() + 24 * 3600e3).toISOString();
  const to = new Date(Date.now() + 10 * 24 * 3600e3).toISOString();
  const slots = await client.callTool({ name: 'slot_search', arguments: { ehr: 'stmarys', from, to, limit: 1 } });
  const visit = { name: 'appointment_create', arguments: { patient, slotRef: slots.structuredContent.items[0].slotRef } };

  const second = await sentAway(() => client.callTool(visit));
  const wider = second.searchParams.get('scope').split(' ');
  holds(wider.includes('ehrhub.write') && wider.includes('ehrhub.read'), 'the second time it asks for writing too');
  const booked = await client.callTool(visit);
  holds(!booked.isError && booked.structuredContent.item.status === 'booked', 'the visit is booked after the second login');
  holds((await tools()).includes('appointment_create'), 'the write is listed now');
  await client.close();
  return facts;
}
