// Clients that outlive their server. Usage: node restart.mjs URL COUNT. Says "connected" when all of them are, and "back" when,
// after all have lost the server, all have come back once, each with a message that it wrote meanwhile. Ends with its input.
// PORTCULLIS_NODE_MODULES names the folder with the clients.
import assert from "node:assert/strict";
import { createRequire } from "node:module";

const require = createRequire(`${process.env.PORTCULLIS_NODE_MODULES}/`);
const { io } = require("socket.io-client");

const [url, count] = [process.argv[2], Number(process.argv[3])];
const LONGEST_MS = 240_000;

function fail(why) {
  console.log(why);
  process.exit(1);
}
setTimeout(() => fail(`took too long; ${clients.filter(({ echoes }) => !echoes.length).length} have no echo`), LONGEST_MS).unref();

const all = (promiseOf) => Promise.all(clients.map(promiseOf));
const next = (emitter, event) => new Promise((resolve) => emitter.once(event, resolve));

const clients = Array.from({ length: count }, (_, n) => {
  const transports = n % 2 ? ["websocket"] : ["polling", "websocket"];
  return { n, socket: io(url, { transports, forceNew: true }), connects: 0, echoes: [] };
});
for (const client of clients) {
  const { socket } = client;
  socket.on("connect", () => client.connects++);
  socket.on("disconnect", (reason) => {
    if (socket.active && client.connects > 1) fail(`client ${client.n} was lost again: ${reason}`);
  });
  socket.on("message-back", (n) => client.echoes.push(n));
}

await all(({ socket }) => next(socket, "connect"));
const lost = all(async ({ n, socket }) => {
  await next(socket, "disconnect");
  socket.emit("message", n);
});
const echoed = all(({ socket }) => next(socket, "message-back"));
console.log("connected");

await lost;
await echoed;
await all(async ({ n, socket }) => assert.equal(await socket.emitWithAck("message-with-ack", n), n));
for (const { n, connects, echoes } of clients) {
  assert.deepEqual(echoes, [n]);
  assert.equal(connects, 2);
}
assert.equal(new Set(clients.map(({ socket }) => socket.id)).size, count);
console.log("back");

await next(process.stdin.resume(), "end");
clients.forEach(({ socket }) => socket.disconnect());
