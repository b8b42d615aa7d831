// J02: a citizen checks an offer in four ways, with and without JavaScript, and a code with a typing error.
import fs from 'node:fs';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
import { Office, axe, expect, page, step } from './kit.mjs';

const word = async (p) => (await p.textContent('main h1')).trim();

export default async function () {
  const office = await Office.open();
  const code = office.said.match(/Info loker (\S+)/)[1];
  const danger = office.said.match(/ {2}(Kerja pabrik.*)/)[1];
  const ask = async (p, text) => {
    await p.goto(`${office.url}/cek`);
    await p.fill('textarea[name=t]', text);
    await Promise.all([p.waitForNavigation(), p.click('form[action="/cek"] button')]);
  };
  for (const js of [true, false]) {
    const how = js ? 'with JavaScript' : 'without JavaScript';
    const p = await page({ js });
    await step(`a code of a verified job is RESMI, ${how}`, async () => {
      await ask(p, code);
      expect((await word(p)).includes('RESMI'), await word(p));
      if (js) await axe(p);
    });
    await step(`a pasted message with a fee and a revoked company is BAHAYA, ${how}`, async () => {
      await ask(p, danger);
      expect((await word(p)).includes('BAHAYA'), await word(p));
      const said = await p.textContent('main');
      for (const part of ['7.500.000', 'PT Layar Semu Perkasa', 'UU 18/2017 Pasal 30']) expect(said.includes(part), `the reasons do not name ${part}`);
      expect(!/\baman\b/i.test(said), 'a verdict never says "aman"');
      if (js) await axe(p);
    });
    await step(`a phone number nobody knows is BELUM TERBUKTI, ${how}`, async () => {
      await ask(p, '0812-0000-7777');
      expect((await word(p)).includes('BELUM TERBUKTI'), await word(p));
    });
    await step(`a company's name with a typing error asks "Maksud Anda", ${how}`, async () => {
      await ask(p, 'pt maju jya abadi');
      expect((await word(p)).includes('BELUM TERBUKTI'), await word(p));
      expect((await p.textContent('main')).includes('PT Maju Jaya Abadi'), 'the likely company is not named');
    });
    await step(`a mistyped code says which letter, ${how}`, async () => {
      const plain = code.replaceAll('-', '');
      const wrong = plain.slice(0, 5) + (plain[5] === 'A' ? 'B' : 'A') + plain.slice(6);
      await ask(p, wrong);
      expect(/ke-6/.test(await p.textContent('main')), (await p.textContent('main')).slice(0, 400));
    });
    await step(`nothing typed is asked for plainly and keeps the page, ${how}`, async () => {
      const r = await fetch(`${office.url}/cek`, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 't=' });
      expect(r.status === 422, `status ${r.status}`);
    });
    expect(p.problems.length === 0, `browser errors: ${p.problems}`);
  }
  await step('a photo of a poster with the QR code is read by the server', async () => {
    const p = await page({ js: false });
    await p.goto(`${office.url}/lowongan/${code.replaceAll('-', '')}`);
    const qr = p.locator('svg.qr, svg[class*=qr]').first();
    const picture = path.join(office.data, 'poster.png');
    await qr.scrollIntoViewIfNeeded();
    await qr.screenshot({ path: picture });
    await p.goto(`${office.url}/cek`);
    await p.setInputFiles('input[type=file]', picture);
    await Promise.all([p.waitForNavigation(), p.click('form[action="/cek/foto"] button:not([type=button])')]);
    expect((await word(p)).includes('RESMI'), (await p.textContent('main')).slice(0, 400));
    fs.rmSync(picture);
  });
  await step('the terminal and the API give the same verdict', async () => {
    const { binary } = await import('./kit.mjs');
    const cli = JSON.parse(execFileSync(binary, ['offers', 'check', '-', '--data', office.data], { input: danger, env: office.env, stdio: ['pipe', 'pipe', 'ignore'] }));
    const api = await (await fetch(`${office.url}/api/v1/offer-checks`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ text: danger }) })).json();
    expect(cli.verdict === 'bahaya' && JSON.stringify(cli) === JSON.stringify(api), `${JSON.stringify(cli).slice(0, 300)} against ${JSON.stringify(api).slice(0, 300)}`);
    expect(api.reasons.every((r) => r.code && r.sentence && r.source && 'as_of' in r) && api.found.every((f) => f.kind && f.value), 'the contract of the JSON');
  });
  await step('the same page in English', async () => {
    const p = await page({ lang: 'en' });
    await p.goto(`${office.url}/cek?bahasa=en`);
    expect((await p.getAttribute('html', 'lang')) === 'en', 'lang');
    await axe(p);
  });
  await office.close();
}
