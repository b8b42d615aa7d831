// The officers' pages work without this. It adds keys: data-key="s" on a link or button presses it, outside text fields
// only; data-rows lets J, K and Enter walk a table; the legend at the bottom lists what this page offers.
const typing = (el) => el.closest('input:not([type=radio]):not([type=checkbox]),textarea,select,[contenteditable]');
const keyed = () => [...document.querySelectorAll('[data-key]')].filter((el) => el.offsetParent !== null && !el.disabled);
const words = (el) => {
  if (el.dataset.keyLabel) return el.dataset.keyLabel;
  const copy = el.cloneNode(true);
  copy.querySelectorAll('kbd').forEach((k) => k.remove());
  return copy.textContent.replace(/\s+/g, ' ').trim() || el.getAttribute('aria-label') || '';
};
const cap = (key) => key.replace(/^./, (c) => c.toUpperCase()).replace(/\+(.)$/, (m, c) => ' ' + c.toUpperCase());

function drawLegend() {
  const place = document.querySelector('[data-legend]');
  if (!place) return;
  const entries = keyed().map((el) => [el.dataset.key, words(el)]);
  if (document.querySelector('[data-rows]')) entries.unshift(['j k', place.dataset.rowsWord]);
  place.replaceChildren(...entries.flatMap(([key, word]) => {
    const span = document.createElement('span');
    key.split(' ').forEach((k) => span.append(Object.assign(document.createElement('kbd'), {textContent: cap(k)})));
    span.append(' ' + word);
    return [span];
  }));
  place.hidden = entries.length === 0;
}

function walk(step) {
  const rows = [...document.querySelectorAll('[data-rows] tr:not(.group), ul[data-rows] > li')].filter((r) => r.querySelector('a,button'));
  if (rows.length === 0) return false;
  const now = rows.findIndex((r) => r.contains(document.activeElement));
  const from = now >= 0 ? now : rows.findIndex((r) => r.getAttribute('aria-selected') === 'true');
  const next = rows[Math.max(0, Math.min(rows.length - 1, from + step))];
  next.querySelector('a,button').focus();
  return true;
}

function help() {
  const open = document.querySelector('dialog#key-help');
  if (open) { open.close(); open.remove(); return; }
  const dialog = Object.assign(document.createElement('dialog'), {id: 'key-help'});
  dialog.setAttribute('aria-label', '?');
  const list = document.createElement('dl');
  document.querySelectorAll('#keys span').forEach((s) => {
    if (s.querySelector('span') || !s.querySelector('kbd')) return;
    const dt = document.createElement('dt');
    dt.append(...[...s.querySelectorAll('kbd')].map((k) => k.cloneNode(true)));
    list.append(dt, Object.assign(document.createElement('dd'), {textContent: [...s.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data).join('').trim()}));
  });
  dialog.append(list);
  document.body.append(dialog);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.showModal();
}

addEventListener('keydown', (e) => {
  if (e.defaultPrevented || e.isComposing || e.ctrlKey || e.metaKey) return;
  if (e.key === 'Escape' && typing(e.target)) { e.target.blur(); return; }
  const key = (e.altKey ? 'alt+' : '') + e.key.toLowerCase();
  if (typing(e.target) && !e.altKey) return;
  if (e.altKey && key.length !== 5) return;
  let done = true;
  const target = keyed().find((el) => el.dataset.key.toLowerCase() === key);
  if (target) target.matches('input,select,textarea') ? target.focus() : target.click();
  else if (key === '?') help();
  else if (key === 'j') done = walk(1);
  else if (key === 'k') done = walk(-1);
  else if (key === 'g') document.querySelector('.top nav a')?.focus();
  else if (key === '/') { const box = document.querySelector('input[type=search]'); box ? box.focus() : (done = false); }
  else done = false;
  if (done) e.preventDefault();
});

function ready() {
  drawLegend();
  document.getElementById('errors')?.focus();
  // A pane that scrolls can be reached and scrolled by keyboard.
  document.querySelectorAll('.pane').forEach((pane) => { if (pane.scrollHeight > pane.clientHeight + 1 || pane.scrollWidth > pane.clientWidth + 1) pane.tabIndex = 0; });
}
document.addEventListener('htmx:afterSettle', drawLegend);
document.addEventListener('htmx:after:settle', drawLegend);
// A form is sent once: the button says so and keeps its width.
addEventListener('submit', (e) => {
  const form = e.target;
  if (form.dataset.sent && form.method === 'post') { e.preventDefault(); return; }
  form.dataset.sent = '1';
  setTimeout(() => delete form.dataset.sent, 8000);
});
ready();
