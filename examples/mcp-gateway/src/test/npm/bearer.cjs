// Loaded before a client that cannot be told a bearer token: each of its requests carries the one in $BEARER.
const undici = require("undici");

const authorization = `Bearer ${process.env.BEARER}`;

const { fetch } = globalThis;
globalThis.fetch = (url, init = {}) => {
  const headers = new Headers(init.headers);
  headers.set("authorization", authorization);
  return fetch(url, { ...init, headers });
};

const { request } = undici;
undici.request = (url, options = {}) =>
  request(url, { ...options, headers: { ...options.headers, authorization } });
