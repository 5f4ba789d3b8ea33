// The journey by the official Inspector's CLI: one process a request.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('node_modules/.bin/mcp-inspector', import.meta.url));

export function inspector({ url, command }) {
  const target = url ? ['--server-url', url, '--transport', 'http'] : command;
  const run = (...options) => new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, '--cli', ...target, '--quiet', '--format', 'json', ...options],
      { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    child.stdout.on('data', data => { out += data; });
    child.stderr.on('data', data => { err += data; });
    child.on('error', reject);
    child.on('close', code => code === 0 || code === 5
      ? resolve(JSON.parse(out).result)
      : reject(new Error(`Inspector ended with ${code}: ${err}${out}`)));
  });
  return {
    listTools: async () => (await run('--method', 'tools/list', '--strict')).tools.map(tool => tool.name),
    listResources: async () => (await run('--method', 'resources/list')).resources.map(resource => resource.uri),
    call: async (name, args) => {
      const result = await run('--method', 'tools/call', '--tool-name', name, '--tool-args-json', JSON.stringify(args));
      return { isError: result.isError === true, answer: JSON.parse(result.content[0].text) };
    },
    close: async () => {},
  };
}
