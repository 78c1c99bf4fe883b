// A server of the revision of 2026-07-28 and of no earlier one, on the TypeScript SDK 2: node modern-server.mjs stdio, or
// http, which listens on loopback, on a port that the system chooses, and says which.
import { createServer } from "node:http";
import { Readable } from "node:stream";
import { createMcpHandler, fromJsonSchema, inputRequired, McpServer } from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";

const text = (words) => ({ content: [{ type: "text", text: words }] });
const schema = (properties, required = []) => fromJsonSchema({ type: "object", properties, required });

/** What happens outside any one request. */
let tellOfChanges = () => {};
let wasAborted = Promise.resolve();

function makeServer() {
  const server = new McpServer(
    { name: "modern", version: "1.0.0" },
    {
      capabilities: { tools: { listChanged: true }, resources: {}, prompts: {} },
      cacheHints: { "tools/list": { ttlMs: 600_000, cacheScope: "public" } },
    },
  );
  const tool = (name, inputSchema, work) => server.registerTool(name, { description: name, inputSchema }, work);
  tool("echo", schema({ message: { type: "string" } }, ["message"]), ({ message }) => text(message));
  tool("secret", schema({}), () => text("hidden by a policy"));
  tool("in_region", schema({ region: { type: "string", "x-mcp-header": "Region" } }), ({ region }) => text(region));
  tool("fail", schema({}), () => {
    throw new Error("it fails, as it should");
  });
  tool("progress", schema({}), async (args, { mcpReq }) => {
    const { progressToken } = mcpReq._meta ?? {};
    for (const progress of [1, 2, 3]) {
      await mcpReq.notify({ method: "notifications/progress", params: { progressToken, progress, total: 3 } });
    }
    return text("progressed");
  });
  tool("deploy", schema({ to: { type: "string" } }), ({ to }, { mcpReq }) => {
    const { inputResponses, requestState } = mcpReq;
    const answer = inputResponses?.sure;
    if (answer) return text(`${to}: ${answer.action}, ${JSON.stringify(answer.content)}, ${requestState()}`);
    const requestedSchema = { type: "object", properties: { yes: { type: "boolean" } }, required: ["yes"] };
    return inputRequired({
      inputRequests: { sure: inputRequired.elicit({ message: `To ${to}?`, requestedSchema }) },
      requestState: "asked once",
    });
  });
  tool("change", schema({}), () => {
    tellOfChanges(server);
    return text("changed");
  });
  tool("wait", schema({}), async (args, { mcpReq }) => {
    wasAborted = new Promise((resolve) => mcpReq.signal.addEventListener("abort", resolve));
    const { progressToken } = mcpReq._meta;
    await mcpReq.notify({ method: "notifications/progress", params: { progressToken, progress: 0 } });
    await wasAborted;
    throw new Error("aborted");
  });
  tool("was_aborted", schema({}), async () => {
    await wasAborted;
    return text("yes");
  });
  server.registerResource("note", "note://one", { mimeType: "text/plain" }, () => ({
    contents: [{ uri: "note://one", mimeType: "text/plain", text: "a note" }],
  }));
  server.registerPrompt("ask", { description: "asks" }, () => ({
    messages: [{ role: "user", content: { type: "text", text: "asked" } }],
  }));
  return server;
}

/** The SDK speaks the requests and responses of the web, Node's server its own. */
function serveHttp() {
  const handler = createMcpHandler(makeServer, { legacy: "reject" });
  tellOfChanges = () => handler.notify.toolsChanged();
  const http = createServer(async (request, response) => {
    const gone = new AbortController();
    response.on("close", () => gone.abort());
    const body = request.method === "POST" ? Readable.toWeb(request) : undefined;
    const url = `http://${request.headers.host}${request.url}`;
    const { method, headers } = request;
    const answer = await handler.fetch(new Request(url, { method, headers, body, duplex: "half", signal: gone.signal }));
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.flushHeaders();
    if (answer.body) Readable.fromWeb(answer.body).on("error", () => response.destroy()).pipe(response);
    else response.end();
  });
  http.listen(0, "127.0.0.1", () => console.error(`listening on http://127.0.0.1:${http.address().port}/mcp`));
}

if (process.argv[2] === "http") {
  serveHttp();
} else {
  tellOfChanges = (server) => server.sendToolListChanged();
  serveStdio(makeServer, { legacy: "reject" });
}
