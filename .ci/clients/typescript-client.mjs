// The journey by the TypeScript MCP client.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

export async function typescriptClient({ url, command }) {
  const transport = url
    ? new StreamableHTTPClientTransport(new URL(url))
    : new StdioClientTransport({ command: command[0], args: command.slice(1), stderr: 'inherit' });
  const client = new Client({ name: 'ehr-hub-proof', version: '1.0.0' });
  await client.connect(transport);
  return {
    listTools: async () => (await client.listTools()).tools.map(tool => tool.name),
    listResources: async () => (await client.listResources()).resources.map(resource => resource.uri),
    // The client itself holds structuredContent to the tool's outputSchema.
    call: async (name, args) => {
      const result = await client.callTool({ name, arguments: args });
      const text = JSON.parse(result.content[0].text);
      if (!result.isError && JSON.stringify(text) !== JSON.stringify(result.structuredContent)) {
        throw new Error(`${name}: text and structuredContent differ`);
      }
      return { isError: result.isError === true, answer: text };
    },
    close: () => client.close(),
  };
}
