// The HL7 v2 libraries of npm, each as a sender and as a receiver.
import { createServer } from 'node:net';
import { Hl7Message } from '@medplum/core';
import { Hl7Client, Hl7Server } from '@medplum/hl7';
import { Client, Message } from 'node-hl7-client';
import { Server } from 'node-hl7-server';
import simple from 'simple-hl7';

function free() {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

// Sends all at once over one connection.
export const medplum = {
  name: '@medplum/hl7 5.0.10',
  async sender(port) {
    const client = new Hl7Client({ host: '127.0.0.1', port, keepAlive: true });
    await client.connect();
    return {
      async send(messages) {
        const answers = await Promise.all(messages.map(text => client.sendAndWait(Hl7Message.parse(text))));
        return answers.map(answer => answer.getSegment('MSA')).map(msa => `${msa.getField(1)} ${msa.getField(2)}`);
      },
      close: () => client.close(),
    };
  },
  async receiver() {
    const received = [];
    const server = new Hl7Server(connection => {
      connection.addEventListener('message', ({ message }) => {
        received.push(message.getSegment('MSH').getField(10).toString());
        connection.send(message.buildAck());
      });
    });
    await server.start(0);
    return { port: server.server.address().port, received, close: () => server.stop({ forceDrainTimeoutMs: 100 }) };
  },
};

// Sends one after another, each after the answer to the last one, once it is connected.
export const nodeHl7 = {
  name: 'node-hl7-client 4.0.0 and node-hl7-server 2.5.0',
  async sender(port) {
    const client = new Client({ host: '127.0.0.1', version: '2.5' });
    let answered;
    const connection = client.createConnection({ port }, answer => answered(answer.getMessage()));
    await new Promise(resolve => connection.on('connect', resolve));
    return {
      async send(messages) {
        const answers = [];
        for (const text of messages) {
          const answer = new Promise(resolve => (answered = resolve));
          await connection.sendMessage(new Message({ text }));
          const message = await answer;
          answers.push(`${message.get('MSA.1')} ${message.get('MSA.2')}`);
        }
        return answers;
      },
      close: () => connection.close(),
    };
  },
  async receiver() {
    const received = [];
    const port = await free();
    const inbound = new Server({ bindAddress: '127.0.0.1' }).createInbound({ port }, async (request, response) => {
      received.push(request.getMessage().get('MSH.10').toString());
      await response.sendResponse('AA');
    });
    await new Promise(resolve => inbound.on('listen', resolve));
    return { port, received, close: () => inbound.close() };
  },
};

// Sends one after another.
export const simpleHl7 = {
  name: 'simple-hl7 3.3.0',
  async sender(port) {
    const client = simple.Server.createTcpClient({ host: '127.0.0.1', port, keepalive: true });
    const parser = new simple.Parser({ segmentSeperator: '\r' });
    return {
      async send(messages) {
        const answers = [];
        for (const text of messages) {
          const answer = await new Promise((resolve, reject) =>
            client.send(parser.parse(text), (error, ack) => (error ? reject(error) : resolve(ack))));
          const msa = answer.getSegment('MSA');
          answers.push(`${msa.getField(1)} ${msa.getField(2)}`);
          await new Promise(resolve => setImmediate(resolve)); // it forgets the last answer after it has told it
        }
        return answers;
      },
      close: () => client.close(),
    };
  },
  async receiver() {
    const received = [];
    const app = simple.tcp();
    app.use((request, response, next) => {
      received.push(request.msg.header.getField(8).toString());
      next();
    });
    app.use((request, response) => response.end());
    const port = await free();
    app.start(port);
    return { port, received, close: () => app.stop() };
  },
};
