// Serves the built Storybook on a free port, with the probe in every story's page.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

import { timesScript } from "./times.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** @type {Record<string, string>} */
const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".png": "image/png",
};

/** @type {Record<string, string>} */
const extra = {
  "/axe.min.js": join(root, "node_modules/axe-core/axe.min.js"),
  "/probe.js": fileURLToPath(new URL("probe.js", import.meta.url)),
};

/** Page with a frame. WebKitGTK's windows can't be as narrow as a phone, but a frame can. */
const frame = `<!doctype html><title>Frame</title><style>body { margin: 0 } iframe { border: 0; height: 100vh }</style>
<iframe></iframe><script>
  const [width, url] = JSON.parse(decodeURIComponent(location.hash.slice(1)));
  const frame = document.querySelector("iframe");
  frame.width = width;
  frame.src = url;
</script>`;

/** @param {string} storybook folder of a built Storybook */
export async function serve(storybook) {
  /** @type {Record<string, string>} */
  const pages = {
    "/frame.html": frame,
    "/times.html": `<!doctype html><title>Times</title><script>${await timesScript()}</script>`,
  };
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    try {
      const path = extra[pathname] ?? join(storybook, normalize(pathname));
      let body = pages[pathname] ?? (await readFile(path));
      if (pathname === "/iframe.html") body = String(body).replace("<head>", '<head><script src="/probe.js"></script>');
      response.setHeader("content-type", types[extname(pathname)] ?? "application/octet-stream");
      // Many stories share these files.
      if (pathname.startsWith("/assets/")) response.setHeader("cache-control", "max-age=3600");
      response.end(body);
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("no port");
  return { origin: `http://127.0.0.1:${address.port}`, close: () => server.close() };
}
