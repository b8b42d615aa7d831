// Makes the README's pictures from the demo province: node tests/journeys/screens.mjs
import fs from 'node:fs';
import path from 'node:path';
import { Office, closeBrowser, page, root, signIn } from './kit.mjs';

const out = path.join(root, 'docs/screens');
fs.mkdirSync(out, { recursive: true });
const office = await Office.open({ people: 20000 });
const shot = (p, name) => p.screenshot({ path: path.join(out, name) });

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

await office.close();
await closeBrowser();
