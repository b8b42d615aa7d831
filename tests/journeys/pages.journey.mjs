// Every page in both languages at 360 and 1280 px: no axe violation, no sideways scroll, no browser error, error pages
// included; and every citizen page within its budget on a first visit.
import { deskPages, inTrouble, openPages, sentPages, troubled } from './every.mjs';
import { Office, axe, expect, page, resize, step, weighing } from './kit.mjs';

const KB = 1024;
const widths = [360, 1280];

function overweight(w, verdict) {
  const over = [];
  if (w.html > (verdict ? 8 : 14) * KB) over.push(`HTML ${w.html} bytes`);
  if (w.js > 4 * KB) over.push(`JavaScript ${w.js} bytes`);
  if (w.total > 20 * KB || w.requests > 2) over.push(`${w.total} bytes in ${w.requests} requests`);
  if (!w.compressed) over.push('not sent as brotli');
  return over;
}

// What is wrong with the page that p shows, in the widths.
async function faults(p, name) {
  const bad = [];
  for (const width of widths) {
    await resize(p, width);
    try { await axe(p); } catch (e) { bad.push(`${name} at ${width} px: ${e.message}`); }
  }
  await resize(p, widths[0]);
  bad.push(...p.problems.splice(0).map((e) => `${name}: ${e}`));
  return bad;
}

export default async function () {
  const office = await Office.open();
  const open = await openPages(office);
  for (const lang of ['id', 'en'])
    await step(`${open.length} open pages and what comes of sending, in ${lang}`, async () => {
      const p = await page({ lang });
      const scale = await weighing(p);
      const bad = [];
      const look = async (name, verdict) => {
        bad.push(...(await faults(p, name)));
        bad.push(...overweight(scale.taken(), verdict).map((fault) => `${name}: ${fault}`));
        if ((await p.getAttribute('html', 'lang').catch(() => '')) !== lang) bad.push(`${name}: not in ${lang}`);
      };
      for (const { name, path } of open) {
        scale.begin();
        const r = await p.goto(office.url + path);
        if (r.status() >= 500) bad.push(`${name}: ${r.status()}`);
        await look(name, path.startsWith('/v/'));
      }
      for (const { name, status, verdict, plain, go } of sentPages(office)) {
        const r = await go(p, async (press) => {
          scale.begin();
          const [arrived, gone] = await Promise.all([p.waitForNavigation(), press()]);
          return gone ?? arrived;
        });
        if (r.status() !== status) bad.push(`${name}: ${r.status()}, not ${status}`);
        if (!plain) await look(name, verdict);
        else if (!plain.test(await p.textContent('body'))) bad.push(`${name}: says ${await p.textContent('body')}`);
      }
      expect(!bad.length, bad.join('\n     '));
    });
  await step('with large letters nothing sticks out of a phone of 320 px', async () => {
    const bad = [];
    for (const lang of ['id', 'en']) {
      const p = await page({ lang });
      await resize(p, 320);
      for (const { name, path } of open) {
        await p.goto(`${office.url}${path}${path.includes('?') ? '&' : '?'}huruf=besar`);
        const wide = await p.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (wide > 0) bad.push(`${name} in ${lang}: ${wide} px too wide`);
      }
    }
    expect(!bad.length, bad.join('\n     '));
  });
  for (const one of troubled)
    await step(`the page ${one.name}`, () => inTrouble(one, async (house) => {
      const bad = [];
      for (const lang of ['id', 'en']) {
        const p = await page({ lang });
        const r = await one.go(p, house);
        if (r.status() !== one.status) bad.push(`${r.status()}, not ${one.status}`);
        bad.push(...(await faults(p, lang)));
      }
      expect(!bad.length, bad.join('\n     '));
    }));
  await step('every page behind a duty', async () => {
    const bad = [];
    const left = await deskPages(office, async ({ p, path, name, status }) => {
      for (const lang of ['id', 'en']) {
        const r = await p.goto(`${office.url}${path}?bahasa=${lang}`);
        if (r.status() !== status) bad.push(`${name}: ${r.status()}, not ${status}`);
        bad.push(...(await faults(p, `${name} in ${lang}`)));
      }
    });
    if (left.length) bad.push(`nobody opened: ${left.join(', ')}`);
    expect(!bad.length, bad.join('\n     '));
  });
  await office.close();
}
