// A client of the TypeScript SDK, driven line by line: node client.mjs CONNECTION, which is {"command": [...]} or
// {"url": "...", "token": "..."}. Each line that it reads is a request, {"method": "...", "params": {...}}; for each it
// prints what came of it, as one line.
import { createInterface } from "node:readline";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { ResultSchema } from "@modelcontextprotocol/sdk/types.js";

function transportTo({ command, url, token }) {
  if (url) {
    const headers = { Authorization: `Bearer ${token}` };
    return new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } });
  }
  return new StdioClientTransport({ command: command[0], args: command.slice(1), stderr: "inherit" });
}

const client = new Client({ name: "peer", version: "1.0.0" });
await client.connect(transportTo(JSON.parse(process.argv[2])));
for await (const line of createInterface({ input: process.stdin })) {
  let outcome;
  try {
    outcome = { result: await client.request(JSON.parse(line), ResultSchema) };
  } catch (error) {
    outcome = { error: { code: error.code ?? null, message: error.message, data: error.data ?? null } };
  }
  console.log(JSON.stringify(outcome));
}
await client.close();
process.exit(0);
