// A server that has what the conformance suite asks of one, on the TypeScript SDK: node conformance-server.mjs listens on
// loopback, on a port that the system chooses, and says which.
import { createServer } from "node:http";
import { randomUUID } from "node:crypto";
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import {
  CallToolRequestSchema,
  CompleteRequestSchema,
  CreateMessageResultSchema,
  ElicitResultSchema,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  ReadResourceRequestSchema,
  SetLevelRequestSchema,
  SubscribeRequestSchema,
  UnsubscribeRequestSchema,
} from "@modelcontextprotocol/sdk/types.js";

const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
const SILENCE = Buffer.from("RIFF$\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0@\x1f\0\0@\x1f\0\0\x01\0\x08\0data\0\0\0\0", "latin1").toString("base64");

const text = (words) => ({ type: "text", text: words });
const image = { type: "image", data: PIXEL, mimeType: "image/png" };
const audio = { type: "audio", data: SILENCE, mimeType: "audio/wav" };
const embedded = (uri, words, mimeType = "text/plain") => ({ type: "resource", resource: { uri, mimeType, text: words } });
const pause = () => new Promise((resolve) => setTimeout(resolve, 50));
const described = (extra, words) => text(`${words}: ${JSON.stringify(extra)}`);

async function elicit(extra, message, properties, required) {
  const params = { message, requestedSchema: { type: "object", properties, required } };
  const answer = await extra.sendRequest({ method: "elicitation/create", params }, ElicitResultSchema);
  return [described(answer, "answered")];
}

const tools = {
  test_simple_text: () => [text("plain")],
  test_image_content: () => [image],
  test_audio_content: () => [audio],
  test_embedded_resource: () => [embedded("test://embedded-resource", "embedded")],
  test_multiple_content_types: () => [text("several"), image, embedded("test://mixed-content-resource", "{}", "application/json")],
  test_error_handling: () => {
    throw new Error("it fails, as it should");
  },
  test_tool_with_logging: async (args, extra) => {
    for (const data of ["started", "halfway", "done"]) {
      await extra.sendNotification({ method: "notifications/message", params: { level: "info", data } });
      await pause();
    }
    return [text("logged")];
  },
  test_tool_with_progress: async (args, extra) => {
    const { progressToken } = extra._meta ?? {};
    for (const progress of [0, 50, 100]) {
      const params = { progressToken, progress, total: 100 };
      if (progressToken !== undefined) await extra.sendNotification({ method: "notifications/progress", params });
      await pause();
    }
    return [text("progressed")];
  },
  test_sampling: async ({ prompt }, extra) => {
    const params = { messages: [{ role: "user", content: text(prompt) }], maxTokens: 100 };
    const answer = await extra.sendRequest({ method: "sampling/createMessage", params }, CreateMessageResultSchema);
    return [described(answer, "heard")];
  },
  test_elicitation: ({ message }, extra) =>
    elicit(extra, message, { username: { type: "string" }, email: { type: "string" } }, ["username", "email"]),
  test_elicitation_sep1034_defaults: (args, extra) =>
    elicit(extra, "with defaults", {
      name: { type: "string", default: "John Doe" },
      age: { type: "integer", default: 30 },
      score: { type: "number", default: 95.5 },
      status: { type: "string", enum: ["active", "inactive", "pending"], default: "active" },
      verified: { type: "boolean", default: true },
    }),
  test_elicitation_sep1330_enums: (args, extra) => {
    const titled = ["1", "2", "3"].map((n) => ({ const: `value${n}`, title: `Option ${n}` }));
    const plain = { type: "string", enum: ["option1", "option2", "option3"] };
    return elicit(extra, "with choices", {
      untitledSingle: plain,
      titledSingle: { type: "string", oneOf: titled },
      legacyEnum: { type: "string", enum: ["opt1", "opt2", "opt3"], enumNames: ["One", "Two", "Three"] },
      untitledMulti: { type: "array", items: plain },
      titledMulti: { type: "array", items: { anyOf: titled } },
    });
  },
  test_reconnection: async (args, extra) => {
    extra.closeSSEStream?.();
    await pause();
    return [text("after the stream was closed")];
  },
  json_schema_2020_12_tool: () => [text("a schema")],
};

const schemas = {
  test_sampling: { properties: { prompt: { type: "string" } }, required: ["prompt"] },
  test_elicitation: { properties: { message: { type: "string" } }, required: ["message"] },
  json_schema_2020_12_tool: {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $defs: { address: { type: "object", properties: { street: { type: "string" }, city: { type: "string" } } } },
    properties: { name: { type: "string" }, address: { $ref: "#/$defs/address" } },
    additionalProperties: false,
  },
};

