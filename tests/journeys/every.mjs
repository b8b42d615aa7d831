// Every page of the program, from the program's own list of routes: the open ones, those behind a duty, and the pages of
// trouble. A new page that has no example here fails the journeys.
import { Office, address_of, links, page, pages, signIn } from './kit.mjs';

const named = (path) => (path === '/' ? 'home' : path.slice(1).replaceAll('/', '-'));
const short = (pattern) => named(pattern.replaceAll(/\{(\w+)\}/g, '$1').toLowerCase());

// [{name, path}]: one address for each open route that answers with a page.
export async function openPages(office) {
  const html = async (path) => {
    const r = await fetch(office.url + path, { redirect: 'manual' });
    return (r.headers.get('content-type') ?? '').startsWith('text/html') ? r.text() : undefined;
  };
  const known = new Set([...(await (await fetch(`${office.url}/sitemap.xml`)).text()).matchAll(/<loc>([^<]+)/g)].map((m) => new URL(m[1]).pathname));
  const open = pages().filter((route) => route.right === 'anyone');
  const found = [];
  for (const { pattern } of open.sort((a, b) => a.pattern.split('{').length - b.pattern.split('{').length)) {
    const path = address_of(pattern, known);
    if (!path) throw new Error(`no page leads to ${pattern}`);
    const text = await html(path);
    if (text === undefined) continue;
    for (const m of text.matchAll(/(?:href|content)="(?:https?:\/\/[^/"]+)?(\/[^"?#]*)/g)) known.add(m[1]);
    found.push({ name: short(pattern), path });
  }
  return found;
}

// Pages that come of what somebody sends. `go(p, send)`: `send` wraps the press of the button. `plain`: a sentence in both
// languages, said before anything was read, in place of a page.
export function sentPages(office) {
  const danger = office.said.match(/ {2}(Kerja pabrik.*)/)[1];
  const check = (text) => async (p, send) => {
    await p.goto(`${office.url}/cek`);
    await p.fill('textarea[name=t]', text);
    return send(() => p.click('form[action="/cek"] button'));
  };
  const photo = (name, bytes) => async (p, send) => {
    await p.goto(`${office.url}/cek`);
    await p.setInputFiles('input[type=file]', { name, mimeType: 'image/jpeg', buffer: bytes });
    return send(() => p.click('form[action="/cek/foto"] button:not([type=button])'));
  };
  return [
    { name: 'cek-bahaya', status: 200, verdict: true, go: check(danger) },
    { name: 'cek-belum', status: 200, verdict: true, go: check('0812-0000-7777') },
    { name: 'cek-maksud-anda', status: 200, verdict: true, go: check('pt maju jya abadi') },
    { name: 'galat-404', status: 404, go: (p, send) => send(() => p.goto(`${office.url}/tidak-ada`)) },
    { name: 'galat-404-lowongan', status: 404, go: (p, send) => send(() => p.goto(`${office.url}/lowongan/000000000`)) },
    { name: 'galat-405', status: 405, go: (p, send) => send(() => p.goto(`${office.url}/cek/foto`)) },
    { name: 'galat-413', status: 413, go: photo('poster.jpg', Buffer.alloc(10 << 20, 7)) },
    { name: 'galat-422-cek', status: 422, go: check('') },
    { name: 'galat-422-foto', status: 422, go: photo('poster.jpg', Buffer.from('not a photo')) },
    { name: 'galat-422-masuk', status: 422, go: async (p, send) => {
      await p.goto(`${office.url}/masuk`);
      await p.fill('input[name=login]', 'periksa');
      await p.fill('input[name=password]', 'bukan-ini');
      return send(() => p.click('main form button'));
    } },
  ];
}

// What an office in trouble shows: too many requests, and a disk that takes no more. Each has an office of its own.
export const troubled = [
  { name: 'galat-429', status: 429, office: { env: { RANTAU_RATE_LIMIT: '1' } }, prepare: async (office) => {
    const flood = async () => { while (!office.done) await fetch(`${office.url}/masuk`).then((r) => r.arrayBuffer()).catch(() => {}); };
    for (let i = 0; i < 4; ++i) flood();
    while ((await fetch(`${office.url}/masuk`)).status !== 429);
  }, go: async (p, office) => {  // a place may come free between two of the flood
    for (let i = 0; i < 50; ++i) {
      const r = await p.goto(`${office.url}/masuk`);
      if (r.status() === 429) return r;
    }
    throw new Error('never told to wait');
  } },
  { name: 'galat-503', status: 503, office: { at_most: 300 }, go: async (p, office) => {
    for (let i = 0; i < 60; ++i) {
      await p.goto(`${office.url}/masuk`);
      await p.fill('input[name=login]', `orang${i}`);
      await p.fill('input[name=password]', 'bukan-ini');
      const [r] = await Promise.all([p.waitForNavigation(), p.click('main form button')]);
      if (r.status() === 503) return r;
    }
    throw new Error('the disk never filled');
  } },
];
export async function inTrouble(one, visit) {
  const office = await Office.open(one.office);
  try {
    await one.prepare?.(office);
    await visit(office);
  } finally {
    office.done = true;
    await office.close();
  }
}

// For each page behind a duty: a colleague who may open it, signed in, and its address. `visit({login, p, name, path})`.
const staff = ['kepala', 'periksa', 'putus', 'izin', 'admin.bp3mi', 'auditor', 'p3mi1', 'statistik.dki'];
// Pages that look otherwise to another duty.
const again = { periksa: ['/k/pesanan', '/k/pesanan/{id}'], putus: ['/k/pesanan/{id}'] };
export async function deskPages(office, visit) {
  const left = new Set(pages().filter(({ right }) => right !== 'anyone' && right !== 'first_run').map(({ pattern }) => pattern));
  for (const login of staff) {
    const p = await page({ width: 1280 });
    await signIn(p, office, login);
    const known = new Set();
    if (login === 'p3mi1') {  // a draft of its own with its letter, to amend
      await p.goto(`${office.url}/mitra/pesanan/baru`);
      await p.fill('[name=number]', 'DL-KONSEP-1');
      await Promise.all([p.waitForNavigation(), p.click('button[form=pesanan][value=save]')]);
      await p.setInputFiles('#letter', { name: 'surat.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 contoh') });
      await Promise.all([p.waitForNavigation(), p.click('form[action$="/surat"] button')]);
      for (const link of await links(p)) known.add(link);
    }
    const mine = [...left].filter((pattern) => !again[login]?.includes(pattern)).concat(again[login] ?? []);
    for (const pattern of mine.sort((a, b) => a.split('{').length - b.split('{').length)) {
      const path = address_of(pattern, known);
      if (!path) continue;
      // A stream never ends: only its header is read.
      const r = await p.evaluate(async (where) => {
        const stop = new AbortController();
        const r = await fetch(where, { signal: stop.signal, redirect: 'manual' });
        const said = { status: r.status, type: r.headers.get('content-type') ?? '' };
        stop.abort();
        return said;
      }, path);
      if (r.status !== 200) continue;
      left.delete(pattern);
      if (!r.type.startsWith('text/html')) continue;
      await p.goto(office.url + path);
      for (const link of await links(p)) known.add(link);
      await visit({ login, p, path, name: `${login}-${short(pattern)}`, status: 200 });
    }
    for (const [path, status] of { kepala: [['/k/jurnal', 403], ['/k/pesanan/999999', 404], ['/k/tidak-ada', 404]], p3mi1: [['/mitra/pesanan/999999', 404]] }[login] ?? [])
      await visit({ login, p, path, name: `${login}-galat-${status}${path.replaceAll('/', '-')}`, status });
    await p.context().close();
  }
  return [...left];
}
