// J02: a citizen checks an offer in four ways (message, code, phone or company, photo), with and without JavaScript; a code
// with a typing error; and the terminal and the API say the same.
import fs from 'node:fs';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
import { Office, axe, binary, bothWays, expect, page, step } from './kit.mjs';

const word = async (p) => (await p.textContent('main h1')).trim();

export default async function () {
  const office = await Office.open();
  const code = office.said.match(/Info loker (\S+)/)[1];
  const danger = office.said.match(/ {2}(Kerja pabrik.*)/)[1];
  await bothWays(async ({ page, step }) => {
    const p = await page();
    const ask = async (text) => {
      await p.goto(`${office.url}/cek`);
      await p.fill('textarea[name=t]', text);
      await Promise.all([p.waitForNavigation(), p.click('form[action="/cek"] button')]);
    };
    await step('a code of a verified job is RESMI', async () => {
      await ask(code);
      expect((await word(p)).includes('RESMI'), await word(p));
      await axe(p);
    });
    await step('a pasted message with a fee and a revoked company is BAHAYA', async () => {
      await ask(danger);
      expect((await word(p)).includes('BAHAYA'), await word(p));
      const said = await p.textContent('main');
      for (const part of ['7.500.000', 'PT Layar Semu Perkasa', 'UU 18/2017 Pasal 30']) expect(said.includes(part), `the reasons do not name ${part}`);
      expect(!/\baman\b/i.test(said), 'a verdict never says "aman"');
      await axe(p);
    });
    await step('a phone number nobody knows is BELUM TERBUKTI', async () => {
      await ask('0812-0000-7777');
      expect((await word(p)).includes('BELUM TERBUKTI'), await word(p));
    });
    await step('a company\'s name with a typing error asks "Maksud Anda"', async () => {
      await ask('pt maju jya abadi');
      expect((await word(p)).includes('BELUM TERBUKTI'), await word(p));
      expect((await p.textContent('main')).includes('PT Maju Jaya Abadi'), 'the likely company is not named');
    });
    await step('a photo of a poster with the QR code is read by the server', async () => {
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
    await step('a mistyped code says which letter', async () => {
      const plain = code.replaceAll('-', '');
      const wrong = plain.slice(0, 5) + (plain[5] === 'A' ? 'B' : 'A') + plain.slice(6);
      await ask(wrong);
      expect(/ke-6/.test(await p.textContent('main')), (await p.textContent('main')).slice(0, 400));
    });
    await step('nothing typed is asked for plainly, on the same page', async () => {
      await ask('');
      expect((await p.locator('#t[aria-invalid=true]').count()) === 1, `no word at the box: ${p.url()}`);
      await axe(p);
    });
    await step('no browser errors on the way', async () => expect(p.problems.length === 0, String(p.problems)));
  });
  await step('the terminal and the API give the same verdict', async () => {
    const cli = JSON.parse(execFileSync(binary, ['offers', 'check', '-', '--data', office.data], { input: danger, env: office.env, stdio: ['pipe', 'pipe', 'ignore'] }));
    const api = await (await fetch(`${office.url}/api/v1/offer-checks`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ text: danger }) })).json();
    expect(cli.verdict === 'bahaya' && JSON.stringify(cli) === JSON.stringify(api), `${JSON.stringify(cli).slice(0, 300)} against ${JSON.stringify(api).slice(0, 300)}`);
    expect(api.reasons.every((r) => r.code && r.sentence && r.source && 'as_of' in r) && api.found.every((f) => f.kind && f.value), 'the contract of the JSON');
  });
  await step('where the browser reads QR codes itself, the camera is enough', async () => {
    const p = await page();
    await p.addInitScript((read) => {
      window.BarcodeDetector = class { async detect(video) { return video.videoWidth ? [{ rawValue: location.origin + '/v/' + read }] : []; } };
      navigator.mediaDevices.getUserMedia = async () => {
        if (sessionStorage.noCamera) throw new DOMException('no', 'NotAllowedError');
        const canvas = document.createElement('canvas');
        setInterval(() => canvas.getContext('2d').fillRect(0, 0, 9, 9), 50);
        return canvas.captureStream();
      };
    }, code.replaceAll('-', ''));
    await p.goto(`${office.url}/cek`);
    await p.click('[data-scan]');
    await p.waitForSelector('.verdict');
    expect((await word(p)).includes('RESMI'), await word(p));
    await p.goto(`${office.url}/cek`);
    await p.evaluate(() => { sessionStorage.noCamera = 1; });
    await p.click('[data-scan]');
    await p.waitForFunction(() => document.activeElement?.type === 'file');
    expect(!(await p.isVisible('[data-scan]')), 'a camera that is refused is offered again');
    expect(p.problems.length === 0, String(p.problems));
  });
  await step('a phone with an Indonesian voice reads the verdict aloud', async () => {
    const p = await page();
    await p.addInitScript(() => {
      window.spoken = [];
      const voice = { lang: 'id-ID' };
      Object.defineProperty(window, 'speechSynthesis', { value: { getVoices: () => [voice], cancel() {}, speak: (u) => window.spoken.push(u.text) } });
      window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
    });
    await p.goto(`${office.url}/cek`);
    await p.fill('textarea[name=t]', danger);
    await Promise.all([p.waitForNavigation(), p.click('form[action="/cek"] button')]);
    await p.click('[data-speak]');
    const [spoken] = await p.evaluate(() => window.spoken);
    expect(/BAHAYA/.test(spoken) && /PT Layar Semu Perkasa/.test(spoken), `said: ${spoken}`);
  });
  await step('the same page in English', async () => {
    const p = await page({ lang: 'en' });
    await p.goto(`${office.url}/cek?bahasa=en`);
    expect((await p.getAttribute('html', 'lang')) === 'en', 'lang');
    await axe(p);
  });
  await office.close();
}
