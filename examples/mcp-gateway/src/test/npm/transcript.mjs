// What a client of the TypeScript SDK sees of a server: node transcript.mjs SCRIPT CONNECTION, where SCRIPT is a module
// beside this one, and CONNECTION is {"command": [...], "env"?: {...}} or {"url": "...", "token"?: "..."} with anything
// else that the script wants to know. Prints one JSON object: what each step came to, and every message as it came.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
} from "@modelcontextprotocol/sdk/types.js";
import { outcome, Record } from "./record.mjs";

function transportTo(connection, opened) {
  if (connection.command) {
    const [command, ...args] = connection.command;
    return new StdioClientTransport({ command, args, env: connection.env, stderr: "inherit" });
  }
  const headers = connection.token ? { Authorization: `Bearer ${connection.token}` } : {};
  const watched = async (url, init) => {
    const response = await fetch(url, init);
    if (init?.method === "GET" && response.ok) opened();
    return response;
  };
  return new StreamableHTTPClientTransport(new URL(connection.url), { requestInit: { headers }, fetch: watched });
}

/** A client that can do all that a server may ask of one; a person who answers is played by the script. */
function clientFor(connection, script) {
  const client = new Client({ name: "transcript", version: "1.0.0" }, { capabilities: script.capabilities(connection) });
  const { sampling, elicitation, roots } = script.capabilities(connection);
  if (sampling) client.setRequestHandler(CreateMessageRequestSchema, (request) => script.sample(request));
  if (elicitation) client.setRequestHandler(ElicitRequestSchema, (request) => script.elicit(request));
  if (roots) client.setRequestHandler(ListRootsRequestSchema, () => script.roots());
  return client;
}

const [scriptName, connectionText] = process.argv.slice(2);
const connection = JSON.parse(connectionText);
const script = await import(`./${scriptName}.mjs`);
const record = new Record();
let opened;
const streamIsOpen = new Promise((resolve) => (opened = resolve));
const transport = transportTo(connection, opened);
transport.onmessage = (message) => record.add(message);
const client = clientFor(connection, script);

const steps = {
  connect: await outcome(async () => {
    await client.connect(transport);
    if (connection.url) await streamIsOpen;
    return {
      capabilities: client.getServerCapabilities(),
      server: client.getServerVersion(),
      instructions: client.getInstructions() ?? null,
    };
  }),
};
for (const [name, work] of script.steps(client, record, connection)) {
  if (name in steps) throw new Error(`two steps are called ${name}`);
  steps[name] = await outcome(work);
}
if (connection.url) await transport.terminateSession();
await client.close();
const received = connection.url ? record.byStream() : record.messages;
process.stdout.write(JSON.stringify({ steps, received }), () => process.exit(0));
