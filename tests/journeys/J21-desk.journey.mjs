// J21: the officers' side on a telephone and on a desk: nothing is cut, the code of the second step can be scanned, the agreement
// needs two, and what was typed outlives its session.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { Office, axe, bothWays, expect, signIn } from './kit.mjs';

const desks = {
  'admin.bp3mi': ['/akun', '/akun/dua-langkah', '/k/admin', '/k/admin/perjanjian', '/k/admin/pembukaan', '/k/kebijakan'],
  auditor: ['/k/jurnal'],
  izin: ['/k/perusahaan', '/k/negara', '/k/mitra-luar'],
};

// Boxes that hold more than they show, the head of the page, and buttons that touch what stands above them.
const faults = () => {
  const found = [];
  for (const box of document.querySelectorAll('.pane, main'))
    if (box.scrollWidth > box.clientWidth + 1) found.push(`cut: ${box.getAttribute('aria-label') ?? box.id} by ${box.scrollWidth - box.clientWidth} px`);
  const top = document.querySelector('header.top');
  if (top && innerWidth < 700 && top.offsetHeight > 96) found.push(`the head is ${top.offsetHeight} px tall`);
  const logo = document.querySelector('header.top .brand svg');
  if (logo && logo.getBoundingClientRect().top < 4) found.push('the logo touches the edge');
  for (const b of document.querySelectorAll('main form > .btn')) {
    let above = b.previousElementSibling;
    while (above && above.matches('[type=hidden]')) above = above.previousElementSibling;
    if (above && b.getBoundingClientRect().top >= above.getBoundingClientRect().bottom - 1 && b.getBoundingClientRect().top - above.getBoundingClientRect().bottom < 6) found.push(`"${b.textContent}" touches the field above`);
  }
  const qr = document.querySelector('.qr')?.getBoundingClientRect();
  if (location.pathname === '/akun/dua-langkah' && !(qr && qr.width >= 180 && Math.abs(qr.width - qr.height) < 1)) found.push(`the code is ${qr?.width}x${qr?.height}`);
  return found;
};

async function walk({ page, step, js }) {
  const office = await Office.open({ people: 1000 });
  const shots = process.env.SHOTS;
  await step('every desk fits a telephone and a screen, in both languages', async () => {
    for (const [login, paths] of Object.entries(desks))
      for (const width of [360, 1280]) {
        const p = await page({ width });
        await signIn(p, office, login);
        for (const where of paths)
          for (const lang of ['id', 'en']) {
            const answer = await p.goto(`${office.url}${where}?bahasa=${lang}`);
            expect(answer.status() === 200, `${login} ${where}: ${answer.status()}`);
            if (shots && js) await p.screenshot({ path: path.join(shots, `${where.slice(1).replaceAll('/', '-')}-${width}-${lang}.png`), fullPage: true });
            const said = await p.evaluate(faults);
            expect(!said.length, `${where} at ${width} in ${lang}: ${said.join('; ')}`);
            await axe(p);
          }
        await p.context().close();
      }
    const p = await page();
    await p.goto(`${office.url}/masuk`);
    const said = await p.evaluate(faults);
    expect(!said.length, said.join('; '));
  });
  await step('what was typed comes back after the session ended', async () => {
    const p = await page({ width: 1280 });
    await signIn(p, office, 'izin');
    await p.goto(`${office.url}/k/perusahaan/baru`);
    await p.fill('[name=name]', 'PT Ketikan Panjang');
    // The clock of the database is not ours: the session is made old.
    execFileSync('sqlite3', [path.join(office.data, 'rantau.db'), '.timeout 5000', 'UPDATE access_session SET seen = seen - 3600000']);
    await Promise.all([p.waitForNavigation(), p.click('main form button.btn')]);
    expect(/Sesi Anda sudah berakhir/.test(await p.textContent('main')), 'nobody says that the session ended');
    await p.fill('[name=login]', 'izin');
    await p.fill('[name=password]', office.accounts.izin.password);
    await Promise.all([p.waitForNavigation(), p.click('main form button.btn')]);
    await Promise.all([p.waitForNavigation(), p.click('main form button.btn')]);
    expect((await p.inputValue('[name=name]')) === 'PT Ketikan Panjang', 'what was typed is gone');
    expect(new URL(p.url()).pathname === '/k/perusahaan/baru', p.url());
  });
  await step('an agreement needs the word of both', async () => {
    const p = await page({ width: 1280 });
    await signIn(p, office, 'admin.bp3mi');
    await p.goto(`${office.url}/k/admin/perjanjian`);
    expect(/disetujui keduanya/.test(await p.textContent('main')), 'the demonstration has no agreement');
    for (const [name, value] of Object.entries({ number: 'PKS-2', signed_on: '1 11 2026', valid_until: '31 12 2031', contact: 'kontak@contoh.example' })) await p.fill(`[name=${name}]`, value);
    for (const list of ['agency', 'province']) {
      const box = p.locator(`select[name=${list}]`);
      if (await box.count()) await box.selectOption({ index: 1 });
      else await p.locator(`input[name=${list}]`).first().check();
    }
    await Promise.all([p.waitForNavigation(), p.click('form[action="/k/admin/perjanjian"] button.btn')]);
    expect(!(await p.locator('form[action$="/setuju"]').count()), 'one institution assents to itself');
    const q = await page({ width: 1280 });
    await signIn(q, office, 'admin.dki');
    await q.goto(`${office.url}/k/admin/perjanjian`);
    await Promise.all([q.waitForNavigation(), q.click('form[action$="/setuju"] button')]);
    expect(!(await q.locator('form[action$="/setuju"]').count()), 'it still waits');
  });
  await office.close();
}

export default () => bothWays(walk);
