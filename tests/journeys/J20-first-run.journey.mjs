// J20: an empty office is opened by the one-time code of the terminal: institutions and agreement, the first administrator, and in.
// With and without JavaScript, each on an empty office.
import crypto from 'node:crypto';
import path from 'node:path';
import { Office, axe, bothWays, expect } from './kit.mjs';

function totp(base32) {
  const bits = [...base32.replace(/[\s=]/g, '').toUpperCase()].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)));
  const mac = crypto.createHmac('sha1', key).update(counter).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1e6).padStart(6, '0');
}

async function walk({ page, step }) {
  const office = await Office.open({ demo: false });
  const p = await page({ width: 1280 });
  await step('the terminal prints where to begin', async () => {
    for (let i = 0; i < 40 && !/kode=/.test(office.printed); ++i) await new Promise((r) => setTimeout(r, 50));
    expect(/\/mulai\?kode=\S+/.test(office.printed), office.printed);
  });
  await step('without the code nobody begins', async () => {
    const q = await page();
    await q.goto(`${office.url}/mulai`);
    expect(!(await q.locator('[name=agency]').count()), 'the wizard is open to everybody');
  });
  await step('every step is taken, typed values are kept on a mistake, and the office is open', async () => {
    await p.goto(office.url + office.printed.match(/\/mulai\?kode=\S+/)[0]);
    const seen = [];
    for (let i = 0; i < 16; ++i) {
      const text = await p.textContent('main');
      seen.push(`${new URL(p.url()).pathname} ${(await p.textContent('h1')).trim()}`);
      await axe(p);
      const fill = { agency: 'BP3MI Contoh', agency_short: 'BP3MI', province: 'Dinas Contoh', province_short: 'Dinas', number: 'PKS-1/2026', contact: 'kontak@contoh.example', name: 'Wulan Saptarini', login: 'wulan', password: 'perahu-jingga-lentera-417', signed_on: '1 11 2026', valid_until: '31 12 2028', folder: path.join(office.data, 'cadangan') };
      for (const [field, value] of Object.entries(fill)) {
        const box = p.locator(`main [name="${field}"]:not([type=hidden])`);
        if (await box.count()) await box.first().fill(value);
      }
      for (const [field, value] of Object.entries({ language: 'id', zone: 'WIB', institution: 'agency' })) {
        const box = p.locator(`main input[name="${field}"][value="${value}"]`);
        if (await box.count()) await box.check();
      }
      for (const tick of await p.locator('main input[type=checkbox]').all()) await tick.check();
      const secret = text.match(/\b([A-Z2-7]{4}(?: ?[A-Z2-7]{4}){6,12})\b/)?.[1];
      const codeBox = p.locator('main [name=code]:not([type=hidden])');
      if (secret && (await codeBox.count())) await codeBox.fill(totp(secret));
      const button = p.locator('main form button:not([name])').first();
      const link = p.locator('main a.btn').first();
      if (await button.count()) await Promise.all([p.waitForNavigation(), button.click()]);
      else if (await link.count()) await Promise.all([p.waitForNavigation(), link.click()]);
      else break;
      if (/\/(masuk|akun|k\/admin)/.test(new URL(p.url()).pathname)) break;
    }
    expect(/\/(masuk|akun|k\/)/.test(new URL(p.url()).pathname), `stopped at: ${seen.join(' > ')}`);
    const again = await fetch(`${office.url}/mulai`, { redirect: 'manual' });
    expect(again.status !== 200, 'the wizard opens twice');
  });
  await office.close();
}

export default () => bothWays(walk);
