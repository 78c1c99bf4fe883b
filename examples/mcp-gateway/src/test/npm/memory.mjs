// Every tool of the server that remembers.
import { call, nothing, pages } from "./steps.mjs";

export const capabilities = nothing.capabilities;

export function steps(client) {
  const tool = (name, args) => () => call(client, name, args);
  const entity = (name, ...observations) => ({ name, entityType: "person", observations });
  return [
    ["tools", () => pages(client, "tools/list")],
    ["empty", tool("read_graph", {})],
    ["create", tool("create_entities", { entities: [entity("Ann", "tea"), entity("Zoë \u2028", "漢", "🎈")] })],
    ["create again", tool("create_entities", { entities: [entity("Ann", "coffee")] })],
    ["create nothing", tool("create_entities", {})],
    ["relate", tool("create_relations", { relations: [{ from: "Ann", to: "Zoë \u2028", relationType: "knows" }] })],
    ["observe", tool("add_observations", { observations: [{ entityName: "Ann", contents: ["tea", "reads"] }] })],
    ["observe nobody", tool("add_observations", { observations: [{ entityName: "Bo", contents: ["x"] }] })],
    ["search", tool("search_nodes", { query: "TEA" })],
    ["open", tool("open_nodes", { names: ["Ann", "Bo"] })],
    ["forget a part", tool("delete_observations", { deletions: [{ entityName: "Ann", observations: ["tea"] }] })],
    ["part", tool("delete_relations", { relations: [{ from: "Ann", to: "Zoë \u2028", relationType: "knows" }] })],
    ["forget", tool("delete_entities", { entityNames: ["Zoë \u2028"] })],
    ["what is left", tool("read_graph", {})],
    ["unknown tool", tool("delete_everything", {})],
  ];
}
