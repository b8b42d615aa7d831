// What every journey uses: a served demo province, browsers with and without JavaScript, checks, pictures.
import { chromium } from 'playwright-core';
import { spawn, execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { brotliCompressSync, constants } from 'node:zlib';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

const require = createRequire(import.meta.url);
export const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../..');
export const binary = path.join(root, 'build/release/rantau');
const axeSource = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const chrome = fs.existsSync('/usr/bin/chromium') ? '/usr/bin/chromium' : undefined;

export function freePort() {
  return new Promise((done) => {
    const s = net.createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); });
  });
}

// A data folder with the demo province (or empty), and the server on it. `accounts` by login.
export class Office {
  static async open({ demo = true, people = 3000, seed = 1, env = {} } = {}) {
    const office = new Office();
    office.data = fs.mkdtempSync(path.join(os.tmpdir(), 'rantau-journey-'));
    office.env = { ...process.env, RANTAU_RATE_LIMIT: '0', LANG: 'id_ID.UTF-8', ...env };
    if (demo) {
      const said = execFileSync(binary, ['demo', '--data', office.data, '--people', String(people), '--seed', String(seed)], { encoding: 'utf8', env: office.env, stdio: ['ignore', 'pipe', 'ignore'] });
      office.said = said;
      office.accounts = Object.fromEntries([...said.matchAll(/^ {2}(\S+)\s+(\S+-\d{3})\s+(\S+)/gm)].map((m) => [m[1], { login: m[1], password: m[2], role: m[3] }]));
    }
    await office.start();
    return office;
  }
  async start() {
    this.port = await freePort();
    this.url = `http://127.0.0.1:${this.port}`;
    this.process = spawn(binary, ['serve', '--data', this.data, '--port', String(this.port)], { env: this.env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.printed = '';
    this.process.stdout.on('data', (d) => { this.printed += d; });
    this.process.stderr.on('data', (d) => { this.logged = (this.logged ?? '') + d; });
    for (let i = 0; i < 400; ++i) {
      try { if ((await fetch(`${this.url}/health`)).ok) return; } catch { /* not yet */ }
      await new Promise((r) => setTimeout(r, 50));
    }
    throw new Error(`the server did not start: ${this.logged}`);
  }
  async close() {
    this.process.kill('SIGTERM');
    await new Promise((r) => this.process.once('exit', r));
    fs.rmSync(this.data, { recursive: true, force: true });
  }
}

let browser;
export async function page({ width = 360, js = true, lang } = {}) {
  browser ??= await chromium.launch({ executablePath: chrome, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
  const context = await browser.newContext({ viewport: { width, height: width < 700 ? 760 : 900 }, javaScriptEnabled: js, locale: lang === 'en' ? 'en-GB' : 'id-ID', deviceScaleFactor: 1 });
  const p = await context.newPage();
  p.setDefaultTimeout(10000);
  p.problems = [];
  p.on('console', (m) => { if (m.type() === 'error' && !/status of 4\d\d/.test(m.text())) p.problems.push(m.text()); });
  p.on('pageerror', (e) => p.problems.push(String(e)));
  return p;
}
export async function closeBrowser() { await browser?.close(); }

// 0 violations, all levels. axe needs script: pages are also checked with JavaScript on.
export async function axe(p) {
  await p.evaluate(axeSource);
  const { violations } = await p.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  if (violations.length) throw new Error('axe: ' + violations.map((v) => `${v.id} ${v.nodes[0].target}`).join('; '));
  const wide = await p.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 1) throw new Error(`the page is ${wide} px wider than the screen`);
}

// What a first visit really fetches, as brotli: bytes of each response and their count.
export async function weight(url) {
  const html = await (await fetch(url, { headers: { 'accept-encoding': 'br' } })).text();
  const br = (text) => brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length;
  const assets = [...html.matchAll(/(?:src|href)="(\/s\/[^"]+\.(?:js|css|woff2))"/g)].map((m) => m[1]);
  const images = [...html.matchAll(/<img[^>]+src="(\/[^"]+)"/g)].map((m) => m[1]);
  let js = 0, rest = 0;
  for (const a of new Set([...assets, ...images])) {
    const body = Buffer.from(await (await fetch(new URL(a, url))).arrayBuffer());
    const size = brotliCompressSync(body).length;
    if (a.endsWith('.js')) js += size; else rest += size;
  }
  return { html: br(html), js, total: br(html) + js + rest, requests: 1 + new Set([...assets, ...images]).size };
}

const results = [];
export async function step(name, f) {
  const began = Date.now();
  try {
    await f();
    results.push(true);
    console.log(`ok   ${name} (${Date.now() - began} ms)`);
  } catch (e) {
    results.push(false);
    console.log(`FAIL ${name}\n     ${String(e.stack ?? e).split('\n').slice(0, 6).join('\n     ')}`);
  }
}
export function closing() {
  const failed = results.filter((r) => !r).length;
  console.log(`${results.length - failed} passed, ${failed} failed`);
  return failed ? 1 : 0;
}
export function expect(truth, what) { if (!truth) throw new Error(what); }

export async function signIn(p, office, login) {
  const { password } = office.accounts[login];
  await p.goto(`${office.url}/masuk`);
  await p.fill('input[name=login]', login);
  await p.fill('input[name=password]', password);
  await Promise.all([p.waitForLoadState('load'), p.click('main button[type=submit], main form button')]);
  expect(!p.url().includes('/masuk'), `${login} could not sign in: ${(await p.textContent('main')).slice(0, 300)}`);
}
