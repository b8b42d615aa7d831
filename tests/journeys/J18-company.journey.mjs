// J18: a company submits, the mission endorses, one officer examines, another decides; then the licence is suspended and every
// verdict follows at once. With and without JavaScript, each on its own office.
import { execFileSync } from 'node:child_process';
import { Office, axe, binary, bothWays, expect, signIn } from './kit.mjs';

const press = (p, action) => Promise.all([p.waitForNavigation(), p.click(`form[action*="${action}"] button:not([name])`)]);

async function walk({ page, step }) {
  const office = await Office.open();
  let order, code, back;
  const desk = async (login, width = 1280) => {
    const p = await page({ width });
    await signIn(p, office, login);
    return p;
  };
  const check = async (text) => (await (await fetch(`${office.url}/api/v1/offer-checks`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ text }) })).json());

  await step('the company writes and submits a job order', async () => {
    const p = await desk('p3mi1');
    await p.goto(`${office.url}/mitra/pesanan/baru`);
    await axe(p);
    const day = (n) => { const d = new Date(Date.now() + n * 864e5); return `${d.getDate()} ${d.getMonth() + 1} ${d.getFullYear()}`; };
    const typed = { number: 'DL-JP-0000', letter_date: day(-3), employer_name: 'Lotus Care Home JP (rekaan)', city: 'Osaka', contract_months: '36', hours_week: '40', rest_days_week: '2', leave_days: '10', deductions: '20.000', fee: '0', facilities: 'Asrama', min_age: '18', requirements: 'JLPT N4', recruit_from: day(0), recruit_until: day(60) };
    for (const [name, value] of Object.entries(typed)) if (await p.locator(`[name="${name}"]`).count()) await p.fill(`[name="${name}"]`, value);
    for (const [name, value] of Object.entries({ employer_kind: 'legal_entity', country: 'JP', scheme: 'P2P', currency: 'JPY', min_education: 'SMA' })) {
      const box = p.locator(`select[name="${name}"]`);
      if (await box.count()) await box.selectOption(value);
      else if (await p.locator(`input[type=radio][name="${name}"][value="${value}"]`).count()) await p.check(`input[type=radio][name="${name}"][value="${value}"]`);
    }
    for (const [name, value] of Object.entries({ p1_occupation: '5322', p1_title_id: 'Perawat lansia', p1_title_en: 'Care worker', p1_quota_any: '7', p1_pay: '198.000' })) {
      const box = p.locator(`[name="${name}"]`);
      if (await box.count()) await box.fill(value);
    }
    for (const tick of await p.locator('main input[type=checkbox]').all()) await tick.check();
    await Promise.all([p.waitForNavigation(), p.click('button[form=pesanan][value=submit]')]);
    order = p.url().match(/\/mitra\/pesanan\/(\d+)/)?.[1];
    expect(order && p.url().includes('submitted'), `not sent: ${p.url()} ${(await p.textContent('main')).replace(/\s+/g, ' ').slice(0, 900)}`);
    back = p;
  });
  await step('the mission of that country endorses', async () => {
    const p = await desk('atase.jp');
    await p.goto(`${office.url}/k/pesanan/${order}`);
    await press(p, '/sahkan');
  });
  await step('the mission of another country sees nothing', async () => {
    const p = await desk('atase.tw');
    const r = await p.goto(`${office.url}/k/pesanan/${order}`);
    expect(r.status() === 404, `status ${r.status()}`);
  });
  await step('an examiner proposes to verify, and may not decide', async () => {
    const p = await desk('periksa');
    await p.goto(`${office.url}/k/pesanan/${order}`);
    await axe(p);
    await press(p, '/usul-sah');
    expect(!(await p.locator('form[action*="/setuju"]').count()), 'the examiner is offered the decision');
  });
  await step('another officer decides: the job is public with its code', async () => {
    const p = await desk('putus');
    await p.goto(`${office.url}/k/pesanan/${order}`);
    const day = new Date(Date.now() + 90 * 864e5);
    if (await p.locator('[name=sip2mi]').count()) await p.fill('[name=sip2mi]', 'SIP2MI-77001/2026');
    if (await p.locator('[name=sip2mi_until]').count()) await p.fill('[name=sip2mi_until]', `${day.getDate()} ${day.getMonth() + 1} ${day.getFullYear()}`);
    await press(p, '/setuju');
    code = (await p.textContent('main')).match(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]/)?.[0];
    expect(code, `no public code: ${(await p.textContent('main')).slice(0, 500)}`);
    const v = await check(code);
    expect(v.verdict === 'resmi', JSON.stringify(v).slice(0, 300));
  });
  await step('the licence is suspended: the verdict of the same code is red at once', async () => {
    const p = await desk('izin');
    await p.goto(`${office.url}/k/perusahaan?q=Maju+Jaya+Abadi`);
    await Promise.all([p.waitForNavigation(), p.click('main a[href^="/k/perusahaan/"]:has-text("Maju Jaya Abadi")')]);
    const id = p.url().match(/perusahaan\/(\d+)/)[1];
    await p.goto(`${office.url}/k/perusahaan/${id}/izin`);
    await axe(p);
    const today = new Date(Date.now() + 7 * 36e5);
    const state = p.locator('select[name=state]');
    if (await state.count()) await state.selectOption('suspended_full'); else await p.check('input[name=state][value=suspended_full]');
    await p.fill('[name=from]', `${today.getUTCDate()} ${today.getUTCMonth() + 1} ${today.getUTCFullYear()}`);
    await p.fill('[name=decree]', 'KEP-77/CONTOH');
    await p.fill('[name=reason]', 'Deposito belum diisi kembali');
    await p.fill('[name=legal_basis]', 'Permen P2MI 4/2025');
    await Promise.all([p.waitForNavigation(), p.click('main form[action$="/izin"] button[value=set]')]);
    const v = await check(code);
    expect(v.verdict === 'bahaya' && v.reasons.some((r) => r.code.startsWith('licence')), JSON.stringify(v).slice(0, 400));
  });
  await step('the journal shows it all, and is intact', async () => {
    const p = await desk('auditor');
    await p.goto(`${office.url}/k/jurnal`);
    await axe(p);
    const said = await p.textContent('main');
    for (const event of ['offers.', 'partners.']) expect(said.includes(event), `no ${event} in the journal`);
    execFileSync(binary, ['journal', 'verify', '--data', office.data], { env: office.env, stdio: 'ignore' });
  });
  await step('no browser errors on the way', async () => expect(back?.problems.length === 0, String(back?.problems)));
  await office.close();
}

export default () => bothWays(walk);
