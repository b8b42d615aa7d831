// J01: a citizen finds a verified job without an account and shares it, with and without JavaScript.
import { Office, axe, bothWays, expect, step } from './kit.mjs';

export default async function () {
  const office = await Office.open();
  await bothWays(async ({ page, step }) => {
    await step('finds a job from the home page', async () => {
      const p = await page();
      await p.goto(office.url);
      await Promise.all([p.waitForNavigation(), p.click('a[href^="/lowongan"]')]);
      await Promise.all([p.waitForNavigation(), p.click('main a[href^="/lowongan/"]')]);
      const said = await p.textContent('main');
      expect(/Rp\s?0/.test(said), 'the cost to the worker is not said');
      expect(said.includes('SIP2MI'), 'the permit is not named');
      await axe(p);
      expect(p.problems.length === 0, `browser errors: ${p.problems}`);
    });
    await step('filters by country; filters are addresses, and an empty answer offers what is near', async () => {
      const p = await page();
      await p.goto(`${office.url}/lowongan`);
      await p.selectOption('select[name=country]', 'JP');
      await Promise.all([p.waitForNavigation(), p.click('main form button')]);
      expect(new URL(p.url()).searchParams.get('country') === 'JP', p.url());
      expect((await p.textContent('main')).includes('Jepang'), 'no job in Japan in the demo');
      const r = await p.goto(`${office.url}/lowongan?country=DE&occupation=astronot`);
      expect(r.status() === 200, `status ${r.status()}`);
      await axe(p);
    });
    await step('a job carries JobPosting data, a way to share it and a share card of at most 100 KB', async () => {
      const p = await page();
      await p.goto(`${office.url}/lowongan`);
      await Promise.all([p.waitForNavigation(), p.click('main a[href^="/lowongan/"]')]);
      const data = JSON.parse(await p.textContent('script[type="application/ld+json"]'));
      expect(data['@type'] === 'JobPosting' && data.validThrough && data.hiringOrganization, JSON.stringify(data).slice(0, 200));
      expect((await p.getAttribute('main a[data-share]', 'href')).startsWith('https://wa.me/'), 'sharing needs no script');
      const card = await p.getAttribute('meta[property="og:image"]', 'content');
      const r = await fetch(new URL(new URL(card).pathname, office.url));
      const bytes = (await r.arrayBuffer()).byteLength;
      expect(r.status === 200 && r.headers.get('content-type') === 'image/jpeg' && bytes <= 100 * 1024, `${r.status} ${bytes}`);
    });
  });
  await step('feeds, sitemap and the API answer', async () => {
    for (const where of ['/umpan/lowongan.xml', '/umpan/peringatan.xml', '/sitemap.xml', '/robots.txt', '/.well-known/security.txt', '/api/openapi.json', '/api/v1/jobs', '/api', '/health', '/health/ready', '/metrics']) {
      const r = await fetch(office.url + where);
      expect(r.status === 200, `${where}: ${r.status}`);
    }
    const doc = await (await fetch(`${office.url}/api/openapi.json`)).json();
    expect(doc.openapi === '3.1.0' && doc.paths['/api/v1/offer-checks'].post, 'the API describes the offer check');
  });
  await office.close();
}
