// node prove-login.mjs URL ISSUER: the TypeScript client logs in at the login server of the hub's tests.
import { login } from './login.mjs';

const [url, issuer] = process.argv.slice(2);

/** That login server takes the name and password with the request, where another would show a page, and asks for no consent. */
async function person(authorizationUrl) {
  const authorization = `Basic ${Buffer.from('dr.abbott:steth0scope').toString('base64')}`;
  const answer = await fetch(authorizationUrl, { headers: { authorization }, redirect: 'manual' });
  const location = answer.headers.get('location');
  if (!location?.includes('code=')) throw new Error(`the login server answered ${answer.status} ${location}`);
  return location;
}

const proof = 'TypeScript client over HTTP, with login and step-up';
const started = performance.now();
try {
  const facts = await login({ url, issuer, clientId: 'desk', redirectUrl: 'http://127.0.0.1:9/callback', person });
  console.log(`ok   ${proof}: ${facts} facts in ${((performance.now() - started) / 1000).toFixed(1)} s`);
} catch (error) {
  console.log(`FAIL ${proof}: ${error.stack}`);
  process.exitCode = 1;
}
