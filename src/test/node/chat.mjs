// Drives the chat's page in Chromium: node chat.mjs URL SCENARIO. Ends with status 0 if the scenario holds, and no page has
// written an error or a violation of its content security policy to its console.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import net from "node:net";
import path from "node:path";

const require = createRequire(path.resolve(process.env.PORTCULLIS_NODE_MODULES, "anything.js"));
const { chromium } = require("playwright-core");

const [, , server, scenario] = process.argv;
const complaints = [];
const offline = /ERR_CONNECTION|ERR_INTERNET|WebSocket connection|ERR_EMPTY_RESPONSE|ERR_SOCKET/;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
});

/** A TCP proxy whose connections can be cut, as a network does. */
async function proxy() {
  const target = new URL(server);
  const sockets = new Set();
  let closed = false;
  const listener = net.createServer((client) => {
    if (closed) {
      client.destroy();
      return;
    }
    const upstream = net.connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    }
    client.pipe(upstream).pipe(client);
  });
  await new Promise((listening) => listener.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${listener.address().port}/`,
    cut() {
      closed = true;
      sockets.forEach((socket) => socket.destroy());
    },
    mend() {
      closed = false;
    },
    close: () => listener.close(),
  };
}

async function enter(name, url = server, options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on("console", (message) => {
    if (message.type() === "error" && !(page.mayLoseConnection && offline.test(message.text()))) {
      complaints.push(`${name}: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => complaints.push(`${name}: ${error.message}`));
  await page.goto(url);
  await page.fill("#name", name);
  await page.click("#join");
  await page.waitForSelector("#topic-title:has-text('lobby')");
  return page;
}

const say = async (page, text) => {
  await page.fill("#text", text);
  await page.press("#text", "Enter");
};
const sees = (page, text) => page.waitForSelector(`.message .body:text-is("${text}")`);
const badge = (page, id, text) =>
  page.waitForFunction(([where, what]) => document.getElementById(where).textContent === what, [id, text]);

const unique = () => Math.random().toString(36).slice(2, 8);

const scenarios = {
  async text() {
    const [ann, zoe] = [`Ann ${unique()}`, `Zoë ${unique()}`];
    const a = await enter(ann);
    const z = await enter(zoe);
    await badge(a, "transport", "websocket");
    await say(a, "<b>hello</b> 😀");
    await sees(z, "<b>hello</b> 😀");
    await a.waitForSelector('.message.mine[data-state="seen"]');
    await z.locator("#text").pressSequentially("x");
    await a.waitForFunction((name) => document.getElementById("typing").textContent.includes(name), zoe);
    assert.ok((await a.textContent("#members")).includes(zoe));
    await z.close();
    await a.waitForFunction((name) => !document.getElementById("members").textContent.includes(name), zoe);
  },

  async picture() {
    const a = await enter(`Ann ${unique()}`);
    const z = await enter(`Zoë ${unique()}`);
    const buffer = await a.screenshot();
    await a.setInputFiles("#picture", { name: "page.png", mimeType: "image/png", buffer });
    await a.waitForSelector('.message.mine[data-state="seen"] img');
    await z.waitForFunction(() => document.querySelector(".message:not(.mine) img")?.naturalWidth > 0);
  },

  async reconnect() {
    const network = await proxy();
    const a = await enter(`Ann ${unique()}`, network.url);
    const z = await enter(`Zoë ${unique()}`);
    await badge(a, "transport", "websocket");
    await say(z, "before");
    await sees(a, "before");

    a.mayLoseConnection = true;
    network.cut();
    await badge(a, "connection", "reconnecting…");
    await say(z, "meanwhile");
    await z.waitForSelector('.message.mine[data-state="sent"]:last-child');
    network.mend();

    await badge(a, "connection", "connected");
    await a.waitForFunction(() => document.getElementById("recovery").textContent.includes("nothing was missed"));
    await sees(a, "meanwhile");
    assert.equal(await a.locator('.message .body:text-is("meanwhile")').count(), 1);
    await say(a, "back");
    await sees(z, "back");
    network.close();
  },

  async names() {
    const name = `Ann ${unique()}`;
    await enter(name);
    const context = await browser.newContext();
    const twin = await context.newPage();
    await twin.goto(server);
    await twin.fill("#name", name);
    await twin.click("#join");
    await twin.waitForFunction(() => document.getElementById("name-problem").textContent.includes("already"));
  },

  async narrow() {
    const page = await enter(`Zoë ${unique()}`, server, { viewport: { width: 360, height: 640 }, colorScheme: "dark" });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.equal(overflow, 0, "the page must not scroll sideways");
    for (const id of ["#text", "#send", "#topic"]) {
      assert.ok(await page.locator(id).isVisible(), `${id} must be visible`);
    }
  },
};

try {
  await scenarios[scenario]();
  assert.deepEqual(complaints, []);
} finally {
  await browser.close();
}
