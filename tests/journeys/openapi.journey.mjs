// The description of the API is a valid OpenAPI 3.1 document in both languages, and every example call of the page /api is in it.
import { Validator } from '@seriousme/openapi-schema-validator';
import { Office, expect, step } from './kit.mjs';

export default async function () {
  const office = await Office.open({ demo: false });
  for (const lang of ['id', 'en'])
    await step(`a validator reads /api/openapi.json in ${lang}`, async () => {
      const r = await fetch(`${office.url}/api/openapi.json?bahasa=${lang}`);
      expect(r.status === 200, `status ${r.status}`);
      const document = await r.json();
      const validator = new Validator();
      const found = await validator.validate(structuredClone(document));
      expect(found.valid, JSON.stringify(found.errors, null, 1));
      expect(validator.version === '3.1', `read as ${validator.version}`);
      // The validator itself must be able to say no.
      const broken = structuredClone(document);
      delete Object.values(broken.paths)[0].get?.responses;
      broken.paths.nonsense = {};
      expect(!(await new Validator().validate(broken)).valid, 'a broken document passes');
    });
  await step('the page /api shows only calls that are described', async () => {
    const html = await (await fetch(`${office.url}/api`)).text();
    const { paths } = await (await fetch(`${office.url}/api/openapi.json`)).json();
    for (const path of Object.keys(paths)) expect(html.includes(path.replaceAll('{', '&#123;')) || html.includes(path), `${path} is not on the page`);
  });
  await office.close();
}