const resources = {
  "test://static-text": { mimeType: "text/plain", text: "static" },
  "test://static-binary": { mimeType: "image/png", blob: PIXEL },
  "test://watched-resource": { mimeType: "text/plain", text: "watched" },
};

const prompts = {
  test_simple_prompt: [[], () => [text("simple")]],
  test_prompt_with_arguments: [["arg1", "arg2"], ({ arg1, arg2 }) => [text(`${arg1}, ${arg2}`)]],
  test_prompt_with_embedded_resource: [["resourceUri"], ({ resourceUri }) => [embedded(resourceUri, "embedded"), text("read it")]],
  test_prompt_with_image: [[], () => [image, text("look at it")]],
};

function read(uri) {
  const [, id] = /^test:\/\/template\/([^/]+)\/data$/.exec(uri) ?? [];
  const found = id ? { mimeType: "application/json", text: JSON.stringify({ id }) } : resources[uri];
  if (!found) throw new McpError(-32002, "no such resource");
  return { contents: [{ uri, ...found }] };
}

async function called({ name, arguments: args = {} }, extra) {
  if (!Object.hasOwn(tools, name)) throw new McpError(-32602, `Unknown tool: ${name}`);
  try {
    return { content: await tools[name](args, extra) };
  } catch (error) {
    return { isError: true, content: [text(error.message)] };
  }
}

function mcpServer() {
  const capabilities = { tools: {}, resources: { subscribe: true }, prompts: {}, logging: {}, completions: {} };
  const server = new Server({ name: "conformance", version: "1.0.0" }, { capabilities });
  const on = (schema, answer) => server.setRequestHandler(schema, ({ params }, extra) => answer(params, extra));
  on(ListToolsRequestSchema, () => ({
    tools: Object.keys(tools).map((name) => ({ name, description: name, inputSchema: { type: "object", ...schemas[name] } })),
  }));
  on(CallToolRequestSchema, called);
  on(ListResourcesRequestSchema, () => ({
    resources: Object.keys(resources).map((uri) => ({ uri, name: uri, description: uri, mimeType: resources[uri].mimeType })),
  }));
  on(ListResourceTemplatesRequestSchema, () => ({
    resourceTemplates: [{ uriTemplate: "test://template/{id}/data", name: "template", description: "by its id" }],
  }));
  on(ReadResourceRequestSchema, ({ uri }) => read(uri));
  on(SubscribeRequestSchema, () => ({}));
  on(UnsubscribeRequestSchema, () => ({}));
  on(ListPromptsRequestSchema, () => ({
    prompts: Object.entries(prompts).map(([name, [needs]]) => ({
      name,
      description: name,
      arguments: needs.map((need) => ({ name: need, required: true })),
    })),
  }));
  on(GetPromptRequestSchema, ({ name, arguments: args = {} }) => ({
    messages: prompts[name][1](args).map((content) => ({ role: "user", content })),
  }));
  on(CompleteRequestSchema, () => ({ completion: { values: [], total: 0, hasMore: false } }));
  on(SetLevelRequestSchema, () => ({}));
  return server;
}

/** What a stream has said, so that whoever reconnects hears the rest. */
class Events {
  #events = [];

  async storeEvent(streamId, message) {
    this.#events.push({ streamId, message });
    return String(this.#events.length - 1);
  }

  async getStreamIdForEventId(id) {
    return this.#events[Number(id)]?.streamId;
  }

  async replayEventsAfter(id, { send }) {
    const { streamId } = this.#events[Number(id)];
    for (let i = Number(id) + 1; i < this.#events.length; i++) {
      const event = this.#events[i];
      if (event.streamId === streamId) await send(String(i), event.message);
    }
    return streamId;
  }
}

const sessions = new Map();

async function transportFor(request) {
  const known = sessions.get(request.headers["mcp-session-id"]);
  if (known) return known;
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: () => randomUUID(),
    onsessioninitialized: (id) => sessions.set(id, transport),
    eventStore: new Events(),
    retryInterval: 100,
  });
  await mcpServer().connect(transport);
  return transport;
}

const http = createServer(async (request, response) => {
  const host = `127.0.0.1:${http.address().port}`;
  if (request.headers.host !== host || !["undefined", `http://${host}`].includes(String(request.headers.origin))) {
    response.writeHead(403).end("{}");
    return;
  }
  await (await transportFor(request)).handleRequest(request, response);
});
http.listen(0, "127.0.0.1", () => console.error(`listening on http://127.0.0.1:${http.address().port}/mcp`));
