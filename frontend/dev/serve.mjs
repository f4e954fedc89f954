// Serves the built pages and made-up answers on the loopback, for front-end work only.
// First: python dev/make_county.py && python dev/make_tiles.py && npm run build. Then: node dev/serve.mjs [port] [--no-tiles] [--anchors]
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeAnswers } from "./answers.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const DIST = join(HERE, "../../trigpoint/web/static/trigpoint/dist");
const port = Number(process.argv[2] ?? 5199);
const tiles = !process.argv.includes("--no-tiles");
const slow = process.argv.includes("--slow") ? 2500 : 0;
const answers = makeAnswers(join(HERE, "out"), { tiles, anchors: process.argv.includes("--anchors") });
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'";
const TYPES = {
  ".js": "text/javascript",
  ".css": "text/css",
  ".woff2": "font/woff2",
  ".json": "application/json",
};

function page() {
  const manifest = JSON.parse(readFileSync(join(DIST, "manifest.json"), "utf8"));
  const css = ["src/main.ts", "src/map.ts"].flatMap((e) => manifest[e].css ?? []);
  const links = css.map((f) => `<link rel="stylesheet" href="/static/${f}">`).join("");
  const scripts = ["src/main.ts", "src/map.ts"]
    .map((e) => `<script type="module" src="/static/${manifest[e].file}"></script>`)
    .join("");
  return `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Map · Trigpoint</title>${links}${scripts}</head><body class="page-map"><a class="skip-link" href="#main">Skip to the content</a>
<header class="site-header"><a class="brand" href="/"><svg class="brand-mark" viewBox="0 0 28 28" aria-hidden="true"><path class="brand-triangle" d="M14 4 25 24H3Z"/><circle class="brand-dot" cx="14" cy="17.5" r="3"/></svg><span>Trigpoint</span></a>
<nav class="site-nav" aria-label="Main"><a href="/map" aria-current="page">Map</a> <a href="/table">Table</a> <a href="/deliveries">Deliveries</a></nav>
<div class="site-who"><span class="who">Marlshire partnership · Analyst, County Council</span><button type="button" class="theme-toggle" hidden>Dark</button><strong class="marking">OFFICIAL-SENSITIVE</strong></div></header>
<main id="main" class="map-main"><div id="map-app" data-api="/api" data-export="/export"></div><section class="map-fallback container"><h1>Map</h1></section></main></body></html>`;
}

function range(request, response, file) {
  const size = statSync(file).size;
  const match = /bytes=(\d+)-(\d+)?/.exec(request.headers.range ?? "");
  const body = readFileSync(file);
  if (!match) return response.writeHead(200, { "Accept-Ranges": "bytes" }).end(body);
  const [from, to] = [Number(match[1]), Math.min(size - 1, Number(match[2] ?? size - 1))];
  response.writeHead(206, {
    "Content-Range": `bytes ${from}-${to}/${size}`,
    "Accept-Ranges": "bytes",
    ETag: '"1"',
  });
  response.end(body.subarray(from, to + 1));
}

const server = createServer((request, response) => {
  const url = new URL(request.url, "http://localhost");
  response.setHeader("Content-Security-Policy", CSP);
  if (url.pathname === "/" || url.pathname === "/map")
    return response.writeHead(200, { "Content-Type": "text/html" }).end(page());
  if (url.pathname === "/basemap.pmtiles") return range(request, response, join(HERE, "out/base.pmtiles"));
  if (url.pathname.startsWith("/static/")) {
    const file = join(DIST, url.pathname.slice(8));
    if (!existsSync(file)) return response.writeHead(404).end();
    return response
      .writeHead(200, { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream" })
      .end(readFileSync(file));
  }
  const answer = answers(url);
  if (answer === null) return response.writeHead(404).end("{}");
  const send = () =>
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(answer));
  setTimeout(send, url.pathname === "/api/picture" ? slow : 0);
});
server.listen(port, "127.0.0.1", () => console.log(`http://127.0.0.1:${port}/map`));
