// Every public page and the consoles: weight, axe at 360 and 1280 px in both languages, error pages included, and a picture of each.
import fs from 'node:fs';
import path from 'node:path';
import { Office, axe, expect, page, root, signIn, step, weight } from './kit.mjs';

const shots = path.join(root, 'build/screens');
const KB = 1024;

export default async function () {
  fs.mkdirSync(shots, { recursive: true });
  const office = await Office.open();
  const code = office.said.match(/Info loker (\S+)/)[1].replaceAll('-', '');
  const company = (await (await fetch(`${office.url}/api/v1/companies?q=Maju`)).text()).match(/"code":"([0-9A-Z-]+)"/)?.[1];
  const open = ['/', '/cek', '/lowongan', `/lowongan/${code}`, `/v/${code}`, '/perusahaan', company && `/perusahaan/${company}`, '/peringatan', '/peringatan/0001/2026'.replace('/2026', '-2026'), '/angka', '/angka/pertentangan', '/bantuan', '/mengenali', '/privasi', '/aksesibilitas', '/status', '/api', '/masuk', '/tidak-ada'].filter(Boolean);
  for (const where of open) {
    await step(`weight of ${where}`, async () => {
      const w = await weight(office.url + where);
      expect(w.html <= 14 * KB, `HTML ${w.html} bytes`);
      expect(w.js <= 4 * KB, `JavaScript ${w.js} bytes`);
      expect(w.total <= 20 * KB && w.requests <= 2, `${w.total} bytes in ${w.requests} requests`);
      if (where.startsWith('/v/')) expect(w.html <= 8 * KB, `verdict page ${w.html} bytes`);
    });
  }
  const name = (where) => (where === '/' ? 'home' : where.slice(1).replaceAll('/', '-').replace(code, 'CODE'));
  for (const lang of ['id', 'en'])
    for (const width of [360, 1280])
      await step(`public pages in ${lang} at ${width} px`, async () => {
        const p = await page({ width, lang });
        const bad = [];
        for (const where of open) {
          const r = await p.goto(`${office.url}${where}${where.includes('?') ? '&' : '?'}bahasa=${lang}`);
          if (r.status() >= 500) bad.push(`${where}: ${r.status()}`);
          try { await axe(p); } catch (e) { bad.push(`${where}: ${e.message}`); }
          await p.screenshot({ path: path.join(shots, `${name(where)}-${width}-${lang}.png`), fullPage: true });
        }
        expect(!bad.length && !p.problems.length, [...bad, ...p.problems].join('\n     '));
      });
  const desks = { kepala: ['/k/pesanan', '/k/perusahaan', '/k/peringatan', '/k/negara', '/k/mitra-luar'], periksa: ['/k/pesanan'], 'admin.bp3mi': ['/k/admin', '/akun', '/k/kebijakan'], auditor: ['/k/jurnal', '/k/kebijakan'], p3mi1: ['/mitra', '/mitra/pesanan', '/mitra/pesanan/baru'], 'statistik.dki': ['/k/angka'] };
  for (const [login, places] of Object.entries(desks))
    await step(`the desk of ${login}`, async () => {
      const bad = [];
      for (const width of [1280, 360]) {
        const p = await page({ width });
        await signIn(p, office, login);
        for (const where of places)
          for (const lang of ['id', 'en']) {
            const r = await p.goto(`${office.url}${where}?bahasa=${lang}`);
            if (r.status() !== 200) bad.push(`${where}: ${r.status()}`);
            try { await axe(p); } catch (e) { bad.push(`${where} ${width} ${lang}: ${e.message}`); }
            await p.screenshot({ path: path.join(shots, `${login}${where.replaceAll('/', '-')}-${width}-${lang}.png`) });
          }
        bad.push(...p.problems);
        await p.context().close();
      }
      expect(!bad.length, bad.join('\n     '));
    });
  await office.close();
}
