// All that the server of everything has, but what depends on chance or on the outside.
import { ask, call, pages } from "./steps.mjs";

export function capabilities(connection) {
  return {
    sampling: {},
    elicitation: { form: {}, url: {} },
    // The server asks for the roots when some time has passed, whether or not a stream is open by then.
    ...(connection.url ? {} : { roots: { listChanged: true } }),
  };
}

export function sample({ params }) {
  const asked = params.messages[0].content.text;
  return { model: "none", role: "assistant", stopReason: "endTurn", content: { type: "text", text: `heard: ${asked}` } };
}

const answers = [{ action: "accept", content: { name: "Zoë", check: true, integer: 7, number: 2.5 } }, { action: "decline" }, { action: "cancel" }];

export function elicit({ params }) {
  return params.mode === "url" ? { action: "accept" } : answers.shift();
}

export function roots() {
  return { roots: [{ uri: "file:///srv/one", name: "one" }, { uri: "file:///srv/two" }] };
}

const says = (text) => (message) => message.method === "notifications/message" && message.params.data.includes(text);

export function steps(client, record, connection) {
  const tool = (name, args, options) => () => call(client, name, args, options);
  const request = (method, params) => () => ask(client, method, params);
  const text = "demo://resource/dynamic/text/1";
  const longRunning = "trigger-long-running-operation";

  const all = [
    ["ping", request("ping")],
    ["log level", request("logging/setLevel", { level: "debug" })],
    ["tools", () => pages(client, "tools/list")],
    ["echo", tool("echo", { message: "hello" })],
    ["echo, other letters", tool("echo", { message: "\u0000\u2028é漢🎈\"\\</script>" })],
    ["echo, long", tool("echo", { message: "0123456789".repeat(20_000) })],
    ["echo, no arguments", tool("echo")],
    ["echo, wrong type", tool("echo", { message: 7 })],
    ["echo, more arguments", tool("echo", { message: "hello", nested: { list: [1, null, { a: [] }] } })],
    ["sum", tool("get-sum", { a: 0.1, b: 1e21 })],
    ["sum of the least", tool("get-sum", { a: 5e-324, b: -1.7976931348623157e308 })],
    ["sum of words", tool("get-sum", { a: "1", b: 2 })],
    ["annotated", tool("get-annotated-message", { messageType: "error", includeImage: true })],
    ["structured", tool("get-structured-content", { location: "Chicago" })],
    ["image", tool("get-tiny-image", {})],
    ["links", tool("get-resource-links", { count: 3 })],
    ["reference", tool("get-resource-reference", { resourceType: "Text", resourceId: 2 })],
    ["environment", tool("get-env", {})],
    ["zip", tool("gzip-file-as-resource", { name: "a.gz", data: "data:text/plain,hello", outputType: "resourceLink" })],
    ["zip again", tool("gzip-file-as-resource", { name: "b.gz", data: "data:text/plain,hello", outputType: "resource" })],
    ["what was zipped", request("resources/read", { uri: "demo://resource/session/a.gz" })],
    ["long", tool(longRunning, { duration: 0.1, steps: 5 }, { onprogress: () => {} })],
    ["long, nobody looks", tool(longRunning, { duration: 0.01, steps: 2 })],
    ["sampling", tool("trigger-sampling-request", { prompt: "2 + 2?", maxTokens: 5 })],
    ["elicitation, accepted", tool("trigger-elicitation-request", {})],
    ["elicitation, declined", tool("trigger-elicitation-request", {})],
    ["elicitation, cancelled", tool("trigger-elicitation-request", {})],
    ["elicitation of a page", tool("trigger-url-elicitation", { url: "https://example.com/", elicitationId: "e-1" })],
    ["elicitation, as an error", tool("trigger-url-elicitation", { url: "https://example.com/", errorPath: true })],
    ["unknown tool", tool("no-such-tool", { a: 1 })],
    ["resources", () => pages(client, "resources/list")],
    ["templates", () => pages(client, "resources/templates/list")],
    ["resource", request("resources/read", { uri: "demo://resource/static/document/features.md" })],
    ["resource made now", request("resources/read", { uri: text })],
    ["unknown resource", request("resources/read", { uri: "demo://nowhere" })],
    ["subscribe", request("resources/subscribe", { uri: text })],
    ["updates on", tool("toggle-subscriber-updates", {})],
    ["an update", () => record.until("an update", (message) => message.method === "notifications/resources/updated")],
    ["updates off", tool("toggle-subscriber-updates", {})],
    ["unsubscribe", request("resources/unsubscribe", { uri: text })],
    ["prompts", () => pages(client, "prompts/list")],
    ["prompt", request("prompts/get", { name: "simple-prompt" })],
    ["prompt with arguments", request("prompts/get", { name: "args-prompt", arguments: { city: "Oslo", state: "x" } })],
    ["prompt without its arguments", request("prompts/get", { name: "args-prompt" })],
    ["prompt with a resource", request("prompts/get", { name: "resource-prompt", arguments: { resourceType: "Text", resourceId: "3" } })],
    ["unknown prompt", request("prompts/get", { name: "no-such-prompt" })],
    ["completion", request("completion/complete", { ref: { type: "ref/prompt", name: "completable-prompt" }, argument: { name: "department", value: "S" } })],
    ["completion in context", request("completion/complete", { ref: { type: "ref/prompt", name: "completable-prompt" }, argument: { name: "name", value: "" }, context: { arguments: { department: "Sales" } } })],
    ["completion of a template", request("completion/complete", { ref: { type: "ref/resource", uri: "demo://resource/dynamic/text/{resourceId}" }, argument: { name: "resourceId", value: "5" } })],
    ["unknown method", request("no/such-method", { a: 1 })],
    ["a task", () => ask(client, "tools/call", { name: "simulate-research-query", arguments: { topic: "tea" }, task: { ttl: 60_000 } })],
    ["its result", async () => ask(client, "tasks/result", { taskId: (await record.until("a task", (message) => message.result?.task)).result.task.taskId })],
    ["echo, second", tool("echo", { message: "second" })],
    ["echo, third", tool("echo", { message: "third" })],
    ["cancelled", () => cancelled(client, record, longRunning)],
    ["ping, last", request("ping")],
  ];
  if (connection.url) return all;
  return [["roots are known", () => record.until("roots", says("Roots updated"))], ...all, ["roots", tool("get-roots-list", {})]];
}

/** Cancelled as soon as it is known to run. */
async function cancelled(client, record, name) {
  const cancel = new AbortController();
  let token;
  const watch = record.until("progress", (message) => message.params?.total === 5000).then((message) => {
    token = message.params.progressToken;
    record.ignoreProgress(token);
    cancel.abort("no longer wanted");
  });
  const running = call(client, name, { duration: 1000, steps: 5000 }, { onprogress: () => {}, signal: cancel.signal });
  await watch;
  return running;
}
