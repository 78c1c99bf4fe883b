// What a client of the TypeScript SDK 2, which speaks the revision of 2026-07-28 and no earlier one, sees of
// modern-server.mjs: node modern.mjs CONNECTION, as for transcript.mjs, and the same is printed.
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { outcome, Record } from "./record.mjs";

const REVISION = "2026-07-28";

const connection = JSON.parse(process.argv[2]);
const record = new Record();

const headers = connection.token ? { Authorization: `Bearer ${connection.token}` } : {};

function transport() {
  if (connection.url) return new StreamableHTTPClientTransport(new URL(connection.url), { requestInit: { headers } });
  const [command, ...args] = connection.command;
  return new StdioClientTransport({ command, args, stderr: "inherit" });
}

const wire = transport();
wire.onmessage = (message) => record.add(message);
const client = new Client(
  { name: "modern", version: "1.0.0" },
  { capabilities: { elicitation: { form: {} } }, versionNegotiation: { mode: { pin: REVISION } } },
);
client.setRequestHandler("elicitation/create", () => ({ action: "accept", content: { yes: true } }));

const tool = (name, args, options) => () => client.callTool({ name, arguments: args }, options);

/** A call that is no longer wanted as soon as it is known to run. */
function abandoned() {
  const cancel = new AbortController();
  const onprogress = () => cancel.abort("no longer wanted");
  return client.callTool({ name: "wait", arguments: {} }, { signal: cancel.signal, onprogress });
}

/** By hand: a head that says another thing than the body. */
async function disagreeing(head) {
  const response = await fetch(connection.url, {
    method: "POST",
    headers: {
      ...headers,
      "Content-Type": "application/json",
      Accept: "application/json, text/event-stream",
      "MCP-Protocol-Version": REVISION,
      "Mcp-Method": "tools/call",
      "Mcp-Name": "echo",
      ...head,
    },
    body: JSON.stringify({
      jsonrpc: "2.0",
      id: "by-hand",
      method: "tools/call",
      params: {
        name: "echo",
        arguments: { message: "by hand" },
        _meta: {
          "io.modelcontextprotocol/protocolVersion": REVISION,
          "io.modelcontextprotocol/clientInfo": { name: "by hand", version: "1" },
          "io.modelcontextprotocol/clientCapabilities": {},
        },
      },
    }),
  });
  const answer = await response.json();
  return { status: response.status, code: answer.error?.code ?? null, content: answer.result?.content ?? null };
}

const steps = {
  connect: await outcome(async () => {
    await client.connect(wire);
    return { capabilities: client.getServerCapabilities(), server: client.getServerVersion() };
  }),
};
const script = [
  ["tools", () => client.listTools()],
  ["echo", tool("echo", { message: "hello" })],
  ["echo, other letters", tool("echo", { message: "\u0000\u2028é漢🎈" })],
  ["echo, wrong type", tool("echo", { message: 7 })],
  ["in a region", tool("in_region", { region: "eu-1" })],
  ["in a region of other letters", tool("in_region", { region: "Zürich 漢" })],
  ["failing", tool("fail", {})],
  ["progress", tool("progress", {}, { onprogress: () => {} })],
  ["deploy", tool("deploy", { to: "production" })],
  ["unknown tool", tool("no_such_tool", { a: 1 })],
  ["secret", tool("secret", {})],
  ["listen", async () => void (await client.listen({ toolsListChanged: true }))],
  ["change", tool("change", {})],
  ["it is told", () => record.until("a change", (message) => message.method === "notifications/tools/list_changed").then(() => null)],
  ["resources", () => client.listResources()],
  ["resource", () => client.readResource({ uri: "note://one" })],
  ["prompts", () => client.listPrompts()],
  ["prompt", () => client.getPrompt({ name: "ask" })],
  ["abandoned", abandoned],
  ["the server knows", tool("was_aborted", {})],
];
if (connection.url) {
  script.push(
    ["by hand", () => disagreeing({})],
    ["by hand, another method", () => disagreeing({ "Mcp-Method": "tools/list" })],
    ["by hand, another tool", () => disagreeing({ "Mcp-Name": "secret" })],
    ["by hand, encoded", () => disagreeing({ "Mcp-Name": "=?base64?ZWNobw==?=" })],
    ["by hand, another revision", () => disagreeing({ "MCP-Protocol-Version": "2025-11-25" })],
  );
}
for (const [name, work] of script) steps[name] = await outcome(work);
await client.close();
const received = connection.url ? record.byStream() : record.messages;
process.stdout.write(JSON.stringify({ steps, received }), () => process.exit(0));
