// Loaded before a server that would listen on every interface of the machine: it listens on this one only, on a port
// that the system chooses, and says which.
const net = require("node:net");

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (...args) {
  const callback = args.find((arg) => typeof arg === "function");
  return listen.call(this, { host: "127.0.0.1", port: 0 }, () => {
    console.error(`listening on http://127.0.0.1:${this.address().port}/mcp`);
    callback?.();
  });
};
