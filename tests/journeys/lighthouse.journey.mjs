// Lighthouse under its mobile preset: accessibility 100 on every citizen page, performance at least 95 on those that most
// people land on.
import { openPages } from './every.mjs';
import { Office, expect, lighthouse, step } from './kit.mjs';

const measured = ['home', 'cek', 'v-code', 'lowongan-code', 'angka'];
const office_only = ['masuk', 'undangan', 'mulai'];

export default async function () {
  const office = await Office.open();
  const citizen = (await openPages(office)).filter(({ name }) => !office_only.includes(name));
  for (const name of measured) expect(citizen.some((one) => one.name === name), `no page ${name}`);
  for (const { name, path } of [...citizen, { name: '404', path: '/tidak-ada' }])
    await step(`Lighthouse: ${name}`, async () => {
      const said = await lighthouse(office.url + path, { performance: measured.includes(name) });
      expect(said.accessibility === 100, `accessibility ${said.accessibility}: ${said.missed.join('; ')}`);
      if (said.performance !== undefined) expect(said.performance >= 95, `performance ${said.performance} of ${said.tries}: ${said.missed.join('; ')}`);
    });
  await office.close();
}
