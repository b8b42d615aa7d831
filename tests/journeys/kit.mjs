// What every journey uses: a served demo province, browsers with and without JavaScript, checks, weights, Lighthouse.
import { chromium } from 'playwright-core';
import { spawn, execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

const require = createRequire(import.meta.url);
export const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../..');
export const binary = process.env.RANTAU_BINARY ?? path.join(root, 'build/release/rantau');
const axeSource = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const chrome = fs.existsSync('/usr/bin/chromium') ? '/usr/bin/chromium' : undefined;

export function freePort() {
  return new Promise((done) => {
    const s = net.createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); });
  });
}

// A data folder with the demo province (or empty), and the server on it. `accounts` by login.
export class Office {
  // `at_most`: no file grows past so many KiB, like on a full disk.
  static async open({ demo = true, people = 3000, seed = 1, env = {}, at_most } = {}) {
    const office = new Office();
    office.at_most = at_most;
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
    const serve = [binary, 'serve', '--data', this.data, '--port', String(this.port)];
    if (this.at_most) serve.unshift('bash', '-c', `trap '' XFSZ; ulimit -f ${this.at_most}; exec "$@"`, 'bash');
    this.process = spawn(serve[0], serve.slice(1), { env: this.env, stdio: ['ignore', 'pipe', 'pipe'] });
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

let browser, debug_port;
async function chromium_running() {
  if (browser) return browser;
  debug_port = await freePort();
  browser = await chromium.launch({ executablePath: chrome, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', `--remote-debugging-port=${debug_port}`] });
  return browser;
}
export async function page({ width = 360, js = true, lang } = {}) {
  const context = await (await chromium_running()).newContext({ viewport: { width, height: tall(width) }, javaScriptEnabled: js, locale: lang === 'en' ? 'en-GB' : 'id-ID', deviceScaleFactor: 1 });
  const p = await context.newPage();
  p.setDefaultTimeout(30000);
  p.js = js;
  p.problems = [];
  p.on('console', (m) => { if (m.type() === 'error' && !/status of (4\d\d|503)/.test(m.text())) p.problems.push(m.text()); });
  p.on('pageerror', (e) => p.problems.push(String(e)));
  return p;
}
const tall = (width) => (width < 700 ? 760 : 900);
export const resize = (p, width) => p.setViewportSize({ width, height: tall(width) });
export async function closeBrowser() { await browser?.close(); }

// A journey is walked twice, the same steps with JavaScript and without.
export async function bothWays(walk) {
  for (const js of [true, false])
    await walk({
      js,
      page: (wanted) => page({ js, ...wanted }),
      step: (name, f) => step(`${name}, ${js ? 'with' : 'without'} JavaScript`, f),
    });
}

// 0 violations, all levels, and no wider than the screen. axe itself needs script: without it only the width is looked at.
export async function axe(p) {
  if (p.js) {
    await p.evaluate(axeSource);
    const { violations } = await p.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
    if (violations.length) throw new Error('axe: ' + violations.map((v) => `${v.id} ${v.nodes[0].target}`).join('; '));
  }
  const wide = await p.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 1) throw new Error(`the page is ${wide} px wider than the screen`);
}

// What a first visit really fetches, counted in the browser: nothing is taken from its cache. Call `weighing` once for a page,
// then go somewhere, then ask for the weight of that.
export async function weighing(p) {
  const devtools = await p.context().newCDPSession(p);
  await devtools.send('Network.enable');
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
  let fetched = new Map();
  devtools.on('Network.requestWillBeSent', ({ requestId, request, type }) => { if (!request.url.startsWith('data:')) fetched.set(requestId, { type, bytes: 0 }); });
  devtools.on('Network.responseReceived', ({ requestId, response }) => {
    const one = fetched.get(requestId);
    if (!one) return;
    one.header = response.encodedDataLength;
    one.encoding = Object.entries(response.headers).find(([name]) => name.toLowerCase() === 'content-encoding')?.[1];
  });
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const one = fetched.get(requestId);
    if (one) one.bytes = encodedDataLength - one.header;
  });
  return {
    begin() { fetched = new Map(); },
    taken() {
      const all = [...fetched.values()];
      const sum = (some) => some.reduce((n, one) => n + one.bytes, 0);
      return { html: sum(all.filter((one) => one.type === 'Document')), js: sum(all.filter((one) => one.type === 'Script')), total: sum(all), requests: all.length, compressed: all.every((one) => one.encoding === 'br' || one.bytes < 1024) };
    },
  };
}

// Lighthouse under its mobile preset, driving the same browser. A performance below `enough` is measured twice more, and the
// middle one counts. Other work on the machine only makes a page slower: while it is busy, a better number still counts.
export async function lighthouse(url, { performance = false, enough = 95 } = {}) {
  await chromium_running();
  const { default: run } = await import('lighthouse');
  const once = async (categories) => {
    const { lhr } = await run(url, { port: debug_port, logLevel: 'silent', onlyCategories: categories, disableFullPageScreenshot: true, ignoreStatusCode: true }, { extends: 'lighthouse:default', settings: { formFactor: 'mobile' } });
    if (lhr.runtimeError) throw new Error(`${lhr.runtimeError.code}: ${lhr.runtimeError.message}`);
    const missed = Object.values(lhr.audits).filter((a) => a.score !== null && a.score < 0.9 && ['binary', 'numeric', 'metricSavings'].includes(a.scoreDisplayMode)).map((a) => `${a.id} ${a.displayValue ?? ''}`.trim());
    return { ...Object.fromEntries(Object.entries(lhr.categories).map(([name, c]) => [name, Math.round(c.score * 100)])), missed };
  };
  const first = await once(performance ? ['performance', 'accessibility'] : ['accessibility']);
  if (!performance || first.performance >= enough) return first;
  const tries = [first.performance];
  const again = async () => { tries.push((await once(['performance'])).performance); return tries.at(-1); };
  await again();
  await again();
  let counts = [...tries].sort((a, b) => a - b)[1];
  while (counts < enough && tries.length < 8 && os.loadavg()[0] > os.cpus().length) counts = Math.max(counts, await again());
  return { ...first, performance: counts, tries };
}

// Every page of the program with the right it asks for, from the program itself: a new page cannot be forgotten.
export function pages() {
  return execFileSync(binary, ['routes'], { encoding: 'utf8' }).trim().split('\n').map((line) => line.split(/\s+/)).filter(([method, pattern]) => method === 'GET' && !pattern.startsWith('/api/')).map(([, pattern, right]) => ({ pattern, right }));
}
// The first of these addresses that the pattern means: "/lowongan/{code}".
export function address_of(pattern, known) {
  if (!pattern.includes('{')) return pattern;
  const shape = new RegExp(`^${pattern.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '[^/]+')}$`);
  return [...known].find((path) => shape.test(path) && !/\/(baru|arus|keadaan|atase|pertentangan)$/.test(path));
}
export const links = (p) => p.$$eval('a[href^="/"], form[method=get]', (all) => all.map((a) => new URL(a.href ?? a.action).pathname));

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
