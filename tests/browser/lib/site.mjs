// A library, the real one unless told, built by the release binary into a folder of its own and served as production serves it.

import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const LIBRARY = fileURLToPath(new URL("../../../", import.meta.url));

/** The library that uses every key of the contract. */
export const FIXTURE = join(LIBRARY, "tests", "fixtures", "library");
const BINARY = process.env.CASELOOM ?? join(LIBRARY, "target", "release", "caseloom");

// Below the root of the host, as on GitHub Pages: a link that forgets where the site lives is found.
const UNDER = "/sub/path/";

// What a host is asked to send with every answer. `docs/` states the same line.
export const POLICY = "default-src 'self'";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".xml": "application/xml",
};

/**
 * Builds and serves a library, as it is or changed.
 *
 * @param {{library?: string, change?: (copy: string) => Promise<void>, policy?: string}} options `library`: its folder;
 *   `change`: changes a copy of it; `policy`: the Content-Security-Policy, if not the one that is promised
 * @returns {Promise<{base: string, folder: string, files: Map<string, Buffer>, close: () => Promise<void>}>}
 *   the address of the first page, the folder of the site, every file by its path there, and how to end it.
 */
export async function openSite({ library = LIBRARY, change, policy = POLICY } = {}) {
  const files = new Map();
  const server = createServer((request, response) => answer(files, policy, request, response));
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const base = `http://127.0.0.1:${server.address().port}${UNDER}`;
  const parent = await mkdtemp(join(tmpdir(), "caseloom-browser-"));
  const folder = join(parent, "site");
  const close = async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    await rm(parent, { recursive: true, force: true });
  };
  try {
    const root = change ? await changed(library, change, join(parent, "library")) : library;
    const build = ["build", "--no-cache", "--root", root, "--out", folder, "--base-url", base, "--quiet", "--color", "never"];
    await promisify(execFile)(BINARY, build).catch((error) => {
      throw new Error(`the library can't be built by ${BINARY}:\n${error.stderr || error.message}`);
    });
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) {
        const path = join(entry.parentPath ?? entry.path, entry.name);
        files.set(relative(folder, path).split(sep).join("/"), await readFile(path));
      }
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { base, folder, files, close };
}

async function changed(library, change, copy) {
  await mkdir(copy);
  for (const name of ["content", "themes", "site-config.toml"]) {
    await cp(join(library, name), join(copy, name), { recursive: true }).catch((error) => {
      if (name !== "themes") {
        throw error;
      }
    });
  }
  await change(copy);
  return copy;
}

function answer(files, policy, request, response) {
  const { pathname } = new URL(request.url, "http://localhost");
  const path = decodeURIComponent(pathname);
  const send = (status, name, headers = {}) => {
    response.writeHead(status, {
      "Content-Security-Policy": policy,
      "X-Content-Type-Options": "nosniff",
      "Content-Type": TYPES[extname(name)] ?? "application/octet-stream",
      ...headers,
    });
    response.end(files.get(name));
  };
  const name = path.startsWith(UNDER) ? path.slice(UNDER.length) : undefined;
  if (name === undefined) {
    send(404, "404.html");
  } else if (name === "" || name.endsWith("/")) {
    const page = `${name}index.html`;
    files.has(page) ? send(200, page) : send(404, "404.html");
  } else if (files.has(name)) {
    send(200, name);
  } else if (files.has(`${name}/index.html`)) {
    send(301, "", { Location: `${pathname}/` });
  } else {
    send(404, "404.html");
  }
}
