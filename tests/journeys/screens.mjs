// Pictures from the demo province. `node tests/journeys/screens.mjs` makes the README's; `… screens.mjs FOLDER` takes every
// page at 360 px and on a desk, in both languages, to look at.
import fs from 'node:fs';
import path from 'node:path';
import { deskPages, inTrouble, openPages, sentPages, troubled } from './every.mjs';
import { Office, closeBrowser, page, resize, root, signIn } from './kit.mjs';

const folder = process.argv[2];
const out = path.resolve(folder ?? path.join(root, 'docs/screens'));
fs.mkdirSync(out, { recursive: true });
const shot = (p, name, fullPage = false) => p.screenshot({ path: path.join(out, name), fullPage });

async function readme(office) {
  const phone = await page();
  await phone.goto(office.url);
  await shot(phone, 'home-360.png');
  await phone.goto(`${office.url}/cek`);
  await phone.fill('textarea[name=t]', office.said.match(/ {2}(Kerja pabrik.*)/)[1]);
  await Promise.all([phone.waitForNavigation(), phone.click('form[action="/cek"] button')]);
  await shot(phone, 'bahaya-360.png');
  const desk = await page({ width: 1280 });
  await signIn(desk, office, 'periksa');
  await desk.goto(`${office.url}/k/pesanan`);
  await shot(desk, 'pesanan-1280.png');
}

async function everything(office) {
  const both = async (p, name) => {
    for (const width of [360, 1280]) {
      await resize(p, width);
      await shot(p, `${name}-${width}.png`, true);
    }
    await resize(p, 360);
  };
  for (const lang of ['id', 'en']) {
    const p = await page({ lang });
    for (const { name, path: where } of await openPages(office)) {
      await p.goto(office.url + where);
      await both(p, `${name}-${lang}`);
    }
    for (const { name, go } of sentPages(office)) {
      await go(p, (press) => Promise.all([p.waitForNavigation(), press()]));
      await both(p, `${name}-${lang}`);
    }
  }
  const left = await deskPages(office, async ({ p, path: where, name, status }) => {
    for (const lang of ['id', 'en']) {
      const r = await p.goto(`${office.url}${where}?bahasa=${lang}`);
      if (r.status() !== status) console.log(`${name}: ${r.status()}, not ${status}`);
      await both(p, `${name}-${lang}`);
    }
  });
  if (left.length) console.log(`nobody opened: ${left.join(', ')}`);
  for (const one of troubled)
    await inTrouble(one, async (house) => {
      const p = await page();
      const r = await one.go(p, house);
      if (r.status() !== one.status) console.log(`${one.name}: ${r.status()}`);
      await both(p, one.name);
    });
}

const office = await Office.open({ people: folder ? 3000 : 20000 });
await (folder ? everything : readme)(office);
await office.close();
await closeBrowser();
