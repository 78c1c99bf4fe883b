// What several scripts do.
import { ResultSchema } from "@modelcontextprotocol/sdk/types.js";

/** All pages of a list, as they come. */
export async function pages(client, method) {
  const all = [];
  let cursor;
  do {
    const page = await client.request({ method, params: cursor ? { cursor } : {} }, ResultSchema);
    all.push(page);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return all;
}

/** A call whose result is not held against any schema: it is what came. */
export function call(client, name, args, options) {
  return client.request({ method: "tools/call", params: { name, arguments: args } }, ResultSchema, options);
}

/** Any request. */
export function ask(client, method, params) {
  return client.request({ method, params }, ResultSchema);
}

/** What a client that can do nothing is asked for. */
export const nothing = { capabilities: () => ({}) };
